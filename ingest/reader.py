"""Files and folders as documents: the text of each, or why it could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import Document
from ingest.facts import Facts
from ingest.formats import MODULES, reader_of
from ingest.sidecar import sidecar_path
from vectorstore.errors import SourceEmpty, SourceMissing, SourceNotText, SourceUnreadable
from vectorstore.records import content_id


@dataclass(frozen=True)
class SourceFile:
    """A file to read, and the name its source goes by: relative to the folder that was asked for."""

    path: Path
    name: str

    @property
    def origin(self) -> str:
        """What tells this file from another of the same name, without telling where it lies."""
        return content_id(str(self.path.resolve()))


@dataclass(frozen=True)
class Upload:
    """A file's bytes under a name, with what comes with them: its sidecar, and facts that it may not say itself."""

    name: str
    content: bytes
    origin: str | None = None
    sidecar: str | None = None
    given: Facts = field(default_factory=Facts)


def find_files(paths: Iterable[Path]) -> Iterator[SourceFile]:
    """Every file named, and every file of a format that is read below a folder named, in order.

    A path that is missing is given as it is. Names begin with the folder's own.
    """
    for path in paths:
        if path.is_dir():
            above = path.resolve().parent
            below = (found for found in sorted(path.rglob("*")) if found.suffix.lower() in MODULES and found.is_file())
            yield from (SourceFile(found, found.absolute().resolve().relative_to(above).as_posix()) for found in below)
        else:
            yield SourceFile(path, path.name)


def read_bytes(file: SourceFile) -> bytes:
    """The bytes of a file. Raises SourceMissing, SourceUnreadable."""
    if not file.path.exists():
        raise SourceMissing(f"There is no file or folder {file.path}. Check the path.")
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(f"{file.name} cannot be read: {error.strerror}. Check its permissions.") from error


def read_file(file: SourceFile, given: Facts) -> Upload:
    """A file with its sidecar. Raises SourceMissing, SourceUnreadable."""
    content = read_bytes(file)
    beside = sidecar_path(file.path)
    sidecar = read_bytes(SourceFile(beside, beside.name)).decode("utf-8", "replace") if beside.is_file() else None
    return Upload(file.name, content, file.origin, sidecar, given)


def read_document(name: str, content: bytes) -> Document:
    """The text of a file's bytes, by the format its name says. Raises SourceEmpty, SourceNotText, SourceUnreadable."""
    read = reader_of(name)
    if read is None:
        raise SourceNotText(
            f"{name} is not a kind of file that is read ({', '.join(MODULES)}). Save its text as .txt and ingest that."
        )
    document = read(name, content)
    if not any(char.isalnum() for char in document.text):
        raise SourceEmpty(f"{name} holds no words. Nothing was added.")
    return document
