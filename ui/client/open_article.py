"""An article cut where something changes: who speaks, what is cited, where its own text ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.answer import Citation
from vectorstore.language.normalise import without_direction_marks
from vectorstore.records import Article, Span, Statement


@dataclass(frozen=True)
class OpenArticle:
    """An article with the source text that its offsets resolve against, and its statements."""

    article: Article
    text: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Stretch:
    """Words of an article that are one voice's and in the same citations; `own` is whether they are
    of its own text, and not of a byline, a title or boilerplate.
    """

    text: str
    own: bool
    statement: Statement | None
    citations: tuple[int, ...] = ()


def stretches(opened: OpenArticle, citations: Iterable[Citation] = ()) -> list[Stretch]:
    """The whole article in order. Put together, the stretches with a citation's number are its
    quote, but for marks that turn the direction of writing, which are not shown.
    """
    first, last = opened.article.start, opened.article.end
    is_body = _painted(first, last, {True: opened.article.body})
    speaking = _painted(first, last, _by_length(opened.statements))
    cited = _cited(first, last, citations)
    cut, at = [], first
    for (is_own, number, marks), run in groupby(zip(is_body, speaking, cited, strict=True)):
        end = at + sum(1 for _ in run)
        statement = None if number is None else opened.statements[number]
        cut.append(
            Stretch(without_direction_marks(opened.text[at:end]), bool(is_own), statement, marks)
        )
        at = end
    return cut


def _by_length(statements: Sequence[Statement]) -> dict[int, tuple[Span]]:
    """The spans of statements by their number, the longest first, so that the innermost is painted
    last.
    """
    order = sorted(range(len(statements)), key=lambda n: statements[n].start - statements[n].end)
    return {n: ((statements[n].start, statements[n].end),) for n in order}


def _painted(first: int, last: int, colours: Mapping[int, Sequence[Span]]) -> list[int | None]:
    """For each character the last colour whose span covers it."""
    painted: list[int | None] = [None] * (last - first)
    for colour, spans in colours.items():
        for start, end in spans:
            start, end = max(start, first) - first, min(end, last) - first
            painted[start:end] = [colour] * max(end - start, 0)
    return painted


def _cited(first: int, last: int, citations: Iterable[Citation]) -> list[tuple[int, ...]]:
    """For each character the numbers of the citations that cover it."""
    cited: list[tuple[int, ...]] = [()] * (last - first)
    for citation in citations:
        for at in range(max(citation.start, first) - first, min(citation.end, last) - first):
            cited[at] = (*cited[at], citation.id)
    return cited
