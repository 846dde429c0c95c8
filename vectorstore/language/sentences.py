"""Paragraphs and sentences of a text, as exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vectorstore.language.word_lists import ABBREVIATIONS, ABBREVIATIONS_BEFORE_NUMBERS
from vectorstore.records import Span

_LINE = re.compile(r"[^\r\n]+")
_STOP = re.compile(
    r"(?:[!?؟…۔]++|\.++)[\"'”’»)\]]*+"
)  # as long as can be, so that no row of marks is read twice
_NEXT = re.compile(r"[\s\"'“‘«(\[–—-]*(\S)")
_ENDS = tuple('.!?؟…۔:;؛”"»')
_ITEM = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s")
_LONGEST_WRAPPED_LINE = 100
_SHORTEST_WRAPPED_LINE = 50


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The paragraphs inside `text[start:end]`, trimmed of white space.

    A line is a paragraph of its own, as in text copied from the web, unless the whole text is
    hard-wrapped (no line is longer than 100 characters) and the line runs on: it is long, has no
    end mark, and no list item follows.
    """
    wrapped = (
        _is_hard_wrapped(text) if start == 0 and end is None else _is_source_hard_wrapped(text)
    )
    opened: int | None = None
    last: re.Match[str] | None = None
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        if not line.group().strip():
            continue
        if last is not None and opened is not None and not (wrapped and _runs_on(text, last, line)):
            yield _trimmed(text, opened, last.end())
            opened = None
        opened = line.start() if opened is None else opened
        last = line
    if last is not None and opened is not None:
        yield _trimmed(text, opened, last.end())


def _is_hard_wrapped(text: str) -> bool:
    return max(map(len, text.splitlines()), default=0) <= _LONGEST_WRAPPED_LINE


@lru_cache(maxsize=8)
def _is_source_hard_wrapped(text: str) -> bool:
    """As above, of a text that is read part by part: it is looked through once, not for each
    article in it.
    """
    return _is_hard_wrapped(text)


def _runs_on(text: str, line: re.Match[str], following: re.Match[str]) -> bool:
    long = len(line.group()) >= _SHORTEST_WRAPPED_LINE and not line.group().rstrip().endswith(_ENDS)
    breaks = text[line.end() : following.start()]
    return breaks in ("\n", "\r\n", "\r") and long and not _ITEM.match(text, following.start())


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences inside `text[start:end]`, in order, trimmed; none crosses a paragraph.

    An end mark (Latin or Arabic, with closing quotes) ends a sentence unless it follows an
    abbreviation or an initial, or the next word begins in lower case.
    """
    for opened, closed in paragraphs(text, start, end):
        begin = opened
        for stop in _STOP.finditer(text, opened, closed):
            if stop.end() < closed and text[stop.end()].isspace() and _is_end(text, begin, stop):
                yield _trimmed(text, begin, stop.end())
                begin = stop.end()
        if text[begin:closed].strip():
            yield _trimmed(text, begin, closed)


def _is_end(text: str, begin: int, stop: re.Match[str]) -> bool:
    following = _NEXT.match(text, stop.end())
    if following is None or following.group(1).islower():
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    word = _word_before(text, begin, stop.start()).lstrip("\"'“‘«([")
    return not (
        word.casefold() in ABBREVIATIONS
        or (word.casefold() in ABBREVIATIONS_BEFORE_NUMBERS and following.group(1).isdigit())
        or (len(word) == 1 and word.isupper() and word != "I")
        or _is_item_number(text, begin, stop, word)
    )


def _word_before(text: str, begin: int, end: int) -> str:
    """The word that reaches to a place."""
    start = end
    while start > begin and not text[start - 1].isspace():
        start -= 1
    return text[start:end]


def _is_item_number(text: str, begin: int, stop: re.Match[str], word: str) -> bool:
    return word.isdigit() and not text[begin : stop.start() - len(word)].strip()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end)
