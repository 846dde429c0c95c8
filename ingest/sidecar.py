"""The sidecar of a dump: where its articles begin and what they are, for a person to correct.

It lies beside `dump.txt` as `dump.txt.articles.yaml`; ingest obeys it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ingest.articles.split import Cut
from ingest.document import Document, DocumentPart
from ingest.files import SIDECAR
from ingest.metadata import Metadata
from vectorstore.errors import SourceNotText
from vectorstore.fact_corrections import FACTS
from vectorstore.records import Article
from vectorstore.yaml_files import NotYaml, read_yaml, write_yaml

_HEAD = """\
# Where the articles of this file begin, and what they are. Correct what is wrong, then ingest the file again.
# `line` is the line an article's title stands on, the first line being 1; what nobody knows stays empty.
"""


def write_sidecar(text: str, articles: Sequence[Article], cuts: Sequence[Cut]) -> str:
    """The sidecar of a file's text: a row for each article, with the cues that made it begin
    there.
    """
    rows = [
        {"line": text.count("\n", 0, article.start) + 1}
        | {fact: getattr(article, fact) for fact in FACTS}
        | {"why": list(cut.reasons)}
        for article, cut in zip(articles, cuts, strict=True)
    ]
    return _HEAD + write_yaml({"articles": rows})


def obey(name: str, document: Document, sidecar: str) -> Document:
    """The document with the articles that its sidecar states. Raises SourceNotText when that cannot
    be read.
    """
    rows = _rows(name, sidecar)
    lines = _line_starts(document.text)
    if any(row["line"] > len(lines) for row in rows):
        raise SourceNotText(
            f"{name}{SIDECAR} names a line past the end of {name}. Correct it, or remove it."
        )
    starts = [lines[row["line"] - 1] for row in rows]
    spans = pairwise([*starts, len(document.text)])
    parts = [
        DocumentPart(start, end, Metadata.stated(row), True)
        for (start, end), row in zip(spans, rows, strict=True)
    ]
    return Document(document.text, tuple(parts))


def _rows(name: str, sidecar: str) -> list[Mapping[str, Any]]:
    try:
        written = read_yaml(sidecar)
    except NotYaml as error:
        raise SourceNotText(
            f"{name}{SIDECAR} cannot be read {error}. Correct it, or remove it."
        ) from error
    rows = written.get("articles") if isinstance(written, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceNotText(
            f"{name}{SIDECAR} must hold `articles`, a list with a `line` each. Correct it, or"
            " remove it."
        )
    numbers = [row.get("line") for row in rows]
    if not numbers or not all(map(_is_line, numbers)) or numbers != sorted(set(numbers)):
        raise SourceNotText(
            f"{name}{SIDECAR} must name at least one line, in rising order. Correct it, or"
            " remove it."
        )
    return rows


def _is_line(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 1


def _line_starts(text: str) -> list[int]:
    return [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]
