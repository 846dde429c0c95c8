"""Servers as processes of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Encoded
from vectorstore.records import Entry

WRITING = "writing"


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


def telling_of_writing() -> None:
    """Has this process print a line before and after it writes articles, so that it can be killed
    meanwhile.
    """
    put = Corpus.put

    def putting(self: Corpus, encoded_entries: Sequence[tuple[Entry, Encoded]]) -> None:
        print(WRITING, flush=True)
        put(self, encoded_entries)
        print("written", flush=True)

    Corpus.put = putting  # type: ignore[method-assign]


def killed_while_writing(process: subprocess.Popen[str]) -> bool:
    """Kills a process as soon as it writes; False where it ended before."""
    assert process.stdout is not None
    writes = any(line.strip() == WRITING for line in iter(process.stdout.readline, ""))
    process.kill()
    return writes


def serve_tiny(corpus: Path | str, *page: str) -> subprocess.Popen[str]:
    """A server with the tiny embedder over a corpus, with the `page` if that is said."""
    command = [sys.executable, "-m", "tests.serve_tiny", str(corpus), *page]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
