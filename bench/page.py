"""The measured figures as the table and the plot of docs/performance.md. matplotlib draws here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

_WHO = ("ours", "theirs")
Row = tuple[str, float, float, bool]  # name, value, bound, whether it holds


def write_page(figures: Mapping[str, Any], rows: Sequence[Row], docs: Path) -> None:
    """Puts the figures between the marks of docs/performance.md, and its plot beside it."""
    page = docs / "performance.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    measured = f"{table(rows)}\n\n{times(figures)}\n\n{starts(figures)}"
    page.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")
    _plot(figures, docs / "performance.svg")


def table(rows: Sequence[Row]) -> str:
    """The ratios in Markdown."""
    lines = [
        f"| {name} | {value:.2f} | {bound} | {'yes' if holds else '**no**'} |"
        for name, value, bound, holds in rows
    ]
    return "\n".join(["| | measured | bound | holds |", "|---|---|---|---|", *lines])


def times(figures: Mapping[str, Any]) -> str:
    """The times of questions in Markdown, in milliseconds, p50 / p95."""
    lines = [
        f"| {int(size):,} | {who} | {_ms(system['search'])} | {_ms(system['filtered'])} |"
        f" {_ms(system['answer']) if 'answer' in system else '-'} | {system['ready']:.1f} s |"
        f" {system['memory_mb']} | {system['disk_mb']} |"
        for size, both in figures["ask"].items()
        for who, system in both.items()
    ]
    head = (
        "| passages | | search, ms | within one outlet, ms | whole answer, ms | until ready |"
        " memory, MB | disk, MB |"
    )
    return "\n".join([head, "|---|---|---|---|---|---|---|---|", *lines])


def starts(figures: Mapping[str, Any]) -> str:
    """How fast passages come in, and how long commands take, in Markdown."""
    rates = [
        f"{who} {system['passages']} passages at"
        f" {system['passages'] / system['seconds']:.1f} a second into {system['disk_mb']} MB"
        for who, system in figures["ingest"].items()
    ]
    cold = figures["cold"]
    return (
        f"Ingest: {'; '.join(rates)}. `rashomon ask`: {cold['alone_cpu']:.1f} s of CPU alone,"
        f" {cold['with_server']:.2f} s with a server running, which is ready after"
        f" {cold['server_ready']:.1f} s."
    )


def _ms(spread: Mapping[str, float]) -> str:
    return f"{1000 * spread['p50']:.0f} / {1000 * spread['p95']:.0f}"


def _plot(figures: Mapping[str, Any], target: Path) -> None:
    """Four plots: how long a search takes, until a corpus is ready, its memory, and how fast
    passages come in.
    """
    from matplotlib.figure import Figure

    asked, figure = figures["ask"], Figure(figsize=(8, 6), layout="constrained")
    (times, ready), (room, speed) = figure.subplots(2, 2)
    sizes = [int(size) for size in asked]
    for who in _WHO:
        systems = [size_figures[who] for size_figures in asked.values()]
        for kind, style in (("search", "-"), ("filtered", "--")):
            middle, most = (
                [1000 * size_figures[kind][share] for size_figures in systems]
                for share in ("p50", "p95")
            )
            (line,) = times.plot(sizes, middle, style, marker="o", label=f"{who}, {kind}")
            times.fill_between(sizes, middle, most, alpha=0.1, color=line.get_color())
        ready.plot(
            sizes, [size_figures["ready"] for size_figures in systems], marker="o", label=who
        )
        room.plot(
            sizes,
            [size_figures["memory_mb"] / 1000 for size_figures in systems],
            marker="o",
            label=f"{who}, memory",
        )
        room.plot(
            sizes,
            [size_figures["disk_mb"] / 1000 for size_figures in systems],
            "--",
            marker="o",
            label=f"{who}, disk",
        )
    for axes, name in (
        (times, "search, ms (p50, shaded to p95)"),
        (ready, "until ready, s"),
        (room, "GB"),
    ):
        axes.set(xscale="log", yscale="log", xlabel="passages", ylabel=name)
        axes.legend(fontsize="small")
    speed.bar(
        _WHO,
        [figures["ingest"][who]["passages"] / figures["ingest"][who]["seconds"] for who in _WHO],
    )
    speed.set(ylabel="ingest, passages a second")
    figure.savefig(target, metadata={"Date": None})
