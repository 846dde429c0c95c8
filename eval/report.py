"""The scores of a run: every answer by every scorer, scored or unscored with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import fmean

from eval.runs.run import Answered, Run, pairs
from eval.score import Case, Score, Scorer
from eval.scorers import SCORERS
from eval.suite import Sample
from rag.answer import Sentence
from rag.verification.verdict import Judge, Verdict


@dataclass(frozen=True)
class ScoredAnswer:
    """One question, what came back, its scores, and the judge's verdicts on the claims of the
    answer.
    """

    sample: Sample
    answered: Answered
    scores: Mapping[str, Score]
    claims: tuple[tuple[Sentence, Verdict], ...] = ()

    @property
    def status(self) -> str:
        return self.answered.answer.status if self.answered.answer else "no answer"


@dataclass(frozen=True)
class Report:
    """A run with its scores."""

    run: Run
    judge: str
    rows: tuple[ScoredAnswer, ...]

    @property
    def scorers(self) -> tuple[str, ...]:
        return tuple(self.rows[0].scores) if self.rows else ()

    def values(self, scorer: str) -> Mapping[str, float]:
        """The values of a scorer by question, where there are any."""
        scores = ((row.sample.id, row.scores[scorer].value) for row in self.rows)
        return {id: value for id, value in scores if value is not None}

    def mean(self, scorer: str) -> float | None:
        """The mean over the scored questions; None when none was scored."""
        values = self.values(scorer).values()
        return fmean(values) if values else None

    def coverage(self, scorer: str) -> float:
        """The share scored of the answers that a scorer applies to; of none, all."""
        scores = [row.scores[scorer] for row in self.rows]
        wanted = [score for score in scores if score.applies]
        return sum(score.value is not None for score in wanted) / len(wanted) if wanted else 1.0

    @cached_property
    def by_type(self) -> Mapping[str, Report]:
        """The same report for each type of question."""
        types = sorted({row.sample.type for row in self.rows})
        return {
            name: replace(self, rows=tuple(r for r in self.rows if r.sample.type == name))
            for name in types
        }


def score(run: Run, judge: Judge, scorers: Mapping[str, Scorer] = SCORERS) -> Report:
    """The report of a run. Nothing is asked again."""
    return Report(
        run,
        judge.name,
        tuple(_row(run, sample, answered, judge, scorers) for sample, answered in pairs(run)),
    )


def _row(
    run: Run, sample: Sample, answered: Answered, judge: Judge, scorers: Mapping[str, Scorer]
) -> ScoredAnswer:
    if answered.answer is None:
        nothing = Score.unscored(f"there is no answer: {answered.error}")
        return ScoredAnswer(sample, answered, dict.fromkeys(scorers, nothing))
    case = Case(sample, answered.answer, answered.hits, run.material, judge)
    return ScoredAnswer(
        sample, answered, {name: scorer(case) for name, scorer in scorers.items()}, case.claims
    )
