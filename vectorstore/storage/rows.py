"""Records as rows of flat values, and back: what a vector database can hold, within its limits."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from vectorstore.names.keys import name_key
from vectorstore.records import Article, Entry, Passage, Statement
from vectorstore.search.vectors import Bytes, packed, unpacked

Value = str | int | float | bool | list[str]
Row = dict[str, Value]

FORMAT = 1  # of all rows of a corpus
VALUE_BYTES = 3900  # a hosted Chroma takes 4 KB a metadata value
DOCUMENT_BYTES = 15_000  # and 16 KB a document
_NOT_FACTS = ("fingerprint", "text_id", "signature")
_STATEMENT_FACTS_OF_PASSAGE = ("article_id", "source", "language")


@lru_cache(maxsize=1)
def _articles() -> TypeAdapter[Article]:
    return TypeAdapter(Article)


@lru_cache(maxsize=1)
def _statements() -> TypeAdapter[list[Statement]]:
    return TypeAdapter(list[Statement])


@lru_cache(maxsize=1)
def _entries() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def article_row(entry: Entry) -> Row:
    """An article as metadata, with its text's id and its fingerprint; long lists are spread over
    several values.
    """
    facts: dict[str, Any] = _articles().dump_python(
        entry.article, mode="json", exclude={"body", "embedded", "id"}
    )
    lists = _articles().dump_json(entry.article, include={"body", "embedded"}).decode()
    stored = {
        "fingerprint": entry.fingerprint,
        "text_id": entry.text_id,
        "signature": entry.signature,
    }
    return {**_present(facts), **spread("lists", lists), **_present(stored)}


def read_article(id: str, row: Mapping[str, Any]) -> Article:
    facts = {
        key: value
        for key, value in row.items()
        if not key.startswith("lists_") and key not in _NOT_FACTS
    }
    return _articles().validate_python({**facts, **json.loads(gathered("lists", row)), "id": id})


def passage_row(passage: Passage, sentences: Bytes) -> Row:
    """A passage as metadata, with its statements, the keys of their holders, and the packed vectors
    of its sentences.
    """
    dumped = _statements().dump_python(list(passage.statements), mode="json", exclude_none=True)
    for statement in dumped:
        for fact in _STATEMENT_FACTS_OF_PASSAGE:
            statement.pop(fact, None)
    facts = {
        "article_id": passage.article_id,
        "source": passage.source,
        "start": passage.start,
        "end": passage.end,
        "language": passage.language,
    }
    holders = sorted({name_key(s.holder.name) for s in passage.statements if s.holder.name})
    statements = json.dumps(dumped, ensure_ascii=False, separators=(",", ":"))
    vectors = b64encode(packed(sentences)).decode()
    row: Row = {
        **_present(facts),
        **spread("statements", statements),
        **spread("sentences", vectors),
    }
    return {**row, "holders": holders} if holders else row


def read_passage(id: str, row: Mapping[str, Any], text: str) -> Passage:
    shared = {
        "article_id": row["article_id"],
        "source": row["source"],
        "language": row.get("language"),
    }
    dumped = [
        {**statement, "holder": {"name": None, "mention": None, **statement["holder"]}, **shared}
        for statement in json.loads(gathered("statements", row))
    ]
    for statement in dumped:
        statement["chain"] = [{"name": None, **link} for link in statement["chain"]]
    statements = tuple(_statements().validate_python(dumped))
    return Passage(
        id,
        row["article_id"],
        row["source"],
        row["start"],
        row["end"],
        text,
        row.get("language"),
        statements,
    )


def read_sentences(row: Mapping[str, Any]) -> Bytes:
    """The vectors of a passage's sentences (sentences, dimension); none in a row that was written
    without.
    """
    return unpacked(b64decode(gathered("sentences", row)) or b"0:")


def entry_object(entry: Entry) -> dict[str, Any]:
    """An article with all that is stored of it, as plain JSON."""
    dumped: dict[str, Any] = _entries().dump_python(entry, mode="json")
    return dumped


def read_entry(row: Mapping[str, Any]) -> Entry:
    return _entries().validate_python(row)


def spread(name: str, text: str) -> Row:
    """A long text over as many values as it needs: `name_0`, `name_1`, ..."""
    return {f"{name}_{n}": piece for n, piece in enumerate(pieces(text, VALUE_BYTES))}


def gathered(name: str, row: Mapping[str, Any]) -> str:
    """The text that `spread` spread."""
    parts: list[str] = []
    while (piece := row.get(f"{name}_{len(parts)}")) is not None:
        parts.append(piece)
    return "".join(parts)


def pieces(text: str, limit: int) -> list[str]:
    """The text cut, in order, into pieces of at most `limit` bytes of UTF-8, never inside a
    character.
    """
    cut: list[str] = []
    start = 0
    while start < len(text):
        end = min(len(text), start + limit)
        while len(text[start:end].encode("utf-8", "surrogatepass")) > limit:
            end -= max(1, (end - start) // 8)
        cut.append(text[start:end])
        start = end
    return cut


def _present(facts: Mapping[str, Any]) -> Row:
    return {key: value for key, value in facts.items() if value is not None}
