"""A report as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.gate import Verdict
from eval.run import Report, Row


def table(report: Report, verdicts: Sequence[Verdict]) -> str:
    """The scores with their floors, the scores by type of question, and the rows that lost points."""
    lines = [
        f"suite {report.suite}: {len(report.rows)} questions, corpus version {report.version}, writer {report.writer}",
        "",
    ]
    lines += [f"{'score':18} {'mean':>6} {'floor':>6} {'scored':>7}  verdict"]
    lines += [
        f"{v.scorer:18} {_figure(v.value):>6} {v.floor:6.2f} {v.scored:7}  {'pass' if v.passed else 'FAIL'}"
        for v in verdicts
    ]
    lines += ["", f"{'type':16} {'n':>3} " + " ".join(f"{v.scorer:>16}" for v in verdicts)]
    for name, part in report.by_type.items():
        lines.append(
            f"{name:16} {len(part.rows):3} " + " ".join(f"{_figure(part.mean(v.scorer)):>16}" for v in verdicts)
        )
    lost = [line for row in report.rows for line in _lost(row)]
    return "\n".join([*lines, *(["", "Points lost:", *lost] if lost else [])])


def as_json(report: Report, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """The whole report, with its verdicts."""
    return {
        "suite": report.suite,
        "version": report.version,
        "writer": report.writer,
        "passed": all(verdict.passed for verdict in verdicts),
        "scores": [
            {"scorer": v.scorer, "mean": v.value, "floor": v.floor, "scored": v.scored, "passed": v.passed}
            for v in verdicts
        ],
        "rows": [
            {"id": row.id, "type": row.type, "question": row.question, "status": row.status}
            | {name: {"value": score.value, "explanation": score.explanation} for name, score in row.scores.items()}
            for row in report.rows
        ],
    }


def _lost(row: Row) -> list[str]:
    return [
        f"  {row.id} {row.question}\n      {name} {_figure(score.value)}: {score.explanation}"
        for name, score in row.scores.items()
        if score.value is not None and score.value < 1
    ]


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
