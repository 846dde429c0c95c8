"""The rows of a table, each with where it stands: JSON lines, and text with commas, semicolons or
tabs.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from ingest.formats.encoding import decode, decode_as
from vectorstore.errors import SourceNotText

_LONGEST_FIELD = 2**31 - 1
_LONGEST_HEADER = 10_000
_DELIMITERS = ",\t;|"  # the likelier first
_BESIDE_MARK = re.compile(r"([,\t;|]) ?[\"']|[\"'] ?([,\t;|])")


@dataclass(frozen=True)
class TableRow:
    """A row that was read, or why it was not; `lines` says where it stands ("Line 17")."""

    lines: str
    values: Mapping[str, Any] | None = None
    fault: str | None = None


def folded(column: str) -> str:
    """The name of a column in the form in which names are compared: lower case, one underscore
    between words.
    """
    return "_".join(column.replace("-", " ").lower().split())


def json_rows(name: str, content: bytes) -> list[TableRow]:
    """The objects of JSON lines; a line that is none is given with its fault, a blank one passed
    over.

    A line that is damaged spoils no other. Raises SourceNotText when no line is text.
    """
    try:
        lines: list[str | None] = [*decode(name, content).removeprefix("\ufeff").split("\n")]
    except SourceNotText:
        lines = [decode_as(line, ("utf-8",)) for line in content.split(b"\n")]
        if not any(_json_row(0, line).values for line in lines):
            raise
    return [
        _json_row(number, line)
        for number, line in enumerate(lines, start=1)
        if line is None or line.strip()
    ]


def _json_row(number: int, line: str | None) -> TableRow:
    """The object of a line; `line` is None where it is no text."""
    where = f"Line {number}"
    if line is None:
        return TableRow(where, fault="it is not UTF-8 text")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return TableRow(where, fault="it is not JSON")
    if not isinstance(value, dict):
        return TableRow(where, fault="it is not a JSON object")
    return TableRow(where, {folded(key): cell for key, cell in value.items()})


def csv_rows(name: str, content: bytes) -> list[TableRow]:
    """The rows under the header of a table; one that does not fit it is given with its fault.
    Raises SourceNotText.
    """
    text = decode(name, content).removeprefix("\ufeff")
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        return [
            *_records(
                csv.reader(
                    io.StringIO(text, newline=""), delimiter=_delimiter(name, text), strict=True
                )
            )
        ]
    finally:
        csv.field_size_limit(before)


def _delimiter(name: str, text: str) -> str:
    """What stands between the names of the header: a tab, comma, semicolon or bar.

    Beside quotation marks it is what stands there most; the csv.Sniffer of Python takes for ever
    over many marks.
    """
    if PurePosixPath(name).suffix.lower() == ".tsv":
        return "\t"
    header = text[:_LONGEST_HEADER].lstrip().partition("\n")[0]
    beside: Counter[str] = Counter(
        before or behind for before, behind in _BESIDE_MARK.findall(header)
    )
    if beside:
        return beside.most_common(1)[0][0]
    return next((delimiter for delimiter in _DELIMITERS if delimiter in header), ",")


def _records(reader: Any) -> Iterator[TableRow]:
    """The rows under the header. A row that csv cannot read is a fault, and the rows after it are
    read on.
    """
    header: list[str] | None = None
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield TableRow(_lines(first, reader.line_num), fault="the quotation marks do not match")
            continue
        if header is None:
            header = [folded(cell) for cell in cells] if any(cells) else None
        elif len(cells) > len(header) and any(cells[len(header) :]):
            fault = f"it has {len(cells)} cells under a header of {len(header)}"
            yield TableRow(_lines(first, reader.line_num), fault=fault)
        elif any(cells):
            yield TableRow(_lines(first, reader.line_num), dict(zip(header, cells, strict=False)))


def _lines(first: int, last: int) -> str:
    return f"Line {first}" if first == last else f"Lines {first} to {last}"
