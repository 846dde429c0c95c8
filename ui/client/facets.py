"""What a corpus can be narrowed to, with counts: outlets, authors, holders, languages, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rag.filters import FIELDS
from vectorstore.storage.snapshot import Snapshot


@dataclass(frozen=True)
class Facet:
    """One value to narrow to, and how many articles (of a holder: statements) have it."""

    value: str
    count: int


@dataclass(frozen=True)
class Facets:
    """How many articles there are, and the values of each filter, those with the most first;
    `since` and `until` are the first and last ISO date.
    """

    articles: int = 0
    outlets: tuple[Facet, ...] = ()
    authors: tuple[Facet, ...] = ()
    holders: tuple[Facet, ...] = ()
    languages: tuple[Facet, ...] = ()
    since: str | None = None
    until: str | None = None


def facets_of(snapshot: Snapshot) -> Facets:
    """The facets of a corpus as it is now."""
    articles = snapshot.articles
    dates = sorted(article.published for article in articles if article.published)
    return Facets(
        articles=len(articles),
        holders=_counted(statement.holder.name for statement in snapshot.statements),
        **{
            field.name: _counted(getattr(article, field.facts[0]) for article in articles)
            for field in FIELDS
            if field.option and field.facts
        },
        since=dates[0] if dates else None,
        until=dates[-1] if dates else None,
    )


def _counted(values: Iterable[str | None]) -> tuple[Facet, ...]:
    counts = Counter(value for value in values if value)
    return tuple(
        Facet(value, counts[value])
        for value in sorted(counts, key=lambda value: (-counts[value], value))
    )
