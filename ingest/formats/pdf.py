"""A PDF as plain text, in which the splitter finds the articles. pypdf lives here."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.document import Document
from ingest.formats.pdf_layout import DrawnText, drop_running_lines, mend, read_lines
from vectorstore.errors import SourceNotText, SourceUnreadable

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_BEGINNING = 1024  # bytes in which the mark of a PDF may stand, as readers of PDF look for it
# characters of text to a byte of the file; pages that draw one thing again and again can hold more
_MOST_RATIO = 100
_ALWAYS_READ = 1_000_000  # characters


@dataclass
class _Seen:
    """What of a file was read: how much more text may be, and which streams have drawn a page."""

    left: int  # characters
    streams: set[str] = field(default_factory=set)

    def is_new(self, page: PageObject) -> bool:
        """Whether a page is drawn by a stream of its own; what one has drawn before says nothing
        new.
        """
        stream = repr(page.raw_get("/Contents")) if "/Contents" in page else ""
        new = stream not in self.streams
        self.streams.add(stream)
        return new


def read(name: str, content: bytes) -> Document:
    """The text of the pages, without the heads and feet that run through them, its broken lines
    mended.

    Raises SourceNotText for what is no PDF or holds pictures only, SourceUnreadable for a password
    or a broken file.
    """
    if not content.strip():
        return Document("")
    if b"%PDF-" not in content[:_BEGINNING]:
        raise SourceNotText(
            f"{name} is not a PDF, whatever its name says. Check what it is and name it so."
        )
    pages = _pages(name, content)
    text = mend(drop_running_lines(pages))
    if not any(char.isalnum() for char in text):
        raise SourceNotText(
            f"{name} has {len(pages)} pages and no text in them, as scans have. "
            "Run text recognition over it (ocrmypdf, for example) and ingest the result."
        )
    return Document(text)


def _pages(name: str, content: bytes) -> list[list[str]]:
    """The lines of each page. Raises SourceUnreadable."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    seen = _Seen(_ALWAYS_READ + _MOST_RATIO * len(content))
    try:
        pages = [
            _lines(name, page, seen) if seen.is_new(page) else []
            for page in _open(name, content).pages
        ]
    except SourceUnreadable:
        raise
    except Exception as error:  # a damaged PDF makes pypdf fail in all ways there are
        raise SourceUnreadable(
            f"{name} is broken or incomplete. Copy or download it again."
        ) from error
    if not pages:
        raise SourceUnreadable(f"{name} is broken or incomplete. Copy or download it again.")
    return pages


def _lines(name: str, page: PageObject, seen: _Seen) -> list[str]:
    """The lines of a page, without NULs and halves of characters: they stand for letters that its
    fonts do not name.

    Raises SourceUnreadable when the text is too much.
    """
    drawn: list[DrawnText] = []

    def keep(text: str, _: list[float], place: list[float], *__: object) -> None:
        seen.left -= len(text)
        if seen.left < 0:
            raise SourceUnreadable(
                f"{name} draws the same text without end. Save what it says as .txt and ingest"
                " that."
            )
        drawn.append(DrawnText(text.encode(errors="ignore").decode().replace("\x00", ""), place[4]))

    page.extract_text(visitor_text=keep)
    return read_lines(drawn)


def _open(name: str, content: bytes) -> PdfReader:
    """The PDF, unlocked where that takes no password. Raises SourceUnreadable, and errors of
    pypdf.
    """
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceUnreadable(
            f"{name} is protected by a password. Open it with the password, save it without one,"
            " and ingest that."
        )
    return reader
