"""The measured figures as the table and the plot of docs/performance.md. matplotlib draws here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

Row = tuple[str, float, float, bool]  # name, value, bound, whether it holds


def write_page(told: Mapping[str, Any], rows: Sequence[Row], docs: Path) -> None:
    """Puts the figures between the marks of docs/performance.md, and its plot beside it."""
    page = docs / "performance.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n{table(rows)}\n\n{times(told)}\n{END}{after}", encoding="utf-8")
    _plot(told["ask"], docs / "performance.svg")


def table(rows: Sequence[Row]) -> str:
    """The ratios in Markdown."""
    lines = [
        f"| {name} | {value:.2f} | {bound} | {'yes' if holds else '**no**'} |" for name, value, bound, holds in rows
    ]
    return "\n".join(["| | measured | bound | holds |", "|---|---|---|---|", *lines])


def times(told: Mapping[str, Any]) -> str:
    """The times of questions in Markdown, in milliseconds, p50 / p95."""
    lines = [
        f"| {int(size):,} | {who} | {_ms(one['search'])} | {_ms(one['filtered'])} | "
        f"{_ms(one['answer']) if 'answer' in one else '-'} | {one['ready']:.1f} s | {one['memory_mb']} | "
        f"{one['disk_mb']} |"
        for size, both in told["ask"].items()
        for who, one in both.items()
    ]
    head = (
        "| passages | | search, ms | within one outlet, ms | whole answer, ms | until ready | memory, MB | disk, MB |"
    )
    return "\n".join([head, "|---|---|---|---|---|---|---|---|", *lines])


def _ms(spread: Mapping[str, float]) -> str:
    return f"{1000 * spread['p50']:.0f} / {1000 * spread['p95']:.0f}"


def _plot(asked: Mapping[str, Any], target: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3.2), layout="constrained")
    axes = figure.subplots()
    for who in ("ours", "theirs"):
        for kind, style in (("search", "-"), ("filtered", "--")):
            middle = [1000 * one[who][kind]["p50"] for one in asked.values()]
            axes.loglog([int(size) for size in asked], middle, style, marker="o", label=f"{who}, {kind}")
    axes.set(xlabel="passages", ylabel="milliseconds, median")
    axes.legend()
    figure.savefig(target, metadata={"Date": None})
