"""One article by voice: its text in order, each stretch beside the name of whoever answers for it.
Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from textwrap import wrap
from zlib import crc32

from rag.writing.markdown import printable
from ui.schemas import ArticleRow, StatementRow
from vectorstore.language.sentences import paragraphs

MARGIN = 24  # columns of the labels
_LONGEST_LABEL = 90  # characters
_WORD = re.compile(r"\w")
_MARKED = re.compile(r"([^\w\s“«‘„(\[]*(?=\s|$))?(.*?)((?:^|(?<=\s))[“«‘„(\[\"']+)?", re.DOTALL)
_COLOURS = (
    "cyan", "magenta", "green", "yellow", "blue", "red",
    "bright_cyan", "bright_magenta", "bright_green", "bright_yellow", "bright_blue", "bright_red",
)  # fmt: skip


@dataclass(frozen=True)
class ColouredText:
    """Some words of a line; `voice` is whose colour they have, None for the author's."""

    text: str
    voice: str | None = None


@dataclass(frozen=True)
class ArticleLine:
    """One line of the view: its words, and what stands in its margin if it has one, in the colour
    of `voice`.
    """

    pieces: tuple[ColouredText, ...] = ()
    margin: str | None = None
    voice: str | None = None

    @property
    def edge(self) -> str:
        """The margin with the gap behind it."""
        return "" if self.margin is None else f"{self.margin:{MARGIN}}  "

    @property
    def plain(self) -> str:
        return (self.edge + "".join(piece.text for piece in self.pieces)).rstrip()


@dataclass(frozen=True)
class _Row:
    """What one statement has in a paragraph, until another voice begins."""

    statement: StatementRow
    voice: str | None
    pieces: tuple[ColouredText, ...]

    def goes_on(self, *pieces: ColouredText) -> _Row:
        return replace(self, pieces=(*self.pieces, *pieces))


def voices_view(
    article: ArticleRow, statements: Sequence[StatementRow], width: int
) -> list[ArticleLine]:
    """The lines of an article: title and byline, the text by voice, and the voices with their
    counts.
    """
    said = (article.author, article.outlet, article.published)
    byline = ", ".join(printable(part) for part in said if part)
    lines = [_line(printable(article.title)), *([_line(byline)] if byline else []), ArticleLine()]
    lines += _text(statements, max(width - MARGIN - 2, 20))
    return [*lines, *_legend(statements)]


def innermost(statements: Sequence[StatementRow]) -> Iterator[tuple[int, int, StatementRow]]:
    """The stretches of an article's text in order, each with the innermost statement that covers
    it.
    """
    edges = sorted({edge for s in statements for edge in (s.start, s.end)})
    cuts: list[tuple[int, int, StatementRow]] = []
    for start, end in pairwise(edges):
        covering = [s for s in statements if s.covers(start, end)]
        if not covering:
            continue
        inner = min(reversed(covering), key=lambda s: s.end - s.start)
        if cuts and cuts[-1][2] is inner and cuts[-1][1] == start:
            start = cuts.pop()[0]
        cuts.append((start, end, inner))
    yield from cuts


def _text(statements: Sequence[StatementRow], width: int) -> Iterator[ArticleLine]:
    last: StatementRow | None = None
    stretches = list(innermost(statements))
    for body in (s for s in statements if s.parent_id is None):
        for start, end in paragraphs(body.text):
            for row in _rows(body, (body.start + start, body.start + end), stretches):
                yield from _wrapped(
                    row, "" if row.statement is last else _label(row.statement), width
                )
                last = row.statement
            yield ArticleLine()


def _rows(
    body: StatementRow, span: tuple[int, int], stretches: Sequence[tuple[int, int, StatementRow]]
) -> Iterator[_Row]:
    """What a paragraph has of each voice, in order; marks between two voices stay with the words
    before them.
    """
    row: _Row | None = None
    opened: tuple[ColouredText, ...] = ()  # marks that open the words of the next voice
    for start, end, statement in stretches:
        start, end = max(start, span[0]), min(end, span[1])
        if start >= end:
            continue
        voice = _voice(statement, body)
        closing, words, opening = _parts(body.text[start - body.start : end - body.start], voice)
        if row is not None and row.statement is not statement and _WORD.search(words.text):
            if any(_WORD.search(piece.text) for piece in row.pieces):
                yield row.goes_on(closing)
                row, closing = None, ColouredText("")
            row = _Row(statement, voice, (*(row.pieces if row else ()), *opened, closing, words))
        elif row is not None:
            row = row.goes_on(*opened, closing, words)
        else:
            row = _Row(statement, voice, (*opened, closing, words))
        opened = (opening,)
    if row is not None:
        yield row.goes_on(*opened)


