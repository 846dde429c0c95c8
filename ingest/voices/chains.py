"""How words reached us: who said them, who quoted that, and how the article came to its reader."""

from __future__ import annotations

from dataclasses import replace

from ingest.voices.told import Told
from vectorstore.records import Article, Embedded, Link, Statement


def told_chain(told: Told, parent: Statement | None) -> tuple[Link, ...]:
    """Who said it, then how it reached us: a speaker above is who quoted it."""
    above = parent.chain if parent else ()
    said = Link(told.holder.name or told.holder.mention, "said")
    return (said, *(replace(link, role="quoted_by") if link.role == "said" else link for link in above))


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
