"""A decision as Markdown, for a pull request."""

from __future__ import annotations

from eval.gate import Decision, Ruling
from eval.report import ScoredAnswer
from eval.reports.figures import bounds, change, figure, floor

_MARKS = {
    "pass": "pass",
    "fail": "**fail**",
    "inconclusive": "inconclusive",
    "invalid": "**invalid**",
    "waived": "waived",
}
_MOST = 20  # questions that are shown


def as_markdown(decision: Decision) -> str:
    """The decision, the table of scores, and the questions that got worse, or without a baseline
    the worst.
    """
    run = decision.report.run
    lines = [
        f"## Faithfulness of {_cell(run.suite)}: {decision.exit.name.lower()}",
        "",
        f"{len(decision.report.rows)} questions, {_cell(run.system)}, corpus version"
        f" `{run.version}`, judged by {_cell(decision.report.judge)}."
        + (f" {_cell(decision.summary)}." if decision.exit else ""),
        "",
        "| score | mean | interval | floor | change | ruling |",
        "|---|---:|---|---:|---:|---|",
        *(_row(ruling) for ruling in decision.rulings),
    ]
    worse = _worse(decision)
    if worse:
        title = "Worse than the baseline" if decision.baseline else "Points lost"
        lines += ["", f"<details><summary>{title}: {len(worse)} questions</summary>", ""]
        lines += [f"- {line}" for line in worse[:_MOST]]
        lines += [f"- and {len(worse) - _MOST} more"] if len(worse) > _MOST else []
        lines += ["", "</details>"]
    return "\n".join(lines) + "\n"


def _row(ruling: Ruling) -> str:
    mean = figure(ruling.interval.mean if ruling.interval else None)
    reason = f": {_cell(ruling.reason)}" if ruling.outcome != "pass" else ""
    cells = (
        ruling.score,
        mean,
        bounds(ruling),
        floor(ruling),
        change(ruling),
        _MARKS[ruling.outcome] + reason,
    )
    return f"| {' | '.join(cells)} |"


def _worse(decision: Decision) -> list[str]:
    lines = []
    for at, row in enumerate(decision.report.rows):
        before = decision.baseline.rows[at] if decision.baseline else None
        lost = [
            f"{name} {figure(score.value)}"
            for name, score in row.scores.items()
            if _is_worse(row, before, name)
        ]
        if lost:
            lines.append(f"{row.sample.id} {_cell(row.sample.question)} ({', '.join(lost)})")
    return lines


def _is_worse(row: ScoredAnswer, before: ScoredAnswer | None, name: str) -> bool:
    now = row.scores[name].value
    then = before.scores[name].value if before and name in before.scores else None
    least = 1.0 if before is None else then
    return now is not None and least is not None and now < least


def _cell(text: str) -> str:
    """A text that breaks neither a table nor the page around it."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
