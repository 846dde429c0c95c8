"""A saved feed (RSS or Atom): its entries, each an article. feedparser lives here."""

from __future__ import annotations

import io
from typing import Any

from ingest.document import Document, DocumentPart
from ingest.formats.markup import read_markup
from ingest.metadata import Metadata
from vectorstore.errors import SourceNotText, SourceUnreadable
from vectorstore.language.detect import read_language
from vectorstore.language.normalise import squeeze


def read(name: str, content: bytes) -> Document:
    """The entries of a feed in its order, each a title line and its text as a part; an entry
    without text is noted.

    The outlet is what an entry names as its source, else the feed. Raises SourceNotText for XML
    that is no feed, SourceUnreadable for one that is broken past reading.
    """
    if not content.strip():
        return Document("")
    feed = _parse(name, content)
    pieces: list[str] = []
    parts: list[DocumentPart] = []
    notes: list[str] = []
    at = 0
    for number, entry in enumerate(feed.entries, start=1):
        body, facts = _body(entry), _facts(entry, feed.feed)
        if not any(char.isalnum() for char in body):
            notes.append(f"Entry {number} was skipped: it has no text.")
            continue
        piece = f"{facts.title}\n\n{body}" if facts.title else body
        parts.append(DocumentPart(at, at + len(piece), facts))
        pieces.append(piece)
        at += len(piece) + 2
    if _breaks_off(feed):
        notes.append(
            "The feed is not well-formed XML: entries after the place where it breaks are missing."
        )
    return Document("\n\n".join(pieces), tuple(parts), tuple(notes))


def _parse(name: str, content: bytes) -> Any:
    """The feed in a file's bytes; nothing is fetched. Raises SourceNotText, SourceUnreadable."""
    import feedparser

    try:  # a stream is never taken for an address, as a string would be
        feed = feedparser.parse(io.BytesIO(content), resolve_relative_uris=False)
    except Exception as error:  # what feedparser cannot cope with comes out as it is
        raise SourceUnreadable(f"{name} is broken. Save the feed again and ingest that.") from error
    if not feed.version:
        raise SourceNotText(
            f"{name} is not a feed (RSS or Atom). If it is a page, name it .html; else save its"
            " text as .txt."
        )
    return feed


def _breaks_off(feed: Any) -> bool:
    import xml.sax

    return isinstance(feed.get("bozo_exception"), xml.sax.SAXParseException)


def _body(entry: Any) -> str:
    """The text of an entry: its content, else its summary."""
    contents = [content.value for content in entry.get("content", []) if content.get("value")]
    return read_markup(contents[0] if contents else entry.get("summary") or "")


def _facts(entry: Any, feed: Any) -> Metadata:
    authors = [author.get("name") for author in entry.get("authors", []) if author.get("name")]
    detail = (entry.get("content") or [{}])[0]
    return Metadata.stated(
        {
            "title": squeeze(read_markup(entry.get("title") or "")),
            "author": authors or entry.get("author"),
            "outlet": squeeze(read_markup((entry.get("source") or feed).get("title") or "")),
            "date": entry.get("published") or entry.get("updated"),
            "url": entry.get("link"),
            "language": read_language(detail.get("language") or feed.get("language")),
        }
    )
