"""Records as JSON and back: the one form in which they cross a process or a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ConfigDict, TypeAdapter

from rag.answer import Citation, Event, Reading
from rag.retrieval.results import Evidence, Part
from vectorstore.records import Article, HolderType, Statement

if TYPE_CHECKING:
    from rag.retrieval.results import (
        # it brings all that search needs, and who only asks a server needs none of it
        SearchResult,
    )

Record = TypeVar("Record")


@dataclass(frozen=True)
class StatementRow(Statement):
    """A statement with its words."""

    text: str = ""


@dataclass(frozen=True)
class HolderRow:
    """A holder and how many statements in how many articles are theirs.

    `name` is the one that is shown, `variants` are the other spellings in use, `roles` what
    articles call them, the most frequent first; `first` and `last` are the ISO dates between which
    the articles that carry them came out.
    """

    name: str
    type: HolderType
    roles: tuple[str, ...]
    variants: tuple[str, ...]
    statements: int
    articles: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True)
class AskedCorrection:
    """Whose a statement is, as a person says; `words` are the right ones where its span was wrong.

    A `holder` is named, or else `type` is author or unnamed.
    """

    holder: str | None = None
    type: HolderType | None = None
    words: str | None = None

    __pydantic_config__ = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class CorrectionRow:
    """What a person corrected. `holds` is whether its words still stand in the article.

    `statement_id` is the statement that it made or changed; None where it gave words back to the
    author, or holds no more.
    """

    id: str
    statement_id: str | None
    article_id: str
    title: str | None
    words: str
    at: int
    type: HolderType
    holder: str | None
    made: str | None
    holds: bool


@dataclass(frozen=True)
class WhyRow:
    """Why a statement is whose it is, in sentences."""

    id: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class HitRow:
    """A passage that search found, with the title of its article and the parts of its score."""

    article_id: str
    source: str
    start: int
    end: int
    text: str
    score: float
    title: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class SearchRow:
    """What one question found; `answerable` (0 to 1) is how likely the corpus holds an answer, by
    the `evidence`.

    `readings` are what was read from the question; `reranker` is None where none is set.
    """

    question: str
    hits: tuple[HitRow, ...]
    answerable: float
    evidence: Evidence | None = None
    readings: tuple[Reading, ...] = ()
    reranker: str | None = None


@dataclass(frozen=True)
class ArticleRow(Article):
    """An article with the counts that a list of articles shows."""

    passages: int = 0
    statements: int = 0


def statement_row(statement: Statement, source_text: str) -> StatementRow:
    return StatementRow(**_fields(statement), text=source_text[statement.start : statement.end])


def article_row(article: Article, passages: int, statements: int) -> ArticleRow:
    return ArticleRow(**_fields(article), passages=passages, statements=statements)


def search_row(question: str, result: SearchResult) -> SearchRow:
    hits = (
        HitRow(
            h.passage.article_id,
            h.passage.source,
            h.passage.start,
            h.passage.end,
            h.passage.text,
            h.score,
            h.article.title,
            h.parts,
        )
        for h in result.hits
    )
    return SearchRow(
        question, tuple(hits), result.answerable, result.evidence, result.readings, result.reranker
    )


def event_data(event: Event) -> Any:
    """What a stream tells of an event: the record; of a citation also its span; of a text an object
    with it.
    """
    if isinstance(event.data, str):
        return {"text": event.data}
    if isinstance(event.data, Citation):
        return {**as_object(event.data), "span": [event.data.start, event.data.end]}
    return event.data


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
