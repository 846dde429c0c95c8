"""Records as JSON and back: the one form in which they cross a process or a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from rag.retrieve import Found
from vectorstore.records import Article, Statement

Record = TypeVar("Record")


@dataclass(frozen=True)
class StatementRow(Statement):
    """A statement with its words."""

    text: str = ""


@dataclass(frozen=True)
class HolderRow:
    """A holder and how many statements in how many articles are theirs."""

    name: str
    type: str
    statements: int
    articles: int


@dataclass(frozen=True)
class HitRow:
    """A passage that search found, with the title of its article."""

    article_id: str
    source: str
    start: int
    end: int
    text: str
    score: float
    title: str


@dataclass(frozen=True)
class SearchRow:
    """What one question found; `answerable` (0 to 1) is how likely the corpus holds an answer."""

    question: str
    hits: tuple[HitRow, ...]
    answerable: float


@dataclass(frozen=True)
class ArticleRow(Article):
    """An article with the counts that a list of articles shows."""

    passages: int = 0
    statements: int = 0


def statement_row(statement: Statement, source_text: str) -> StatementRow:
    return StatementRow(**_fields(statement), text=source_text[statement.start : statement.end])


def article_row(article: Article, passages: int, statements: int) -> ArticleRow:
    return ArticleRow(**_fields(article), passages=passages, statements=statements)


def search_row(question: str, found: Found) -> SearchRow:
    hits = (
        HitRow(
            h.passage.article_id,
            h.passage.source,
            h.passage.start,
            h.passage.end,
            h.passage.text,
            h.score,
            h.article.title,
        )
        for h in found.hits
    )
    return SearchRow(question, tuple(hits), found.answerable)


def to_json(record: Any) -> str:
    """One line of JSON for any record."""
    kind: Any = type(record)
    return _adapter(kind).dump_json(record).decode()


def from_json(kind: Callable[..., Record], content: str | bytes) -> Record:
    """The record of a line of JSON; raises pydantic's ValidationError where it is none."""
    record: Record = _adapter(kind).validate_json(content)
    return record


def as_object(record: Any) -> dict[str, Any]:
    """A record as plain lists and dictionaries."""
    return asdict(record)


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _fields(record: Any) -> dict[str, Any]:
    """The fields of a record as they are, one level deep."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}
