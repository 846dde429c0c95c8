"""The whole measurement, side by side: `python -m bench.run [--quick]`.

Each system runs in processes of its own, one after the other. What is printed is also written as
JSON, as the table of docs/performance.md and as its plot. Exits 1 when a ratio misses its bound.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.clock import command
from bench.material import PASSAGES, write_files
from bench.page import write_page

ROOT = Path(__file__).resolve().parent.parent
_STARTS = 3  # times that a command is started; the median counts


@dataclass(frozen=True)
class Ratio:
    """A figure with the bound it is held to; `at_most` tells on which side of it is well."""

    name: str
    value: float
    bound: float
    at_most: bool = True

    @property
    def holds(self) -> bool:
        return self.value <= self.bound if self.at_most else self.value >= self.bound


@dataclass(frozen=True)
class BenchPlan:
    """How much is measured."""

    sizes: tuple[int, ...]  # passages
    embedded: int  # passages that are really embedded
    questions: int


QUICK = BenchPlan((1_000, 10_000), 160, 20)
FULL = BenchPlan((1_000, 10_000, 100_000), 960, 60)


def measure(plan: BenchPlan, cache: Path) -> dict[str, Any]:
    """All figures of one run; corpora with seeded vectors are kept in `cache`."""
    figures: dict[str, Any] = {"plan": asdict(plan)}
    with tempfile.TemporaryDirectory() as made:
        files, corpus = Path(made) / "files", Path(made) / "ours"
        write_files(plan.embedded // PASSAGES, files)
        figures["ingest"] = {
            "ours": _run("ours", "ingest", files, corpus),
            "theirs": _run("theirs", "ingest", files, Path(made) / "theirs"),
        }
        figures["cold"] = cold_start(corpus)
    figures["ask"] = {
        str(size): {
            who: _run(who, "ask", cache / f"{who}-{size}", size, plan.questions)
            for who in ("ours", "theirs")
        }
        for size in plan.sizes
    }
    return figures


def cold_start(corpus: Path) -> dict[str, float]:
    """Seconds of CPU of `rashomon ask` in a fresh process, and of the wall with a server
    running.
    """
    question = ("ask", "Who opened the weir?")
    alone = statistics.median(command(*question, corpus=corpus)[0] for _ in range(_STARTS))
    with _server(corpus) as ready:
        served = statistics.median(command(*question, corpus=corpus)[1] for _ in range(_STARTS))
    return {"alone_cpu": alone, "with_server": served, "server_ready": ready}


def ratios(figures: Mapping[str, Any]) -> list[Ratio]:
    """What the run shows, against the bounds of issue 10."""
    ours, theirs = figures["ingest"]["ours"], figures["ingest"]["theirs"]
    most = str(max(figures["plan"]["sizes"]))
    asked, beside = figures["ask"][most]["ours"], figures["ask"][most]["theirs"]
    before = figures["ask"][str(sorted(figures["plan"]["sizes"])[-2])]["ours"]
    return [
        Ratio(
            "ingest, ours as fast as theirs",
            theirs["seconds"] / ours["seconds"],
            1.3,
            at_most=False,
        ),
        Ratio("ingest, share of time in the encoder", ours["in_encoder"], 0.9, at_most=False),
        Ratio(
            f"search p50 at {most}, to theirs",
            asked["search"]["p50"] / beside["search"]["p50"],
            0.5,
        ),
        Ratio(
            f"search p95 at {most}, to theirs",
            asked["search"]["p95"] / beside["search"]["p95"],
            0.5,
        ),
        Ratio(
            f"filtered p95 at {most}, to theirs",
            asked["filtered"]["p95"] / beside["filtered"]["p95"],
            0.3,
        ),
        Ratio(
            "search p50, growth over ten times the passages",
            asked["search"]["p50"] / before["search"]["p50"],
            2.0,
        ),
        Ratio("cold ask, seconds of CPU", figures["cold"]["alone_cpu"], 3.0),
        Ratio("ask with a server running, seconds", figures["cold"]["with_server"], 0.7),
        Ratio(f"memory at {most}, GB", asked["memory_mb"] / 1000, 1.5),
    ]


def _run(who: str, *arguments: object) -> dict[str, Any]:
    """What one measurement printed. Raises CalledProcessError."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{who}", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@contextmanager
def _server(corpus: Path) -> Any:
    """A server over a corpus, ready; gives the seconds until it was."""
    script = "import sys; from ui.cli.main import main; sys.exit(main())"
    began = time.perf_counter()
    arguments = [sys.executable, "-c", script, "serve", "--port", "0", "--corpus", str(corpus)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        for line in server.stdout:
            if "http://" in line:
                break
        yield time.perf_counter() - began
        server.terminate()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer passages, within five minutes")
    parser.add_argument(
        "--cache", type=Path, default=ROOT / ".bench", help="folder of the corpora that are kept"
    )
    asked = parser.parse_args(arguments)
    asked.cache.mkdir(exist_ok=True)
    figures = measure(QUICK if asked.quick else FULL, asked.cache)
    bounds = ratios(figures)
    (asked.cache / "bench.json").write_text(
        json.dumps(figures | {"ratios": [asdict(bound) for bound in bounds]}, indent=1)
    )
    write_page(
        figures,
        [(bound.name, bound.value, bound.bound, bound.holds) for bound in bounds],
        ROOT / "docs",
    )
    for bound in bounds:
        print(
            f"{'ok  ' if bound.holds else 'MISS'}  {bound.name:50} {bound.value:8.2f}"
            f"  bound {bound.bound}"
        )
    return 0 if all(bound.holds for bound in bounds) else 1


if __name__ == "__main__":
    sys.exit(main())
