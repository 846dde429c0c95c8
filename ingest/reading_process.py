"""Reading in a process of its own, which is ended where a file takes longer than its size allows.

That process ends itself by a timer of the interpreter, which no loop of Python or C holds up, so
that it outlives nobody. Run as `python -m ingest.reading_process` it reads files from its standard
input, and tells what they say on its standard output.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from ingest.files import Upload
from ingest.read import ReadSource, read_source
from ingest.report import SourceReport
from vectorstore.errors import RashomonError

SECONDS = 60.0  # for a file, and as many again for each megabyte of it
_MEGABYTE = 1_000_000
_IDLE_SECONDS = 60.0  # after which the process is let go; the next file starts another
# bytes of a plain text that cannot take long, for who would rather not start a process
SMALL = 16_384
_PLAIN = (".txt", ".md")
# what all files need is loaded with it, out of nobody's time
_FIRST = Upload("first.txt", b"It rained, she said.")

# a file, a report on it, or what is wrong with all of them
Told = ReadSource | SourceReport | RashomonError


class ReadingProcess:
    """Reads files one after the other in a process that is started with the first of them. Safe for
    threads.
    """

    def __init__(self, seconds: float = SECONDS, in_place: int = 0) -> None:
        """A file has `seconds`, and as many again for each megabyte of it; plain texts of up to so
        many bytes are read `in_place`, by this process.
        """
        self._seconds, self._in_place = seconds, in_place
        self._process: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None
        self._reading = threading.Lock()

    def read(self, upload: Upload) -> ReadSource | SourceReport:
        """What a file says, or the report that says why it cannot be read: also where it takes too
        long, or where it ends the process that reads it. Raises UsageError where what is asked of
        it is wrong.
        """
        if len(upload.content) <= self._in_place and upload.name.lower().endswith(_PLAIN):
            return read_source(upload)
        with self._reading:
            self._stop_idling()
            seconds = self._seconds * (1 + len(upload.content) / _MEGABYTE)
            process, began = self._running(), time.monotonic()
            reply = _asked(process, upload, seconds)
            if reply is None:
                self.end()
                took_all = time.monotonic() - began >= seconds
                return SourceReport(
                    upload.name, "failed", _why(upload.name, seconds if took_all else None)
                )
            self._idle = threading.Timer(_IDLE_SECONDS, self._end_if_idle)
            self._idle.daemon = True
            self._idle.start()
        if isinstance(reply, RashomonError):
            raise reply
        return reply

    def interrupt(self) -> None:
        """Ends the reading of a file, if one is being read: nobody wants it any more."""
        process = self._process
        if process is not None and self._reading.locked():
            process.kill()

    def end(self) -> None:
        """Ends the process, if there is one."""
        self._stop_idling()
        process, self._process = self._process, None
        if process is not None:
            _ended(process)

    def _end_if_idle(self) -> None:
        if self._reading.acquire(blocking=False):
            try:
                self.end()
            finally:
                self._reading.release()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.end()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ingest.reading_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                start_new_session=True,  # the key that stops the command is for the command
            )
        return self._process

    def _stop_idling(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None


def _asked(process: subprocess.Popen[bytes], upload: Upload, seconds: float) -> Told | None:
    """What the process says of a file; None where it has ended."""
    assert process.stdin is not None and process.stdout is not None
    try:
        pickle.dump((upload, seconds), process.stdin)
        process.stdin.flush()
        reply: Told = pickle.load(process.stdout)
    except (OSError, EOFError, pickle.UnpicklingError):
        return None
    return reply


def _ended(process: subprocess.Popen[bytes]) -> None:
    """Waits for a process that ends, or has it end."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was not sent yet is wanted no more
                pipe.close()
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _why(name: str, seconds: float | None) -> str:
    """Why a process that read a file has ended, after so many seconds if they were all that it
    had.
    """
    if seconds is None:
        return f"{name} ended the process that read it. Save its text as .txt and ingest that."
    return (
        f"{name} was given up after {seconds:.0f} seconds, which is the time for a file of its"
        " size. Split it, or give files more time with RASHOMON_READ_SECONDS."
    )


def _serve(asked: IO[bytes], replies: IO[bytes]) -> None:
    """Reads files until nobody asks any more."""
    read_source(_FIRST)
    with Path(os.devnull).open("w") as nowhere:
        while True:
            try:
                upload, seconds = pickle.load(asked)
            except (EOFError, pickle.UnpicklingError):
                return
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            read = _read(upload)
            faulthandler.cancel_dump_traceback_later()
            pickle.dump(read, replies)
            replies.flush()


def _read(upload: Upload) -> Told:
    try:
        return read_source(upload)
    except RashomonError as error:
        return error


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _serve(sys.stdin.buffer, answers)
