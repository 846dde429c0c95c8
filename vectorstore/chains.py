"""How an article's words came to its reader: who wrote them, who published, translated and
republished them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vectorstore.records import Article, Embedded, Holder, Link, Passage, Statement

Chain = tuple[Link, ...]


def article_chain(article: Article) -> Chain:
    """How an article's own words reached us: its author, its outlet, its translator."""
    links = [
        Link(article.author, "written_by", article.published),
        Link(article.original_outlet, "published_by"),
        Link(article.translator, "translated_by"),
        Link(
            article.outlet,
            "republished_by" if article.original_outlet else "published_by",
            article.published,
        ),
    ]
    return tuple(link for link in links if link.name)


def embedded_chain(article: Article, piece: Embedded) -> Chain:
    """How the words of a republished piece reached us: its author and outlet, then who took it
    over.
    """
    links = [
        Link(piece.author, "written_by", piece.published),
        Link(piece.outlet, "published_by", piece.published),
        Link(article.translator, "translated_by"),
        Link(article.author, "quoted_by", article.published),
        Link(article.outlet, "republished_by", article.published),
    ]
    return tuple(link for link in links if link.name)


def retold(passage: Passage, before: Article, now: Article) -> Passage:
    """A passage of an article whose facts are others now than when it was read: its language, and
    its statements, in their chains and where they are the author's own.
    """
    statements = tuple(_retold(statement, before, now) for statement in passage.statements)
    return replace(passage, language=now.language, statements=statements)


def _retold(statement: Statement, before: Article, now: Article) -> Statement:
    for old, new, is_own in _ways(statement, before, now):
        head = len(statement.chain) - len(old)
        if statement.chain[max(0, head) :] == old:
            chain = (*statement.chain[:head], *new)
            holder = _author(statement.holder, before, now) if is_own else statement.holder
            return replace(statement, holder=holder, chain=chain, language=now.language)
    return replace(statement, language=now.language)


def _ways(
    statement: Statement, before: Article, now: Article
) -> Iterator[tuple[Chain, Chain, bool]]:
    """The chains that a statement's may end with, as they were and as they are, and whether it is
    the article's own: that of a piece around it, else the article's.
    """
    for piece in before.embedded:
        if piece.start <= statement.start and statement.end <= piece.end:
            yield embedded_chain(before, piece), embedded_chain(now, piece), False
    yield article_chain(before), article_chain(now), True


def _author(holder: Holder, before: Article, now: Article) -> Holder:
    """The holder of an author's own words, under the name of who is the author now."""
    same = holder.type != "author" or holder.name != before.byline or before.byline == now.byline
    return holder if same else replace(holder, name=now.byline, role=None)
