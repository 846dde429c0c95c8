"""What speaks for and against an answer, in figures."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against an answer in the corpus, each 0 to 1.

    `coverage` is the most of the question that a passage covers, `cosine` that of its nearest sentence (None: vectors
    say nothing); what no statement of those asked for covers is `unsaid`, of a time that is asked about `undated`, by a
    sentence with such a figure as is asked for `unfigured`; `unknown` is 1 for words of somebody who says nothing here.
    """

    coverage: float
    cosine: float | None
    unsaid: float
    unknown: float
    undated: float
    unfigured: float

    @property
    def likelihood(self) -> float:
        """How likely (0 to 1) the corpus answers: a logistic model. docs/retrieval.md has its figures."""
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
