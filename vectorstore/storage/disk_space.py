"""The room on a disk. It is looked at before anything is written, for SQLite on a full disk may not
come back.

Chroma waits inside SQLite and holds Python's lock meanwhile, so that no thread could end the wait:
what helps is not to get there.
"""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.errors import CorpusUnreachable

_MB = 1_000_000
_promised: Counter[int] = Counter()  # bytes, by the device of a disk
_looking = threading.Lock()


@contextmanager
def room(folder: Path, needed: int) -> Iterator[None]:
    """Keeps so many bytes of a folder's disk for what is written in the block, against all others
    that ask here.

    Raises CorpusUnreachable where they are not free.
    """
    device = folder.stat().st_dev
    with _looking:
        free = shutil.disk_usage(folder).free - _promised[device]
        if free < needed:
            raise CorpusUnreachable(
                f"The disk is full: {max(0, free) / _MB:.1f} MB are free and {needed / _MB:.1f} MB"
                " are needed. Make room, then try again.",
                folder,
            )
        _promised[device] += needed
    try:
        yield
    finally:
        with _looking:
            _promised[device] -= needed
