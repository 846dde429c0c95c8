"""The figures of a ruling, as every report writes them."""

from __future__ import annotations

from eval.gate import Ruling


def figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def bounds(ruling: Ruling) -> str:
    """The interval of a mean: "0.612-0.731"."""
    interval = ruling.interval
    return "-" if interval is None else f"{interval.low:.3f}-{interval.high:.3f}"


def floor(ruling: Ruling) -> str:
    return "" if ruling.bar.floor is None else f"{ruling.bar.floor:.2f}"


def change(ruling: Ruling) -> str:
    """The change against the baseline: "+0.012"; empty without one."""
    return "" if ruling.change is None else f"{ruling.change.interval.mean:+.3f}"
