"""Plain text and Markdown."""

from __future__ import annotations

from ingest.document import Document, DocumentPart
from ingest.formats.encoding import decode
from ingest.formats.front_matter import read_front_matter


def read(name: str, content: bytes) -> Document:
    """The decoded text; front matter makes it one article with facts. Raises SourceNotText."""
    text = decode(name, content)
    matter = read_front_matter(name, text)
    return Document(text, (DocumentPart(matter.end, len(text), matter.facts),) if matter else ())
