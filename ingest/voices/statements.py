"""An article's statements: first everything is its author's, then turns belong to their speakers."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.voices.turns import Turn, read_turns
from vectorstore.records import Article, Holder, Link, Statement


def read_statements(article: Article, text: str) -> tuple[Statement, ...]:
    """The statements of an article in its source text, parents before children; every character of the body has one
    at least.
    """
    turns = read_turns(text, article.body) if article.kind == "transcript" else []
    found: list[Statement] = []
    for start, end in article.body:
        parent = _authors(article, start, end, len(found))
        found.append(parent)
        for turn in _inside(turns, start, end):
            found.append(_spoken(article, turn, parent.id, len(found)))
    return tuple(found)


def _inside(turns: list[Turn], start: int, end: int) -> Iterator[Turn]:
    """The parts of turns that lie inside a stretch of the body; a caption in the middle of a turn does not end it."""
    for turn in turns:
        first, last = max(turn.start, start), min(turn.end, end)
        if first < last:
            yield Turn(first, last, turn.mention, turn.name)


def _authors(article: Article, start: int, end: int, number: int) -> Statement:
    return Statement(
        id=f"{article.id}-s{number}",
        article_id=article.id,
        source=article.source,
        start=start,
        end=end,
        holder=Holder(article.byline, None, "author"),
        form="author",
        chain=article_chain(article),
        language=article.language,
    )


def _spoken(article: Article, turn: Turn, parent_id: str, number: int) -> Statement:
    return Statement(
        id=f"{article.id}-s{number}",
        article_id=article.id,
        source=article.source,
        start=turn.start,
        end=turn.end,
        holder=Holder(turn.name, turn.mention, "person" if turn.name else "unnamed"),
        form="turn",
        chain=(Link(turn.name or turn.mention, "said"), *article_chain(article)),
        parent_id=parent_id,
        language=article.language,
    )


def article_chain(article: Article) -> tuple[Link, ...]:
    """How an article's own words reached us: its author, its outlet, its translator."""
    links = [
        Link(article.author, "written_by", article.published),
        Link(article.original_outlet, "published_by"),
        Link(article.translator, "translated_by"),
        Link(article.outlet, "republished_by" if article.original_outlet else "published_by", article.published),
    ]
    return tuple(link for link in links if link.name)
