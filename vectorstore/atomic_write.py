"""Files made aside and moved into their places, so that none is ever half-written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vectorstore.errors import CorpusUnreachable

UNFINISHED = ".part"


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """The path to write to in the place of `path`; what is there afterwards takes its place. An
    OSError goes on to the caller, and the former file stays. What is no file, such as a pipe, is
    written to itself.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    aside = path.with_name(path.name + UNFINISHED)
    try:
        yield aside
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def write_durably(path: Path, content: bytes) -> None:
    """Writes a file that outlives a machine that stops. Raises OSError."""
    with written_aside(path) as aside, aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def write_whole(path: Path, text: str) -> None:
    """Writes a file for its owner's eyes, in place of the one of its name. Raises CorpusUnreachable
    where the disk does not take it; the former one stays then.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with written_aside(path) as aside:
            aside.touch(0o600)
            aside.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CorpusUnreachable(
            f"{path.name} cannot be written: {error.strerror}. Make room, then try again.", path
        ) from error
