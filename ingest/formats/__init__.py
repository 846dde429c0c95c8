"""The formats that are read: one file each, and one library each.

A reader is a function `read(name, content) -> Document`. It raises SourceEmpty, SourceNotText or
SourceUnreadable, each with what to do next. Its library is imported when the first file of the
format comes. An archive is no document: its members are (`ingest.formats.archive`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePosixPath

from ingest.document import Document

Reader = Callable[[str, bytes], Document]

# The module of each suffix.
MODULES: Mapping[str, str] = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".epub": "epub",
    ".jsonl": "table",
    ".ndjson": "table",
    ".csv": "table",
    ".tsv": "table",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".eml": "mail",
}
ARCHIVES = (".zip",)


def is_archive(name: str) -> bool:
    """Whether files of this name hold other files."""
    return PurePosixPath(name).suffix.lower() in ARCHIVES


def is_table(name: str) -> bool:
    """Whether files of this name hold rows with columns."""
    return MODULES.get(PurePosixPath(name).suffix.lower()) == "table"


def reader_of(name: str) -> Reader | None:
    """The reader of a file name's format; None when it is not read."""
    module = MODULES.get(PurePosixPath(name).suffix.lower())
    if module is None:
        return None
    read: Reader = import_module(f"ingest.formats.{module}").read
    return read
