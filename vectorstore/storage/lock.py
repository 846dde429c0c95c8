"""One process owns an embedded corpus. filelock lives here.

Two processes that write one embedded Chroma folder corrupt it silently, and a reader beside a
writer goes stale. So whoever opens the folder holds `owner.lock`; the operating system frees it
when the process ends, however it ends. `owner.json` beside it says who the owner is and, for a
server, its address.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from vectorstore.errors import CorpusHeld
from vectorstore.storage.location import is_url

LOCK = "owner.lock"
CARD = "owner.json"


class CorpusLock:
    """A claim on a corpus folder, held until `release`."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        """Claims the folder at once, or raises CorpusHeld with the owner's process and address."""
        self._card = folder / CARD
        self._lock = FileLock(str(folder / LOCK))
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise _held(folder) from None
        with suppress(OSError):  # on a full disk nobody is told who has it, and it can be read from
            self._card.write_text(json.dumps({"pid": os.getpid(), "url": url}), encoding="utf-8")

    def release(self) -> None:
        if self._lock.is_locked:
            with suppress(OSError):
                self._card.unlink(missing_ok=True)
            self._lock.release()


def serving_url(location: str | Path) -> str | None:
    """The address of the server that owns a folder now; None when no process owns it, its owner is
    no server, or the corpus is on a Chroma server.
    """
    if is_url(location):
        return None
    folder = Path(location)
    lock = FileLock(str(folder / LOCK))
    try:
        if not (folder / LOCK).exists():
            return None
        lock.acquire(timeout=0)
    except Timeout:
        return _held(folder).url
    except OSError:  # a folder that cannot be written is told where it is opened
        return None
    lock.release()
    return None


def _held(folder: Path) -> CorpusHeld:
    pid, url = _told_of(folder / CARD)
    if url:
        return CorpusHeld(
            f"The corpus is held by a rashomon server (process {pid}). Use that server, or stop it"
            " first.",
            url,
            f"{folder}, {url}",
        )
    return CorpusHeld(
        f"The corpus is held by another process ({pid}). "
        "Wait until it ends, stop it, or choose another folder with --corpus.",
        place=folder,
    )


def _told_of(path: Path) -> tuple[str, str | None]:
    """The process and the address on a card; what is not known where the owner is between taking
    the lock and writing it, or where somebody else has written.
    """
    with suppress(OSError, ValueError, RecursionError):
        card = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        if isinstance(card, dict):
            url = card.get("url")
            is_address = isinstance(url, str) and bool(urlsplit(url).hostname)
            return str(card.get("pid", "unknown")), url if is_address else None
    return "unknown", None
