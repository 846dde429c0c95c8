"""Time, memory and disk of this process, and of commands in processes of their own."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Spread:
    """Seconds that something took: half of the times less than `p50`, nineteen of twenty less than
    `p95`.
    """

    p50: float
    p95: float


def spread(times: Sequence[float]) -> Spread:
    p50, p95 = np.percentile(times, [50, 95]).tolist()
    return Spread(round(p50, 5), round(p95, 5))


def timed(work: Callable[[], object]) -> float:
    """Seconds of the wall that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def resident_mb() -> int:
    """Megabytes of memory that this process holds now."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(
        int(line.split()[1]) // 1000 for line in status.splitlines() if line.startswith("VmRSS")
    )


def disk_mb(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1_000_000


def command(*arguments: str, corpus: Path) -> tuple[float, float]:
    """Seconds of CPU and of the wall that a rashomon command takes in a fresh process. Raises
    CalledProcessError.
    """
    script = "import sys; from ui.cli.main import main; sys.exit(main())"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = timed(
        lambda: subprocess.run(
            [sys.executable, "-c", script, *arguments, "--corpus", str(corpus)],
            check=True,
            capture_output=True,
        )
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall
