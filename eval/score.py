"""What a scorer gives back, and what it may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from eval.suite import Sample
from rag.answer import Answer


@dataclass(frozen=True)
class Score:
    """A value from 0 to 1 with its explanation; None when there was nothing to score, which is not 0."""

    value: float | None
    explanation: str

    @classmethod
    def unscored(cls, reason: str) -> Score:
        return cls(None, reason)


class Scorer(Protocol):
    """Scores one answer. `texts` gives the source text of each source of the corpus."""

    def __call__(self, sample: Sample, answer: Answer, texts: Mapping[str, str]) -> Score: ...


def share(found: int, total: int, what: str) -> Score:
    """A share as a score: "3 of 4 passages of evidence"."""
    return Score(found / total, f"{found} of {total} {what}")
