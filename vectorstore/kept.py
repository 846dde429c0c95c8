"""What is derived from a corpus and kept, in memory and as files beside it, so that it need not be made again.

Nothing here can go stale: whoever asks compares the version, and all of it is of one state of the code of this package.
What cannot be read or written is made again, or not kept.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

from vectorstore.ragged import Arrays

_VERSION = "version"


@dataclass(frozen=True)
class Version:
    """Arrays, and what they were made of."""

    version: str
    arrays: Arrays


class Kept:
    """Arrays by name, the last version of each. In a folder they outlive the process, and are read from the disk as
    they are needed.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._last: dict[str, Version] = {}

    def last(self, name: str) -> Version | None:
        """What was last kept under a name, of whatever version; None where there is nothing."""
        if name not in self._last and (found := self._read(name)):
            self._last[name] = found
        return self._last.get(name)

    def keep(self, name: str, version: str, arrays: Arrays, on_disk: bool = True) -> bool:
        """Keeps arrays in place of those of the same name; what is on the disk takes no other memory from then on.
        Returns whether they are there.
        """
        self._last[name] = Version(version, arrays)
        if self._folder and on_disk:
            with suppress(OSError):
                self._write(self._folder / name, version, arrays)
                if found := self._read(name):
                    self._last[name] = found
                    return True
        return False

    def renew(self, name: str, version: str) -> None:
        """Keeps what was last kept under a name at another version."""
        if self._folder and name in self._last:
            self._last[name] = Version(version, self._last[name].arrays)
            with suppress(OSError):
                self._tell(self._folder / name, version)

    def forget(self, name: str) -> None:
        """Forgets what is kept under a name."""
        self._last.pop(name, None)
        if self._folder:
            (self._folder / name / _VERSION).unlink(missing_ok=True)

    def _read(self, name: str) -> Version | None:
        if self._folder is None:
            return None
        try:
            code, _, version = (self._folder / name / _VERSION).read_text(encoding="utf-8").partition("\n")
            if code != code_of(Path(__file__).parent):
                return None
            paths = sorted((self._folder / name).glob("*.npy"))
            return Version(version, {path.stem: np.asarray(np.load(path, mmap_mode="r")) for path in paths})
        except (OSError, ValueError, EOFError):
            return None

    def _write(self, place: Path, version: str, arrays: Arrays) -> None:
        fresh = place.with_name(f"{place.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, array in arrays.items():
            np.save(fresh / f"{name}.npy", array, allow_pickle=False)
        self._tell(fresh, version)
        shutil.rmtree(place, ignore_errors=True)
        fresh.rename(place)

    @staticmethod
    def _tell(place: Path, version: str) -> None:
        (place / _VERSION).write_text(f"{code_of(Path(__file__).parent)}\n{version}", encoding="utf-8")


@lru_cache(maxsize=8)
def code_of(folder: Path) -> str:
    """The state of the code in a folder: of every file, by its size and time."""
    told = sorted((path.relative_to(folder).as_posix(), path.stat()) for path in folder.rglob("*") if path.is_file())
    facts = "\n".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in told if "__pycache__" not in name)
    return blake2b(facts.encode(), digest_size=16).hexdigest()
