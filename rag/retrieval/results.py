"""A passage that search found, with the reasons for its place.

What speaks for and against an answer, in figures.

What one search gives back.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rag.answer import Reading
from rag.retrieval.coverage import QuestionTerms
from vectorstore.records import Article, Passage
from vectorstore.storage.snapshot import Snapshot


@dataclass(frozen=True)
class Part:
    """A part of a score: what of the search gave it or, below 0, took it."""

    name: str
    value: float


@dataclass(frozen=True)
class Hit:
    """A passage that search found. `score` is the sum of its parts; higher is better.

    `coverage` is the share of the question (0 to 1) that it covers with its title, outlet, author
    and speakers; `similar` are the cosines of its sentences with the question, in order; none where
    there are no vectors.
    """

    passage: Passage
    article: Article
    score: float
    parts: tuple[Part, ...] = ()
    coverage: float = 0.0
    similar: tuple[float, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against an answer in the corpus, each 0 to 1.

    `coverage` is the most of the question that a passage covers, `cosine` that of its nearest
    sentence (None: vectors say nothing); what no statement of those asked for covers is `unsaid`,
    of a time that is asked about `undated`, by a sentence with such a figure as is asked for
    `unfigured`; `unknown` is 1 for words of somebody who says nothing here.
    """

    coverage: float
    cosine: float | None
    unsaid: float
    unknown: float
    undated: float
    unfigured: float

    @property
    def likelihood(self) -> float:
        """How likely (0 to 1) the corpus answers: a logistic model. docs/retrieval.md has its
        figures.
        """
        cosine = self.coverage if self.cosine is None else self.cosine
        weighed = (
            7.0 * self.coverage
            + 3.0 * cosine
            - 2.5 * self.unsaid
            - 6.0 * self.unknown
            - 4.0 * self.undated
            - 5.0 * self.unfigured
            - 3.8
        )
        return round(1 / (1 + math.exp(-weighed)), 4)


@dataclass(frozen=True)
class SearchResult:
    """What one search found.

    `weighed` works out what speaks for an answer in the corpus, when that is asked for; `holders`
    are those whose words alone a filter lets through (none: everybody's); `named` are those whom
    the question names, `voices` those whose words it asks for.
    """

    hits: tuple[Hit, ...]
    asked: QuestionTerms
    weighed: Callable[[], Evidence | None]
    snapshot: Snapshot
    readings: tuple[Reading, ...] = ()
    holders: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    searched_articles: int = 0
    searched_passages: int = 0
    reranker: str | None = None

    @cached_property
    def evidence(self) -> Evidence | None:
        """What speaks for an answer in the corpus; None without hits."""
        return self.weighed()

    @property
    def answerable(self) -> float:
        """How likely (0 to 1) the corpus holds an answer."""
        return self.evidence.likelihood if self.evidence else 0.0
