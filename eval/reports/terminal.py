"""A decision as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from eval.gate import Decision, Ruling
from eval.report import Report, ScoredAnswer
from eval.reports.figures import bounds, change, figure, floor

_HEAD = (
    f"{'score':22} {'mean':>6} {'interval':>13} {'floor':>6} {'change':>7} {'p':>6} "
    f"{'detects':>7} {'scored':>6}  ruling"
)


def table(decision: Decision) -> str:
    """The scores with their intervals, floors and changes, the lower ones by type of question, and
    the points lost.
    """
    report = decision.report
    run = report.run
    lines = [
        (
            f"suite {run.suite}: {len(report.rows)} questions, corpus version {run.version},"
            f" {run.system}, judged by {report.judge},"
            f" {'compared with the baseline' if decision.baseline else 'not compared'}"
        ),
        "",
        _HEAD,
        *(_line(ruling, len(report.values(ruling.score))) for ruling in decision.rulings),
        "",
        *_by_type(report),
    ]
    lost = [line for row in report.rows for line in _lost(row)]
    return "\n".join([*lines, *(["", "Points lost:", *lost] if lost else []), "", decision.summary])


def _line(ruling: Ruling, scored: int) -> str:
    chance = "" if ruling.chance is None else f"{ruling.chance:.3f}"
    detects = "" if ruling.change is None else f"{ruling.change.detectable:.3f}"
    mean = figure(ruling.interval.mean if ruling.interval else None)
    return (
        f"{ruling.score:22} {mean:>6} {bounds(ruling):>13} {floor(ruling):>6} {change(ruling):>7}"
        f" {chance:>6} {detects:>7} {scored:6}  {ruling.outcome}"
        + (f": {ruling.reason}" if ruling.outcome != "pass" else "")
    )


def _by_type(report: Report) -> Iterator[str]:
    names = [name for name in report.scorers if (report.mean(name) or 0) < 1]
    yield f"{'type':16} {'n':>3} " + " ".join(f"{name[:12]:>12}" for name in names)
    for kind, part in report.by_type.items():
        yield f"{kind:16} {len(part.rows):3} " + " ".join(
            f"{figure(part.mean(name)):>12}" for name in names
        )


def _lost(row: ScoredAnswer) -> list[str]:
    lost = [
        f"      {name} {figure(score.value)}: {score.explanation}"
        for name, score in row.scores.items()
        if score.applies and (score.value is None or score.value < 1)
    ]
    return [f"  {row.sample.id} {row.sample.question}", *lost] if lost else []
