"""A file's bytes as a document, by the format that its name says."""

from __future__ import annotations

from ingest.document import Document
from ingest.formats import MODULES, reader_of
from vectorstore.errors import SourceEmpty, SourceNotText


def read_document(name: str, content: bytes) -> Document:
    """The text of a file's bytes. Raises SourceEmpty, SourceNotText, SourceUnreadable."""
    read = reader_of(name)
    if read is None:
        raise SourceNotText(
            f"{name} is not a kind of file that is read ({', '.join(MODULES)}). Save its text as .txt and ingest that."
        )
    document = read(name, content)
    if not any(char.isalnum() for char in document.text):
        raise SourceEmpty(f"{name} holds no words. Nothing was added.")
    return document
