"""An article's statements: first everything is its author's, then turns belong to their speakers."""

from __future__ import annotations

from ingest.voices.turns import Turn, read_turns
from vectorstore.records import Article, Embedded, Form, Holder, Link, Span, Statement


def read_statements(article: Article, text: str) -> tuple[Statement, ...]:
    """The statements of an article in its source text, parents before children.

    Every character of the body has one at least.
    """
    turns = read_turns(text, article.body) if article.kind == "transcript" else []
    found: list[Statement] = []

    def tell(span: Span, holder: Holder, form: Form, chain: tuple[Link, ...], parent: Statement | None) -> Statement:
        id, above = f"{article.id}-s{len(found)}", parent.id if parent else None
        told = Statement(
            id, article.id, article.source, *span, holder, form, chain, parent_id=above, language=article.language
        )
        found.append(told)
        return told

    for body in article.body:
        author = Holder(article.byline, None, "author")
        own = tell(body, author, "author", article_chain(article), None)
        for piece in article.embedded:
            if span := _inside((piece.start, piece.end), body):
                tell(span, Holder(piece.author, None, "author"), "author", embedded_chain(article, piece), own)
        for turn in turns:
            if span := _inside((turn.start, turn.end), body):
                tell(span, _speaker(turn), "turn", (_said(turn), *article_chain(article)), own)
    return tuple(found)


def _inside(span: Span, stretch: Span) -> Span | None:
    """The part of a span that lies inside a stretch; a caption in the middle of a turn does not end it."""
    start, end = max(span[0], stretch[0]), min(span[1], stretch[1])
    return (start, end) if start < end else None


def _speaker(turn: Turn) -> Holder:
    return Holder(turn.name, turn.mention, "person" if turn.name else "unnamed")


def _said(turn: Turn) -> Link:
    return Link(turn.name or turn.mention, "said")


def embedded_chain(article: Article, piece: Embedded) -> tuple[Link, ...]:
    """How the words of a republished piece reached us: its author and outlet, then who took it over."""
    links = [
        Link(piece.author, "written_by", piece.published),
        Link(piece.outlet, "published_by", piece.published),
        Link(article.translator, "translated_by"),
        Link(article.author, "quoted_by", article.published),
        Link(article.outlet, "republished_by", article.published),
    ]
    return tuple(link for link in links if link.name)


def article_chain(article: Article) -> tuple[Link, ...]:
    """How an article's own words reached us: its author, its outlet, its translator."""
    links = [
        Link(article.author, "written_by", article.published),
        Link(article.original_outlet, "published_by"),
        Link(article.translator, "translated_by"),
        Link(article.outlet, "republished_by" if article.original_outlet else "published_by", article.published),
    ]
    return tuple(link for link in links if link.name)
