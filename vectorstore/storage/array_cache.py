"""What is derived from a corpus and kept, in memory and as files beside it, so that it need not be
made again.

Nothing here can go stale: whoever asks compares the version, and all of it is of one state of the
code of this package. What cannot be read or written is made again, or not kept. So is what is not
as it was written: each file has its sum (BLAKE2b), which is compared when it is first read: 100 MB
in 0.2 seconds, in pieces that take no memory.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

import numpy as np

from vectorstore.search.arrays import Arrays

_VERSION, _UNFINISHED = "version", ".new"
_DIGEST = 16  # bytes


@dataclass(frozen=True)
class CachedArrays:
    """Arrays, and what they were made of. `sums` are those of the files that hold them, if any
    do.
    """

    version: str
    arrays: Arrays
    sums: Mapping[str, str] = field(default_factory=dict)


class ArrayCache:
    """Arrays by name, the last version of each. In a folder they outlive the process, and are read
    from the disk as they are needed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._last: dict[str, CachedArrays] = {}

    def last(self, name: str) -> CachedArrays | None:
        """What was last kept under a name, of whatever version; None where there is nothing."""
        if name not in self._last and (cached := self._read(name)):
            self._last[name] = cached
        return self._last.get(name)

    def keep(self, name: str, version: str, arrays: Arrays, on_disk: bool = True) -> bool:
        """Keeps arrays in place of those of the same name; what is on the disk takes no other
        memory from then on. Returns whether they are there.
        """
        self._last[name] = CachedArrays(version, arrays)
        if self._folder and on_disk:
            with suppress(OSError, ValueError):
                self._last[name] = _written(self._folder / name, version, arrays)
                return True
        return False

    def renew(self, name: str, version: str) -> None:
        """Keeps what was last kept under a name at another version."""
        if self._folder and name in self._last:
            last = self._last[name]
            self._last[name] = CachedArrays(version, last.arrays, last.sums)
            with suppress(OSError):
                _tell(self._folder / name, version, last.sums)

    def remove(self, name: str) -> None:
        """Removes what is kept under a name."""
        self._last.pop(name, None)
        if self._folder:
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def damaged(self) -> dict[str, list[str]]:
        """The names under which something is not as it was written, each with those of its files,
        in order.
        """
        places = sorted(self._folder.iterdir()) if self._folder and self._folder.is_dir() else []
        damage = {
            place.name: _damaged(place)
            for place in places
            if place.is_dir() and place.suffix != _UNFINISHED
        }
        return {name: files for name, files in damage.items() if files}

    def _read(self, name: str) -> CachedArrays | None:
        if self._folder is None or _damaged(self._folder / name):
            return None
        with suppress(OSError, ValueError):
            if record := _told(self._folder / name):
                return _opened(self._folder / name, *record)
        return None


def _written(place: Path, version: str, arrays: Arrays) -> CachedArrays:
    """Arrays as they are read from the files of a folder, which are written aside first."""
    fresh = place.with_name(place.name + _UNFINISHED)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        for name, array in arrays.items():
            np.save(fresh / f"{name}.npy", array, allow_pickle=False)
        sums = {name: _sum(fresh / f"{name}.npy") for name in arrays}
        _tell(fresh, version, sums)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)  # a full disk is not kept full
        raise
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
    return _opened(place, version, sums)


def _opened(place: Path, version: str, sums: Mapping[str, str]) -> CachedArrays:
    arrays = {name: np.asarray(np.load(place / f"{name}.npy", mmap_mode="r")) for name in sums}
    return CachedArrays(version, arrays, sums)


def _tell(place: Path, version: str, sums: Mapping[str, str]) -> None:
    """Writes down of which code the files of a folder are, what they were made of, and their sums;
    with its own sum.
    """
    record = json.dumps([version, dict(sums)])
    lines = (code_of("vectorstore"), _digest(record), record)
    (place / _VERSION).write_text("\n".join(lines), encoding="utf-8")


def _told(place: Path) -> tuple[str, dict[str, str]] | None:
    """What was written down of the files of a folder: their version and sums; None where they are
    of other code.

    Raises OSError, ValueError where it is not as it was written.
    """
    code, _, rest = (place / _VERSION).read_text(encoding="utf-8").partition("\n")
    if code != code_of("vectorstore"):
        return None
    digest, _, record = rest.partition("\n")
    if digest != _digest(record):
        raise ValueError
    version, sums = json.loads(record)
    return version, sums


def _damaged(place: Path) -> list[str]:
    """The files of a folder that are not as they were written; none in one that holds nothing of
    this code.
    """
    try:
        record = _told(place)
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        return [_VERSION]
    _, sums = record or ("", {})
    return [
        f"{name}.npy"
        for name, known in sorted(sums.items())
        if _sum(place / f"{name}.npy") != known
    ]


def _digest(record: str) -> str:
    return blake2b(record.encode(), digest_size=_DIGEST).hexdigest()


def _sum(path: Path) -> str:
    """The sum of a file; of one that cannot be read none that any has."""
    try:
        if not path.is_file():  # to open another may never end
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: blake2b(digest_size=_DIGEST)).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=8)
def code_of(package: str) -> str:
    """The state of the code of a package: of every file in its folder, by its size and time."""
    folder = Path(str(files(package)))
    stats = sorted(
        (path.relative_to(folder).as_posix(), path.stat())
        for path in folder.rglob("*")
        if path.is_file()
    )
    facts = "\n".join(
        f"{name} {stat.st_size} {stat.st_mtime_ns}"
        for name, stat in stats
        if "__pycache__" not in name
    )
    return blake2b(facts.encode(), digest_size=16).hexdigest()
