"""Passages: whole sentences packed to a token budget, inside one article and one voice's stretch of
it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from vectorstore.embedders.base import Embedder
from vectorstore.language.sentences import sentences
from vectorstore.records import Article, Passage, Span, Statement, content_id

# the sentences of each stretch of an article that has one voice
Stretches = tuple[tuple[Span, ...], ...]

BUDGET = 200  # tokens; leaves the default model, which reads 256, room for the title
# characters of a sentence; a hosted Chroma takes 16 KB a document, at up to four bytes a character
_LONGEST = 3500
# for languages the embedder spells letter by letter, whose count would say nothing
_TOKENS_A_WORD = 1.4


def read_passages(
    article: Article, text: str, statements: Sequence[Statement], embedder: Embedder
) -> tuple[Passage, ...]:
    """The passages of an article, in order; each holds whole sentences, and a sentence over the
    budget stands alone.
    """
    return pack_passages(
        article, text, statements, read_stretches(article, text, statements), embedder
    )


def read_stretches(article: Article, text: str, statements: Sequence[Statement]) -> Stretches:
    """The sentences of an article by its stretches, each in pieces where it would not fit into a
    row.
    """
    return tuple(
        tuple(part for span in sentences(text, *stretch) for part in _bearable(text, span))
        for stretch in _stretches(article, text, statements)
    )


def pack_passages(
    article: Article,
    text: str,
    statements: Sequence[Statement],
    stretches: Stretches,
    embedder: Embedder,
) -> tuple[Passage, ...]:
    """The passages that the sentences of an article's stretches make."""
    budget = min(BUDGET, embedder.max_tokens)
    spans = [
        span
        for sentences in stretches
        for span in _packed(text, sentences, article.language, embedder, budget)
    ]
    return tuple(
        _passage(article, text, span, inside)
        for span, inside in zip(spans, _told_in(spans, statements), strict=True)
    )


def _told_in(
    spans: Iterable[Span], statements: Sequence[Statement]
) -> Iterator[tuple[Statement, ...]]:
    """The statements that overlap each of some spans, which follow one another; statements are in
    their order.
    """
    coming = sorted(range(len(statements)), key=lambda n: statements[n].start, reverse=True)
    reached: list[int] = []
    for start, end in spans:
        while coming and statements[coming[-1]].start < end:
            reached.append(coming.pop())
        reached = [n for n in reached if start < statements[n].end]
        yield tuple(statements[n] for n in sorted(reached))


def _stretches(article: Article, text: str, statements: Sequence[Statement]) -> Iterator[Span]:
    """The body, cut also where a turn or an embedded piece begins or ends."""
    opening = {s.start for s in statements if s.form == "turn"}
    edges = sorted(
        opening
        | {s.end for s in statements if s.form == "turn"}
        | {edge for piece in article.embedded for edge in (piece.start, piece.end)}
    )
    for start, end in article.body:
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        for begin, finish in pairwise([start, *inside, end]):
            yield _without_label(text, (begin, finish), finish in opening)


def _without_label(text: str, stretch: Span, opens_turn: bool) -> Span:
    """A stretch without its last line when that is the label of the turn that begins where it
    ends.
    """
    start, end = stretch
    if not opens_turn:
        return stretch
    return (start, start + text[start:end].rstrip().rfind("\n") + 1)


def _packed(
    text: str, spans: Sequence[Span], language: str | None, embedder: Embedder, budget: int
) -> Iterator[Span]:
    lengths = _lengths([text[slice(*span)] for span in spans], language, embedder)
    opened, closed, used = -1, -1, 0
    for (start, end), length in zip(spans, lengths, strict=True):
        if opened >= 0 and used + length > budget:
            yield (opened, closed)
            opened, used = -1, 0
        opened, closed, used = start if opened < 0 else opened, end, used + length
    if opened >= 0:
        yield (opened, closed)


def _bearable(text: str, span: Span) -> Iterator[Span]:
    """A sentence as it is, or, where it would not fit into a row, in pieces that end at white
    space.
    """
    start, end = span
    while end - start > _LONGEST:
        at = max(text.rfind(" ", start, start + _LONGEST), start + _LONGEST // 2)
        yield (start, at)
        start = at
    yield (start, end)


def _lengths(texts: Sequence[str], language: str | None, embedder: Embedder) -> list[int]:
    if embedder.reads(language):
        return embedder.count_tokens(texts)
    return [int(len(text.split()) * _TOKENS_A_WORD) + 1 for text in texts]


def _passage(article: Article, text: str, span: Span, statements: tuple[Statement, ...]) -> Passage:
    start, end = span
    words = text[start:end]
    return Passage(
        content_id(article.id, str(start), words),
        article.id,
        article.source,
        start,
        end,
        words,
        article.language,
        statements,
    )
