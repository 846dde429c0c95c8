"""Holders with their statements, as lines. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rag.writing.markdown import printable
from ui.render.terminal.article import notes, who
from ui.schemas import ArticleRow, HolderRow, StatementRow


def by_holder(
    rows: Sequence[StatementRow], holders: Sequence[HolderRow], articles: Sequence[ArticleRow]
) -> Iterator[str]:
    """One line for each holder, then their statements below the outlet and date of each article,
    the oldest first.
    """
    article = {listed.id: listed for listed in articles}
    known = {holder.name: holder for holder in holders}
    voices: dict[str, list[StatementRow]] = {}
    for row in rows:
        voices.setdefault(who(row), []).append(row)
    for name, statements in voices.items():
        yield _head(name, known.get(name))
        statements.sort(
            key=lambda row: (
                article[row.article_id].published or "",
                article[row.article_id].outlet or "",
                row.article_id,
            )
        )
        for id, of_article in groupby(statements, key=lambda row: row.article_id):
            yield f"\n{_where(article[id])}"
            yield from (f"  {_noted(row)}  {printable(row.text)}" for row in of_article)
        yield ""


def _head(name: str, row: HolderRow | None) -> str:
    """Who somebody is: "Mara Orlen, person (minister), also Orlan: 4 statements in 2 articles"."""
    if row is None:
        return name
    roles = f" ({', '.join(map(printable, row.roles))})" if row.roles else ""
    variants = f", also {', '.join(map(printable, row.variants))}" if row.variants else ""
    counts = f"{_count(row.statements, 'statement')} in {_count(row.articles, 'article')}"
    return f"{name}, {row.type}{roles}{variants}: {counts}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _where(article: ArticleRow) -> str:
    place = (
        ", ".join(printable(part) for part in (article.outlet, article.published) if part)
        or "no outlet or date"
    )
    return f"{place} · {printable(article.title)}"


def _noted(row: StatementRow) -> str:
    return ", ".join([row.id, *notes(row)])
