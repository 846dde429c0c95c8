"""Servers as processes of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT


@contextmanager
def running(process: subprocess.Popen[str]) -> Iterator[str]:
    """The address of a server process, which is stopped at the end."""
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    told = next((line for line in lines if line.startswith("Rashomon is at ")), None)
    assert told, process.communicate()
    yield told.split()[3]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)


def serve_tiny(corpus: Path | str) -> subprocess.Popen[str]:
    """A server with the tiny embedder over a corpus."""
    command = [sys.executable, "-m", "tests.serve_tiny", str(corpus)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
