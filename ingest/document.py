"""A file as text: what every reader of a format gives."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.facts import Facts


@dataclass(frozen=True)
class Part:
    """A stretch of a document's text that its format says is one article, with the facts it states of it."""

    start: int
    end: int
    facts: Facts


@dataclass(frozen=True)
class Document:
    """The text of a file, newlines and invisible marks kept. Without parts, the splitter finds its articles."""

    text: str
    parts: tuple[Part, ...] = ()
