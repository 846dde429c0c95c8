"""Articles in rows: JSON lines, and tables with commas, semicolons or tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import PurePosixPath
from typing import Any

from ingest.document import Document, DocumentPart
from ingest.formats.rows import TableRow, csv_rows, folded, json_rows
from ingest.metadata import Metadata
from vectorstore.errors import SourceNotText, UsageError
from vectorstore.language.detect import read_language
from vectorstore.language.normalise import squeeze

# The columns that a fact is read from, the first that holds something; case, spaces and hyphens do
# not matter.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "full_text"),
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline", "writer"),
    "translator": ("translator", "translators", "translated_by"),
    "outlet": ("outlet", "source", "publication", "publisher", "site"),
    "original_outlet": ("original_outlet", "original_source"),
    "published": ("date", "published", "published_at", "datetime", "publication_date"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "kind": ("kind", "type"),
}
_FACTS = tuple(field.name for field in fields(Metadata))
_MOST_NOTES = 20


def read(name: str, content: bytes) -> Document:
    """One article a row, its title line before its text, a blank line between two. Raises
    SourceNotText.

    A row that cannot be read is skipped, and the notes say so; when none can be read, the file is
    refused.
    """
    return read_mapped(name, content, {})


def read_mapped(name: str, content: bytes, mapping: Mapping[str, str]) -> Document:
    """As `read`, with the column of each fact in the mapping ({"text": "Story", "outlet": "Paper"})
    read for it.

    Raises UsageError for a fact or a column that there is not.
    """
    rows = json_rows(name, content) if _is_json(name) else csv_rows(name, content)
    columns = _columns(name, rows, mapping)
    document = _joined(rows, columns)
    if rows and not document.parts:
        raise SourceNotText(f"{name} holds no article. {document.notes[0]} {_advice(name)}")
    return document


def _is_json(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in (".jsonl", ".ndjson")


def _advice(name: str) -> str:
    if _is_json(name):
        return 'Give one JSON object a line, with the text of the article as its "text".'
    return "Give one article a row, under a header with a column named text."


def _columns(
    name: str, rows: list[TableRow], mapping: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """The columns of each fact, in the form in which names are compared. Raises UsageError."""
    if unknown := [fact for fact in mapping if fact not in COLUMNS]:
        raise UsageError(
            f"There is no fact named {unknown[0]}. The facts are {', '.join(COLUMNS)}."
        )
    known = {column for row in rows for column in row.values or ()}
    for column in mapping.values():
        if known and folded(column) not in known:
            raise UsageError(
                f"{name} has no column named {column}. Its columns are {', '.join(sorted(known))}."
            )
    return {**COLUMNS, **{fact: (folded(column),) for fact, column in mapping.items()}}


def _joined(rows: list[TableRow], columns: Mapping[str, tuple[str, ...]]) -> Document:
    """The texts of the rows one after the other, each a part, and what was skipped."""
    pieces: list[str] = []
    parts: list[DocumentPart] = []
    faults: list[str] = []
    at = 0
    for row in rows:
        article = _article(row.values, columns) if row.values is not None else row.fault or ""
        if isinstance(article, str):
            faults.append(
                f"{row.lines} {'was' if row.lines.startswith('Line ') else 'were'} skipped:"
                f" {article}."
            )
            continue
        piece, facts = article
        parts.append(DocumentPart(at, at + len(piece), facts))
        pieces.append(piece)
        at += len(piece) + 2
    return Document("\n\n".join(pieces), tuple(parts), _shortened(faults))


def _article(
    values: Mapping[str, Any], columns: Mapping[str, tuple[str, ...]]
) -> tuple[str, Metadata] | str:
    """The text of a row with its title line, and its facts; or why it has none."""
    stated = {fact: _first(values, names) for fact, names in columns.items()}
    body = _text(stated.pop("text"))
    if not any(char.isalnum() for char in body):
        return "it has no text"
    stated["language"] = read_language(_text(stated["language"]))
    stated["kind"] = _text(stated["kind"]).strip().lower() or None
    facts = Metadata.stated({fact: _names(stated[fact]) for fact in _FACTS})
    piece = f"{facts.title}\n\n{body}" if facts.title else body
    if "\x00" in piece or not _is_whole(piece + repr(facts)):
        return "it holds characters that no text has"
    return piece, facts


def _first(values: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((values[name] for name in names if values.get(name) not in (None, "", [])), None)


def _text(value: Any) -> str:
    """The words of a cell, the paragraphs of a list a blank line apart; nothing for a number or a
    mapping.
    """
    if isinstance(value, list):
        return "\n\n".join(paragraph for paragraph in value if isinstance(paragraph, str))
    return value.strip("\r\n") if isinstance(value, str) else ""


def _names(value: Any) -> Any:
    """The value of a fact, with the names taken out of mappings such as {"name": "Hella Mornay"},
    also in a list.
    """
    return [_name(each) for each in value] if isinstance(value, list) else _name(value)


def _name(value: Any) -> Any:
    named = value.get("name") if isinstance(value, dict) else None
    if isinstance(named, list | dict):
        return ""
    return squeeze(str(named or "")) if isinstance(value, dict) else value


def _is_whole(text: str) -> bool:
    """Whether the text has no half of a character, as a JSON escape can make it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shortened(faults: list[str]) -> tuple[str, ...]:
    more = len(faults) - _MOST_NOTES
    shown = faults[:_MOST_NOTES]
    return (*shown, *([f"{more} more rows were skipped for such reasons."] if more > 0 else []))
