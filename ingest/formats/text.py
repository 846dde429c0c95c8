"""Plain text and Markdown."""

from __future__ import annotations

from ingest.document import Document, Part
from ingest.formats.front_matter import read_front_matter
from vectorstore.errors import SourceNotText

_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read(name: str, content: bytes) -> Document:
    """The decoded text; front matter makes it one article with facts. Raises SourceNotText."""
    text = decode(name, content)
    matter = read_front_matter(name, text)
    return Document(text, (Part(matter.end, len(text), matter.facts),) if matter else ())


def decode(name: str, content: bytes) -> str:
    """The text of bytes in UTF-8, or in UTF-16 with its mark. Raises SourceNotText."""
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
    return text
