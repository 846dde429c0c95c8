"""The gate: what each score must reach, whether it does, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Literal

from eval.policy import Bar, Policy
from eval.report import Report
from eval.statistics import Difference, Interval, difference, holm, interval
from vectorstore.errors import RunError

Outcome = Literal["pass", "fail", "inconclusive", "invalid", "waived"]


class Exit(IntEnum):
    """The exit codes of a gate; 2 is wrong usage."""

    PASS = 0
    FAIL = 1
    INVALID = 3
    INCONCLUSIVE = 4


@dataclass(frozen=True)
class Ruling:
    """The outcome for one score: its mean, its bar, and the comparison with the baseline where
    there is one.

    `chance` is the p-value of a drop, corrected for the number of scores.
    """

    score: str
    outcome: Outcome
    reason: str
    bar: Bar
    interval: Interval | None = None
    change: Difference | None = None
    chance: float | None = None


@dataclass(frozen=True)
class Decision:
    """The one object that every report is made of: the report, the baseline's, the rulings, and
    what makes the run invalid as a whole.
    """

    report: Report
    baseline: Report | None
    rulings: tuple[Ruling, ...]
    invalid: tuple[str, ...] = ()

    @property
    def exit(self) -> Exit:
        """Invalid before failed before inconclusive: what cannot be trusted fails nobody and passes
        nobody.
        """
        outcomes = {ruling.outcome for ruling in self.rulings}
        if self.invalid or "invalid" in outcomes:
            return Exit.INVALID
        if "fail" in outcomes:
            return Exit.FAIL
        return Exit.INCONCLUSIVE if "inconclusive" in outcomes else Exit.PASS

    @property
    def summary(self) -> str:
        """The decision in one sentence."""
        named = {
            "fail": "failed",
            "inconclusive": "inconclusive",
            "invalid": "invalid",
            "waived": "waived",
        }
        reasons = [
            f"{word}: {', '.join(names)}"
            for outcome, word in named.items()
            if (names := [ruling.score for ruling in self.rulings if ruling.outcome == outcome])
        ]
        return f"{self.exit.name.lower()}" + "".join(
            f"; {reason}" for reason in (*self.invalid, *reasons)
        )


def decide(report: Report, policy: Policy, today: date, baseline: Report | None = None) -> Decision:
    """Whether a report passes. Raises RunError when the baseline is of other questions or other
    texts.
    """
    changes = _changes(report, baseline, policy) if baseline else {}
    chances = dict(zip(changes, holm([change.p for change in changes.values()]), strict=True))
    rulings = (
        _ruled(report, name, bar, policy, changes.get(name), chances.get(name))
        for name, bar in policy.scores.items()
    )
    compared = (
        _missing(ruling, report, baseline, policy) if baseline else ruling for ruling in rulings
    )
    return Decision(
        report,
        baseline,
        tuple(_waived(change, policy, today) for change in compared),
        _invalid(report),
    )


def _changes(report: Report, baseline: Report, policy: Policy) -> Mapping[str, Difference]:
    """How each score changed on the questions that both have."""
    now, then = report.run, baseline.run
    if now.samples != then.samples:
        raise RunError(
            "The baseline is of other questions. Accept a run of this suite as the new one."
        )
    if now.material.fingerprint != then.material.fingerprint:
        raise RunError(
            "The baseline is of other texts. Accept a run on this corpus as the new one."
        )
    differences = {}
    for name in policy.scores:
        before, after = baseline.values(name), report.values(name)
        both = [id for id in after if id in before]
        if both:
            differences[name] = difference(
                [before[id] for id in both], [after[id] for id in both], policy.settings
            )
    return differences


def _ruled(
    report: Report,
    name: str,
    bar: Bar,
    policy: Policy,
    change: Difference | None,
    chance: float | None,
) -> Ruling:
    values = list(report.values(name).values())
    if not values and any(row.scores[name].applies for row in report.rows):
        outcome: Outcome = "invalid" if bar.floor is not None else "pass"
        return Ruling(name, outcome, "nothing was scored", bar)
    if not values:
        return Ruling(name, "pass", "there is nothing of this in the answers", bar)
    measured = interval(values, policy.settings)
    outcome, reason = _outcome(measured, report.coverage(name), bar, policy, change, chance)
    return Ruling(name, outcome, reason, bar, measured, change, chance)


def _outcome(
    measured: Interval,
    coverage: float,
    bar: Bar,
    policy: Policy,
    change: Difference | None,
    chance: float | None,
) -> tuple[Outcome, str]:
    if coverage < policy.coverage:
        return (
            "invalid",
            f"only {coverage:.0%} of the answers could be scored; {policy.coverage:.0%} are needed",
        )
    if bar.floor is not None and measured.mean < bar.floor:
        return "fail", f"{measured.mean:.3f} is below the floor {bar.floor:.2f}"
    if change is None or chance is None:
        return "pass", "" if bar.floor is None else f"on or above the floor {bar.floor:.2f}"
    return _compared(change, chance, bar, policy)


def _compared(change: Difference, chance: float, bar: Bar, policy: Policy) -> tuple[Outcome, str]:
    """A drop beyond the margin fails when it is no chance; what may be one, or may not, is
    inconclusive.
    """
    dropped = -change.interval.mean
    if dropped > bar.margin and chance < 1 - policy.confidence:
        return (
            "fail",
            f"{dropped:.3f} less than the baseline; {bar.margin:.2f} is allowed (p {chance:.3f})",
        )
    if change.interval.low < -bar.margin:
        return (
            "inconclusive",
            (
                f"the change {change.interval.mean:+.3f} may be as low as"
                f" {change.interval.low:+.3f}; {-bar.margin:+.2f} is allowed. More questions would"
                " tell"
            ),
        )
    return "pass", f"{change.interval.mean:+.3f} against the baseline"


def _missing(ruling: Ruling, report: Report, baseline: Report, policy: Policy) -> Ruling:
    """A ruling, failed where too many questions have nothing of what the baseline has a score
    for.
    """
    before, now = baseline.values(ruling.score), report.values(ruling.score)
    both = sum(id in now for id in before)
    if ruling.outcome not in ("pass", "inconclusive") or both >= policy.coverage * len(before):
        return ruling
    reason = f"{both} of the {len(before)} questions that the baseline has this for have it now"
    return replace(ruling, outcome="fail", reason=reason)


def _waived(ruling: Ruling, policy: Policy, today: date) -> Ruling:
    if ruling.outcome not in ("fail", "inconclusive"):
        return ruling
    waiver = policy.waiver(ruling.score, today)
    if waiver is None:
        return ruling
    return replace(
        ruling,
        outcome="waived",
        reason=f"{ruling.reason}; waived until {waiver.until}: {waiver.reason}",
    )


def _invalid(report: Report) -> tuple[str, ...]:
    failed = report.run.failed
    return (
        (f"{len(failed)} of {len(report.rows)} questions have no answer ({failed[0].error})",)
        if failed
        else ()
    )
