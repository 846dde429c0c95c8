"""A kept eval report as HTML, for somebody who decides on a release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.reports.kept import SavedReport
from eval.reports.templates import rendered

# What each decision means for a release.
_MEANS = {
    "pass": (
        "Every score is above its floor, and none has dropped below the accepted baseline: it can"
        " be released."
    ),
    "fail": (
        "A score is below its floor, or has dropped below the accepted baseline: do not release it."
    ),
    "invalid": "The run cannot be trusted: mend it and run it again before you decide.",
    "inconclusive": "Too few questions to tell a drop from chance: run more before you decide.",
}


def report_summary(report: SavedReport) -> str:
    """The decision and what it means, every score against its floor and the baseline, and the
    questions that lost.
    """
    questions = report.told["questions"]
    return rendered(
        "ui.render",
        "report.html.jinja",
        kept=report,
        told=report.told,
        means=_MEANS[report.told["decision"]],
        lost=[(row, losses) for row in questions if (losses := _lost(row))],
    )


def report_title(report: SavedReport) -> str:
    """A report in a list: "2026-11-23 04:10 · sample · pass"."""
    return (
        f"{report.at[:16].replace('T', ' ')} · {report.told['suite']} · {report.told['decision']}"
    )


def _lost(row: Mapping[str, Any]) -> list[str]:
    """What a question lost, one line for each score below 1."""
    scores = row["scores"].items()
    return [
        f"{name.replace('_', ' ')} {score['value']:.2f}: {score['explanation']}"
        for name, score in scores
        if score["value"] is not None and score["value"] < 1
    ]
