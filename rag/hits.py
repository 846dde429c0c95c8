"""A passage that search found, with the reasons for its place."""

from __future__ import annotations

from dataclasses import dataclass

from vectorstore.records import Article, Passage


@dataclass(frozen=True)
class Part:
    """A part of a score: what of the search gave it or, below 0, took it."""

    name: str
    value: float


@dataclass(frozen=True)
class Hit:
    """A passage that search found. `score` is the sum of its parts; higher is better.

    `coverage` is the share of the question (0 to 1) that it covers with its title, outlet, author and speakers;
    `similar` are the cosines of its sentences with the question, in order; none where there are no vectors.
    """

    passage: Passage
    article: Article
    score: float
    parts: tuple[Part, ...] = ()
    coverage: float = 0.0
    similar: tuple[float, ...] = ()
