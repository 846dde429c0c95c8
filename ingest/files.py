"""Files and folders to ingest: which there are, their bytes, or why they could not be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pydantic import ConfigDict

from ingest.formats import ARCHIVES, MODULES
from ingest.metadata import Metadata
from vectorstore.errors import SourceMissing, SourceUnreadable
from vectorstore.records import content_id

STANDARD_INPUT = Path("-")
SIDECAR = ".articles.yaml"
LARGEST = 200 * 1024 * 1024  # bytes of a file; more is read as one text, and would take all memory


@dataclass(frozen=True)
class SourceFile:
    """A file to read, and the name its source goes by: relative to the folder that was asked
    for.
    """

    path: Path
    name: str

    @property
    def origin(self) -> str | None:
        """What tells this file from another of the same name, without telling where it lies."""
        return None if self.path == STANDARD_INPUT else content_id(str(self.path.resolve()))


@dataclass(frozen=True)
class Options:
    """What a person says of the files to ingest.

    `given` facts fill what an article does not say; `mapping` names the column of each fact in a
    table; `keep_old` keeps the former text of a source that is replaced.
    """

    given: Metadata = field(default_factory=Metadata)
    mapping: Mapping[str, str] = field(default_factory=dict)
    keep_old: bool = False

    __pydantic_config__ = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Upload:
    """A file's bytes under a name, with what comes with them: its sidecar, and what a person says
    of it.
    """

    name: str
    content: bytes
    origin: str | None = None
    sidecar: str | None = None
    options: Options = field(default_factory=Options)


def sidecar_path(path: Path) -> Path:
    """Where the sidecar of a file lies."""
    return path.with_name(path.name + SIDECAR)


def find_files(paths: Iterable[Path]) -> Iterator[SourceFile]:
    """Every file named, and every file of a format that is read below a folder named, in order.

    A pattern (`news/*.txt`) stands for the files that fit it, `-` for standard input; a path that
    is missing is given as it is. Links to folders are not followed. Names begin with the folder's
    own.
    """
    for path in paths:
        is_dir, exists = _found(path)
        if path == STANDARD_INPUT:
            yield SourceFile(path, "standard-input.txt")
        elif is_dir:
            above = path.resolve().parent
            yield from (
                SourceFile(file, _named(file.relative_to(above))) for file in _below(path.resolve())
            )
        elif not exists and any(mark in str(path) for mark in "*?["):
            yield from (
                find_files(_fitting(path)) if _fitting(path) else [SourceFile(path, path.name)]
            )
        else:
            yield SourceFile(path, _named(Path(path.name)))


def gone_from(
    folders: Iterable[Path], files: Iterable[SourceFile], origins: Mapping[str, str | None]
) -> list[str]:
    """The sources that were read from these folders, or from archives in them, and whose file lies
    there no more.

    `origins` gives the origin of every source: a folder of the same name elsewhere is another
    folder.
    """
    here = {file.name for file in files}
    return [
        name
        for name, origin in origins.items()
        if _file_of(name) not in here
        and any(origin == _origin_in(folder.resolve(), name) for folder in folders)
    ]


def _file_of(name: str) -> str:
    """The file that a source's name leads to: the outermost archive, or all of it."""
    path = PurePosixPath(name)
    archives = (str(part) for part in reversed(path.parents) if part.suffix.lower() in ARCHIVES)
    return next(archives, name)


def _origin_in(folder: Path, name: str) -> str:
    """The origin a source of this name has when it was read from a folder."""
    file = _file_of(name)
    file_origin = content_id(str(folder.parent / file))
    return file_origin if file == name else member_origin(file_origin, name)


def member_origin(archive: str, name: str) -> str:
    """The origin of a file inside an archive, from the archive's and its own name."""
    return content_id(archive, name)


def is_read(name: str) -> bool:
    """Whether files of this name's format are read."""
    return PurePosixPath(name).suffix.lower() in (*MODULES, *ARCHIVES)


def read_bytes(file: SourceFile) -> bytes:
    """The bytes of a file. Raises SourceMissing, SourceUnreadable (no permission, too large,
    changed meanwhile).
    """
    if file.path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        before = file.path.stat()
        if not file.path.is_file():
            raise SourceUnreadable(
                f"{file.name} is no regular file. Save its text as .txt and ingest that."
            )
        if before.st_size > LARGEST:
            size, most = before.st_size // 2**20, LARGEST // 2**20
            raise SourceUnreadable(
                f"{file.name} has {size:,} MB, and at most {most} MB are read. Split it into"
                " smaller files."
            )
        # what the system makes up may never end
        content = file.path.read_bytes() if before.st_size else b""
        after = file.path.stat()
    except FileNotFoundError as error:
        raise SourceMissing(f"There is no file or folder {file.path}. Check the path.") from error
    except OSError as error:
        raise SourceUnreadable(
            f"{file.name} cannot be read: {error.strerror}. Check its permissions."
        ) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise SourceUnreadable(
            f"{file.name} changed while it was read. Ingest it again when it is finished."
        )
    return content


def read_file(file: SourceFile, options: Options) -> Upload:
    """A file with its sidecar. Raises SourceMissing, SourceUnreadable."""
    content = read_bytes(file)
    beside = sidecar_path(file.path)
    sidecar = None
    with suppress(OSError):  # a name that is too long for one has none
        if beside.is_file():
            sidecar = read_bytes(SourceFile(beside, beside.name)).decode("utf-8", "replace")
    return Upload(file.name, content, file.origin, sidecar, options)


def _found(path: Path) -> tuple[bool, bool]:
    """Whether a path is a folder, and whether it is there; neither where it can be none."""
    try:
        return path.is_dir(), path.exists()
    except OSError:
        return False, False


def _named(path: Path) -> str:
    """A path as a name of Unicode characters only; bytes of a file name that are none become
    question marks.
    """
    return path.as_posix().encode("utf-8", "replace").decode()


def _below(folder: Path) -> list[Path]:
    """The files of formats that are read below a folder; a folder that cannot be entered is given,
    to be told.
    """
    files, pending = list[Path](), [folder]
    while pending:
        at = pending.pop()
        try:
            entries = list(os.scandir(at))
        except OSError:
            files.append(at)
            continue
        pending += [at / entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
        files += [
            at / entry.name for entry in entries if not entry.is_dir() and is_read(entry.name)
        ]
    return sorted(files)


def _fitting(pattern: Path) -> list[Path]:
    anchor = Path(pattern.anchor)
    return sorted(anchor.glob(str(pattern.relative_to(anchor))))
