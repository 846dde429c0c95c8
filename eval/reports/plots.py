"""Plots of a decision as SVG, by matplotlib, which lives here: the same decision gives the same
bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from eval.gate import Decision, Ruling

_COLOURS = {
    "pass": "#1a7f37",
    "fail": "#cf222e",
    "inconclusive": "#9a6700",
    "invalid": "#cf222e",
    "waived": "#57606a",
}
_ROW = 0.34  # inches


def intervals(decision: Decision) -> str:
    """Each mean with its interval, its floor as a tick, and the baseline's mean as a ring."""
    from matplotlib.figure import Figure

    rulings = [ruling for ruling in decision.rulings if ruling.interval]
    drawn = Figure(figsize=(7.2, 0.9 + _ROW * len(rulings)), layout="constrained")
    axes = drawn.subplots()
    for at, ruling in enumerate(rulings):
        assert ruling.interval is not None
        colour = _COLOURS[ruling.outcome]
        axes.plot(
            [ruling.interval.low, ruling.interval.high],
            [at, at],
            color=colour,
            linewidth=3,
            alpha=0.5,
        )
        axes.plot(ruling.interval.mean, at, "o", color=colour)
        if ruling.bar.floor is not None:
            axes.plot(ruling.bar.floor, at, "|", color="#57606a", markersize=14)
        if ruling.change is not None:
            axes.plot(
                ruling.interval.mean - ruling.change.interval.mean,
                at,
                "o",
                color="#57606a",
                fillstyle="none",
            )
    _finish(axes, rulings, "mean with its interval; tick: floor; ring: baseline")
    axes.set_xlim(-0.02, 1.02)
    return _svg(drawn)


def changes(decision: Decision) -> str:
    """Each change against the baseline with its interval, and the margin as a tick; empty without a
    baseline.
    """
    from matplotlib.figure import Figure

    rulings = [ruling for ruling in decision.rulings if ruling.change]
    if not rulings:
        return ""
    drawn = Figure(figsize=(7.2, 0.9 + _ROW * len(rulings)), layout="constrained")
    axes = drawn.subplots()
    axes.axvline(0, color="#d0d7de", linewidth=1)
    for at, ruling in enumerate(rulings):
        assert ruling.change is not None
        interval, colour = ruling.change.interval, _COLOURS[ruling.outcome]
        axes.plot([interval.low, interval.high], [at, at], color=colour, linewidth=3, alpha=0.5)
        axes.plot(interval.mean, at, "o", color=colour)
        axes.plot(-ruling.bar.margin, at, "|", color="#57606a", markersize=14)
    _finish(axes, rulings, "change against the baseline with its interval; tick: margin")
    return _svg(drawn)


def _finish(axes: object, rulings: Sequence[Ruling], label: str) -> None:
    axes.set_yticks(range(len(rulings)), [ruling.score for ruling in rulings])  # type: ignore[attr-defined]
    axes.set_ylim(len(rulings) - 0.5, -0.5)  # type: ignore[attr-defined]
    axes.set_xlabel(label)  # type: ignore[attr-defined]
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)  # type: ignore[attr-defined]
    axes.tick_params(axis="y", length=0)  # type: ignore[attr-defined]


def _svg(drawn: object) -> str:
    """The drawing with text as text, without the date, and with ids that do not change."""
    import matplotlib

    with matplotlib.rc_context(
        {"svg.fonttype": "none", "svg.hashsalt": "rashomon", "font.family": "sans-serif"}
    ):
        buffer = io.StringIO()
        drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})  # type: ignore[attr-defined]
    svg = buffer.getvalue()
    return re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
