"""Files and folders as sources: the decoded text of each, or why it could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import SourceEmpty, SourceMissing, SourceNotText, SourceUnreadable
from vectorstore.records import Source, content_id

SUFFIXES = (".txt", ".md")
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class SourceFile:
    """A file to read, and the name its source goes by: relative to the folder that was asked for."""

    path: Path
    name: str

    @property
    def origin(self) -> str:
        """What tells this file from another of the same name, without telling where it lies."""
        return content_id(str(self.path.resolve()))


def find_files(paths: Iterable[Path]) -> Iterator[SourceFile]:
    """Every file named, and every .txt and .md file below a folder named, in order.

    A path that is missing is given as it is. Names begin with the folder's own.
    """
    for path in paths:
        if path.is_dir():
            above = path.resolve().parent
            below = (found for found in sorted(path.rglob("*")) if found.suffix.lower() in SUFFIXES and found.is_file())
            yield from (SourceFile(found, found.absolute().resolve().relative_to(above).as_posix()) for found in below)
        else:
            yield SourceFile(path, path.name)


def read_bytes(file: SourceFile) -> bytes:
    """The bytes of a file. Raises SourceMissing, SourceNotText (wrong kind of file), SourceUnreadable."""
    if not file.path.exists():
        raise SourceMissing(f"There is no file or folder {file.path}. Check the path.")
    if file.path.suffix.lower() not in SUFFIXES:
        kinds = " and ".join(SUFFIXES)
        raise SourceNotText(
            f"{file.name} is not a kind of file that is read ({kinds}). Save its text as .txt and ingest that."
        )
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(f"{file.name} cannot be read: {error.strerror}. Check its permissions.") from error


def decode(name: str, content: bytes, origin: str | None = None) -> Source:
    """The source of a file's bytes, newlines and invisible marks kept. Raises SourceEmpty, SourceNotText."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceNotText(
            f"{name} is not UTF-8 text (byte {error.start} is {content[error.start : error.start + 1].hex()}). "
            "Save it as UTF-8 and ingest it again."
        ) from error
    if "\x00" in text:
        raise SourceNotText(f"{name} is a binary file, not text. Save its text as .txt and ingest that.")
    if not any(char.isalnum() for char in text):
        raise SourceEmpty(f"{name} holds no words. Nothing was added.")
    return Source(name, text, origin)