def _parts(text: str, voice: str | None) -> Iterator[ColouredText]:
    """The marks that close the words before, the words, and the marks that open those behind, as
    pieces.
    """
    match = _MARKED.fullmatch(text)
    for part in match.groups("") if match else ("", text, ""):
        yield ColouredText(_inline(part), voice)


def _inline(text: str) -> str:
    """Words on one line as `shown`, with one space left where white space stood at an end."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' * before}{printable(text)}{' ' * after}" if text.strip() else " " * before


def _voice(statement: StatementRow, body: StatementRow) -> str | None:
    author = statement.holder.type == "author" and statement.holder.name == body.holder.name
    return None if author else who(statement)


def who(statement: StatementRow) -> str:
    """The holder in a word or two: the name, or the words that stand for it."""
    holder = statement.holder
    return printable(
        holder.name or holder.mention or ("the author" if holder.type == "author" else "unnamed")
    )


def notes(statement: StatementRow) -> list[str]:
    """What is to be known of a statement beside its holder: unnamed, denied, alleged, corrected."""
    candidates = [
        "unnamed" if statement.holder.type == "unnamed" and who(statement) != "unnamed" else "",
        "denied" if statement.polarity == "denied" else "",
        statement.modality if statement.modality != "stated" else "",
        "corrected" if statement.rule == "correction" else "",
    ]
    return [note for note in candidates if note]


def _label(statement: StatementRow) -> str:
    """A statement's number and holder with what is to be known of it: "s3 Mara Orlen, denied"."""
    number = statement.id.removeprefix(f"{statement.article_id}-")
    return ", ".join([f"{number} {_cut(who(statement))}", *notes(statement)])


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"


def _wrapped(row: _Row, label: str, width: int) -> Iterator[ArticleLine]:
    """The lines of a row, its label in the margin of the first ones."""
    whole = "".join(piece.text for piece in row.pieces)
    at, lines = 0, list[tuple[ColouredText, ...]]()
    for text in wrap(whole.strip(), width, break_on_hyphens=False):
        at = whole.index(text, at)
        lines.append(_cut_out(row.pieces, at, at + len(text)))
        at += len(text)
    for margin, pieces in zip_longest(wrap(label, MARGIN), lines):
        yield ArticleLine(pieces or (), margin or "", row.voice)


def _cut_out(pieces: Sequence[ColouredText], start: int, end: int) -> tuple[ColouredText, ...]:
    left, at = list[ColouredText](), 0
    for piece in pieces:
        text = piece.text[max(start - at, 0) : max(end - at, 0)]
        left += [ColouredText(text, piece.voice)] if text else []
        at += len(piece.text)
    return tuple(left)


def _line(text: str) -> ArticleLine:
    return ArticleLine((ColouredText(text),))


def _legend(statements: Sequence[StatementRow]) -> list[ArticleLine]:
    """Each voice with the number of its statements, those with the most first."""
    roots = {s.holder.name for s in statements if s.parent_id is None and s.holder.type == "author"}
    counts = Counter(
        (who(s), None if s.holder.type == "author" and s.holder.name in roots else who(s))
        for s in statements
    )
    if not counts:
        return [_line("This article has no text of its own.")]
    return [
        ArticleLine((ColouredText(f"{count:4}  {name}", voice),))
        for (name, voice), count in counts.most_common()
    ]


def colours(lines: Sequence[ArticleLine]) -> dict[str, str]:
    """A colour for each voice, made of its name so that it is the same everywhere, but for two that
    would share one.
    """
    voices = dict.fromkeys(piece.voice for line in lines for piece in line.pieces if piece.voice)
    colour_of: dict[str, str] = {}
    for voice in voices:
        first = crc32(voice.encode()) % len(_COLOURS)
        turned = (*_COLOURS[first:], *_COLOURS[:first])
        free = [colour for colour in turned if colour not in colour_of.values()]
        colour_of[voice] = free[0] if free else turned[0]
    return colour_of
