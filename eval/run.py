"""Runs a suite: every question answered, every answer scored or unscored with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from eval.score import Score
from eval.scorers import SCORERS
from eval.suite import Sample, Suite
from rag.answer import Answer, Turn


@dataclass(frozen=True)
class Row:
    """One question with its answer's status and scores."""

    id: str
    type: str
    question: str
    status: str
    scores: Mapping[str, Score]


@dataclass(frozen=True)
class Report:
    """All rows of a run, and which corpus version and writer they are of."""

    suite: str
    version: str
    writer: str
    rows: tuple[Row, ...]

    def mean(self, scorer: str) -> float | None:
        """The mean of the scored rows; None when none was scored."""
        values = [value for row in self.rows if (value := row.scores[scorer].value) is not None]
        return sum(values) / len(values) if values else None

    def scored(self, scorer: str) -> int:
        return sum(row.scores[scorer].value is not None for row in self.rows)

    @property
    def by_type(self) -> Mapping[str, Report]:
        """The same report for each type of question."""
        types = sorted({row.type for row in self.rows})
        return {
            name: Report(self.suite, self.version, self.writer, tuple(row for row in self.rows if row.type == name))
            for name in types
        }


def run_suite(suite: Suite, answer: Callable[[Sample], Answer], texts: Mapping[str, str]) -> Report:
    """Scores the answers to every question of a suite. `texts` gives the source text of each source."""
    answered = [(sample, answer(sample)) for sample in suite.samples]
    rows = tuple(_row(sample, given, texts) for sample, given in answered)
    return Report(suite.name, answered[0][1].searched.version, answered[0][1].writer, rows)


def history(turns: Iterable[str]) -> tuple[Turn, ...]:
    """The user turns of a follow-up as a conversation."""
    return tuple(Turn("user", turn) for turn in turns)


def _row(sample: Sample, answer: Answer, texts: Mapping[str, str]) -> Row:
    scores = {name: scorer(sample, answer, texts) for name, scorer in SCORERS.items()}
    return Row(sample.id, sample.type, sample.question, answer.status, scores)
