"""What one search gives back."""

from __future__ import annotations

from dataclasses import dataclass

from rag.answer import Reading
from rag.answerable import Evidence
from rag.coverage import Asked
from rag.hits import Hit
from vectorstore.snapshot import Snapshot


@dataclass(frozen=True)
class Found:
    """What one search found.

    `evidence` is what speaks for an answer in the corpus, None without hits; `holders` are those whose words alone a
    filter lets through (none: everybody's); `named` are those whom the question names, `voices` those
    whose words it asks for.
    """

    hits: tuple[Hit, ...]
    asked: Asked
    evidence: Evidence | None
    snapshot: Snapshot
    readings: tuple[Reading, ...] = ()
    holders: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    searched_articles: int = 0
    searched_passages: int = 0
    reranker: str | None = None

    @property
    def answerable(self) -> float:
        """How likely (0 to 1) the corpus holds an answer."""
        return self.evidence.likelihood if self.evidence else 0.0
