"""What one search gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rag.answer import Reading
from rag.coverage import Asked
from rag.evidence import Evidence
from rag.hits import Hit
from vectorstore.snapshot import Snapshot


@dataclass(frozen=True)
class Found:
    """What one search found.

    `weighed` works out what speaks for an answer in the corpus, when that is asked for; `holders` are those whose words
    alone a filter lets through (none: everybody's); `named` are those whom the question names, `voices` those whose
    words it asks for.
    """

    hits: tuple[Hit, ...]
    asked: Asked
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
