"""A file as text: what every reader of a format gives."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.metadata import Metadata


@dataclass(frozen=True)
class DocumentPart:
    """A stretch of a document's text that is one article, with the facts that its format or its
    sidecar states of it.

    `final` facts are all there are: nothing is read from the article's own lines to fill them.
    """

    start: int
    end: int
    facts: Metadata
    final: bool = False


@dataclass(frozen=True)
class Document:
    """The text of a file, newlines and invisible marks kept. Without parts, the splitter finds its
    articles.

    `notes` are sentences about what of the file was not taken ("Line 17 was skipped: it is not
    JSON.").
    """

    text: str
    parts: tuple[DocumentPart, ...] = ()
    notes: tuple[str, ...] = ()
