"""The gate: the floor under each score, and whether a report stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.run import Report

FLOORS: Mapping[str, float] = {
    "quote_exactness": 1.0,
    "evidence_recall": 0.6,
    "holder_recall": 0.72,
    "status_accuracy": 0.8,
}


@dataclass(frozen=True)
class Verdict:
    """One score against its floor. A score that nothing was scored for does not pass."""

    scorer: str
    value: float | None
    floor: float
    scored: int

    @property
    def passed(self) -> bool:
        return self.value is not None and self.value >= self.floor


def judge(report: Report) -> list[Verdict]:
    """The verdict on each score that has a floor."""
    return [Verdict(name, report.mean(name), floor, report.scored(name)) for name, floor in FLOORS.items()]
