"""The folder of an embedded corpus: Chroma's database, what is made of it beside it, and what is
left when it is gone.

Keys, uploads and what people write lie there too, with articles or without.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from vectorstore.errors import CorpusDamaged
from vectorstore.storage.array_cache import ArrayCache
from vectorstore.storage.chroma import embedded_client, let_go
from vectorstore.storage.lock import CARD, LOCK

if TYPE_CHECKING:
    from chromadb.api.client import Client

DATABASE = "chroma.sqlite3"  # it changes whenever Chroma writes
_KEPT = "kept"
# the name of a folder of Chroma's index
_INDEX = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SQLITE = b"SQLite format 3\0"  # with which every database begins


def kept_beside(folder: Path) -> ArrayCache:
    """What is kept of the corpus in a folder."""
    return ArrayCache(folder / _KEPT)


def database_stamp(folder: Path) -> list[int]:
    """What changes whenever Chroma writes. Raises OSError where there is no database."""
    stat = (folder / DATABASE).stat()
    return [stat.st_mtime_ns, stat.st_size]


@contextmanager
def connected(folder: Path) -> Iterator[Client]:
    """Chroma over a folder, for as long as it is wanted.

    Raises CorpusDamaged where it would begin a new database beside the remains of another.
    """
    if state := _damage(folder):
        raise CorpusDamaged(
            f"The corpus is damaged: {DATABASE} is {state}. Put it back from a backup, or remove"
            f" what is left ({DATABASE}, {_KEPT} and the folders of the index) and ingest the"
            " articles again.",
            folder,
        )
    client = embedded_client(folder)
    try:
        yield client
    finally:
        let_go(client)


@contextmanager
def connected_to_copy(folder: Path) -> Iterator[Client]:
    """Chroma over a copy of a folder that cannot be written, for as long as it is wanted. Raises
    CorpusDamaged.
    """
    place = Path(mkdtemp(prefix="rashomon-"))
    try:
        for path in folder.iterdir():
            if path.name == DATABASE:
                shutil.copy(path, place)
            elif _INDEX.fullmatch(path.name):
                shutil.copytree(path, place / path.name)
        with connected(place) as client:
            yield client
    finally:
        shutil.rmtree(place, ignore_errors=True)


def kept_by_people(folder: Path) -> list[Path]:
    """What lies in the folder of a corpus besides what is made of its articles: keys, uploads, what
    people wrote.
    """
    made = (DATABASE, _KEPT, LOCK, CARD)
    return [
        path
        for path in folder.iterdir()
        if path.name not in made and not _INDEX.fullmatch(path.name)
    ]


def _damage(folder: Path) -> str | None:
    """What is wrong with the database; None where it may be well, or where the corpus is new."""
    database = folder / DATABASE
    with suppress(OSError):  # what may not be looked at is told by Chroma
        if not database.exists():
            return "missing" if _has_remains(folder) else None
        if not database.stat().st_size:
            return "empty" if _has_remains(folder) else None
        with database.open("rb") as file:
            return None if file.read(len(_SQLITE)) == _SQLITE else "no database"
    return None


def _has_remains(folder: Path) -> bool:
    """Whether there is what is made when a corpus is filled."""
    derived = folder / _KEPT
    return (derived.is_dir() and any(derived.iterdir())) or any(
        _INDEX.fullmatch(path.name) for path in folder.iterdir()
    )
