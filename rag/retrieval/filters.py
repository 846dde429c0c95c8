"""What the filters of a question let through."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from rag.filters import FIELDS, Filters
from rag.retrieval.index import Index, Mask
from vectorstore.names.keys import name_key, names_match


def allowed(index: Index, filters: Filters, holders: Sequence[str]) -> Mask:
    """The passages that the filters let through, of each piece that stands in several places those
    of the place where it was published first.

    `holders` are the filter's own, by their names in the corpus. An article without a date passes
    no date filter.
    """
    articles = _once(index, _passing(index, filters))
    inside: Mask = (
        np.ones(len(index.article), dtype=bool) if articles.all() else articles[index.article]
    )
    if holders:
        speaking = [
            name
            for name in index.speaking
            if any(names_match(holder, name_key(name)) for holder in holders)
        ]
        inside &= index.told_by(speaking) > 0
    return inside


def _passing(index: Index, filters: Filters) -> Mask:
    """The articles that the filters let through."""
    passing = np.ones(len(index.snapshot.articles), dtype=bool)
    for field in FIELDS:
        if field.facts and (names := getattr(filters, field.name)):
            wanted = set(names).__contains__ if field.exact else partial(_is_one_of, names)
            passing &= index.articles_of(field.facts, wanted)
    if since := filters.since:
        passing &= index.articles_of(["published"], lambda day: day >= since)
    if until := filters.until:
        passing &= index.articles_of(["published"], lambda day: day[: len(until)] <= until)
    return passing


def _is_one_of(wanted: Sequence[str], name: str) -> bool:
    return any(names_match(known, name) for known in wanted)


def _once(index: Index, passing: Mask) -> Mask:
    """The articles that pass, without the copies of those that were published before them."""
    once, taken = passing.copy(), set[tuple[str, ...]]()
    for n, group in index.copies:
        if passing[n]:
            once[n] = group not in taken
            taken.add(group)
    return once
