"""A file's bytes as a document, by the format that its name says."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.document import Document
from ingest.formats import MODULES, is_table, reader_of
from ingest.formats.table import read_mapped
from vectorstore.errors import SourceEmpty, SourceNotText


def read_document(name: str, content: bytes, mapping: Mapping[str, str] | None = None) -> Document:
    """The text of a file's bytes; in a table, `mapping` names the column of each fact.

    Raises SourceEmpty, SourceNotText, SourceUnreadable, and UsageError for a mapping of columns that are not there.
    """
    read = reader_of(name)
    if read is None:
        raise SourceNotText(
            f"{name} is not a kind of file that is read ({', '.join(MODULES)}). Save its text as .txt and ingest that."
        )
    document = read_mapped(name, content, mapping) if mapping and is_table(name) else read(name, content)
    if not any(char.isalnum() for char in document.text):
        raise SourceEmpty(f"{name} holds no words. Nothing was added.")
    return document
