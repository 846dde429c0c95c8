"""Quotations: where somebody's marks open and close, however they are written.

Marks are paired paragraph by paragraph, so that one lost mark costs one paragraph. A mark's place
tells what it does: it opens before a word and closes after one, whatever its shape; a quotation
that stays open goes on in the next paragraph when that opens with a mark again or closes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vectorstore.records import Span

MASK = "\ufffc"  # stands for each character of a quotation that the grammar reads as one word
_MARK = re.compile(r"[“”„‟\"«»]|``|''|(?<![^\W_])[‘'](?=\w)|(?<=[\w.,!?…])[’'](?![^\W_])")
_DOUBLE = frozenset(["“", "”", "„", "‟", '"', "«", "»", "``", "''"])
_OPENING = frozenset(["“", "„", "«", "‘", "``"])
_CLOSING = frozenset(["”", "»", "’", "''"])
_REPEATED = frozenset("“„«»‘'\"”")  # what may open the next paragraph of a quotation that goes on
_END = re.compile(r"[.!?…]$")
_MOST_PARAGRAPHS = 40


@dataclass(frozen=True)
class Quotation:
    """Words between marks: `start:end` with the marks, `inner` without them. `open` is one that no
    mark closes.
    """

    start: int
    end: int
    inner: Span
    open: bool = False

    def text(self, text: str) -> str:
        return text[slice(*self.inner)]


def read_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The outermost quotations of consecutive paragraphs, in order; one may span several of
    them.
    """
    quotations: list[Quotation] = []
    pending: Quotation | None = None  # opened in an earlier paragraph
    since = 0
    for start, end in paragraphs:
        if pending is not None:
            closed, at = _continued(text, pending, start, end)
            since += 1
            if closed is None and since < _MOST_PARAGRAPHS and text[start] in _REPEATED:
                pending = replace(pending, end=end, inner=(pending.inner[0], end))
                continue
            quotations.append(closed or replace(pending, open=True))
            start, pending = (at if closed else start), None
        for quotation in _pairs(text, start, end):
            if quotation.open and text[quotation.start] not in "‘'":
                pending, since = quotation, 0
            elif not quotation.open:
                quotations.append(quotation)
    return [*quotations, replace(pending, open=True)] if pending else quotations


def _continued(text: str, pending: Quotation, start: int, end: int) -> tuple[Quotation | None, int]:
    """The quotation with the mark that closes it in this paragraph, and where that is."""
    first = start + 1 if text[start] in _REPEATED else start
    depth = 0
    for mark in _MARK.finditer(text, first, end):
        if mark.group() not in _DOUBLE:
            continue
        if _opens(text, mark, end, depth):
            depth += 1
        elif depth:
            depth -= 1
        else:
            return (
                Quotation(pending.start, mark.end(), (pending.inner[0], mark.start())),
                mark.end(),
            )
    return None, start


def _pairs(text: str, start: int, end: int) -> Iterator[Quotation]:
    """The outermost pairs of marks of a paragraph; the last may be open."""
    stack: list[re.Match[str]] = []
    for mark in _MARK.finditer(text, start, end):
        double = mark.group() in _DOUBLE
        if stack and not double and stack[0].group() in _DOUBLE:
            continue  # single marks inside double ones are the speaker's own
        if stack and double != (stack[0].group() in _DOUBLE):
            stack = []  # a single mark that never closed was an apostrophe
        if _opens(text, mark, end, len(stack)):
            stack.append(mark)
        elif stack:
            opened = stack.pop()
            if not stack:
                yield Quotation(opened.start(), mark.end(), (opened.end(), mark.start()))
    if stack and stack[0].group() in _DOUBLE:
        yield Quotation(stack[0].start(), end, (stack[0].end(), end), open=True)


def _opens(text: str, mark: re.Match[str], end: int, depth: int) -> bool:
    """Whether a mark opens a quotation: by what stands around it, and by its shape where that does
    not tell.
    """
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < end else " "
    touches_left = not before.isspace() and before not in "([–—-"
    touches_right = not after.isspace() and after not in ".,;:!?…)]–—"
    if touches_left != touches_right:
        return touches_right
    if mark.group() in _OPENING or mark.group() in _CLOSING:
        return mark.group() in _OPENING
    return depth == 0


def ends_sentence(words: str) -> bool:
    """Whether quoted words end with a full stop, question mark or the like."""
    return bool(_END.search(words.rstrip()))
