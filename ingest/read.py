"""A file's bytes as a document, by the format that its name says.

A file as it is read: its text, its articles with their statements and passages. Nothing here needs
a corpus.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ingest.articles.build import read_articles
from ingest.attribution import read_statements
from ingest.document import Document
from ingest.files import Upload
from ingest.formats import MODULES, is_table, reader_of
from ingest.formats.table import read_mapped
from ingest.passages import Stretches, pack_passages, read_stretches
from ingest.report import SourceReport
from ingest.sidecar import obey
from vectorstore.embedders.base import Embedder
from vectorstore.errors import RashomonError, SourceEmpty, SourceError, SourceNotText
from vectorstore.records import Article, Entry, Passage, Source, Statement, content_id
from vectorstore.storage.near_duplicates import signature


def read_document(name: str, content: bytes, mapping: Mapping[str, str] | None = None) -> Document:
    """The text of a file's bytes; in a table, `mapping` names the column of each fact.

    Raises SourceEmpty, SourceNotText, SourceUnreadable, and UsageError for a mapping of columns
    that are not there.
    """
    read = reader_of(name)
    if read is None:
        raise SourceNotText(
            f"{name} is not a kind of file that is read ({', '.join(MODULES)}). Save its text as"
            " .txt and ingest that."
        )
    document = (
        read_mapped(name, content, mapping) if mapping and is_table(name) else read(name, content)
    )
    if not any(char.isalnum() for char in document.text):
        raise SourceEmpty(f"{name} holds no words. Nothing was added.")
    return document


@dataclass(frozen=True)
class ReadArticle:
    """An article with all that can be said of it without a model. `signature` tells copies of
    it.
    """

    article: Article
    statements: tuple[Statement, ...]
    stretches: Stretches
    signature: str | None


@dataclass(frozen=True)
class ReadSource:
    """What a file says: its text, its articles, and notes of what was not taken."""

    source: Source
    articles: tuple[ReadArticle, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """A file that was read, as if nothing were stored yet."""

    upload: Upload
    source: Source
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]

    @property
    def passages(self) -> int:
        return sum(len(entry.passages) for entry in self.entries)


def read_upload(upload: Upload, embedder: Embedder) -> Read | SourceReport:
    """The file, or the report that says why it cannot be read. Raises UsageError where what is
    asked of it is wrong.
    """
    read = read_source(upload)
    return read if isinstance(read, SourceReport) else with_passages(upload, read, embedder)


def read_source(upload: Upload) -> ReadSource | SourceReport:
    """What a file says, or the report that says why it cannot be read: an error of a reader stops
    no other file.
    """
    try:
        document = read_document(upload.name, upload.content, upload.options.mapping)
        if upload.sidecar is not None:
            document = obey(upload.name, document, upload.sidecar)
        source = Source(upload.name, document.text, upload.origin)
        articles = read_articles(source.name, document, upload.options.given)
        return ReadSource(
            source, tuple(_read(article, source.text) for article in articles), document.notes
        )
    except Exception as error:
        return failed(upload.name, error)


def with_passages(upload: Upload, read: ReadSource, embedder: Embedder) -> Read | SourceReport:
    """A file with the passages of its articles, as many tokens each as the model reads."""
    try:
        entries = tuple(_entry(read.source, article, embedder) for article in read.articles)
        return Read(upload, read.source, entries, read.notes)
    except Exception as error:
        return failed(upload.name, error)


def failed(name: str, error: Exception) -> SourceReport:
    """The report of a file that could not be read. Raises what is no matter of one file."""
    if isinstance(error, RashomonError) and not isinstance(error, SourceError):
        raise error
    reason = f"{name} cannot be read, for a reason that is not foreseen ({type(error).__name__}). "
    advice = "Save its text as .txt and ingest that."
    return SourceReport(
        name, "failed", str(error) if isinstance(error, SourceError) else reason + advice
    )


def under_id(entry: Entry, source: Source, id: str) -> Entry:
    """The same article under another id, in a source that may go by another name."""
    if (entry.article.id, entry.article.source) == (id, source.name):
        return entry
    article = replace(entry.article, id=id, source=source.name)
    return _made(
        source,
        article,
        tuple(_passage_of(passage, article) for passage in entry.passages),
        entry.signature,
    )


def _read(article: Article, text: str) -> ReadArticle:
    statements = read_statements(article, text)
    sketch = signature("\n".join(text[start:end] for start, end in article.body))
    return ReadArticle(article, statements, read_stretches(article, text, statements), sketch)


def _entry(source: Source, read: ReadArticle, embedder: Embedder) -> Entry:
    passages = pack_passages(read.article, source.text, read.statements, read.stretches, embedder)
    return _made(source, read.article, passages, read.signature)


def _made(
    source: Source, article: Article, passages: tuple[Passage, ...], sketch: str | None
) -> Entry:
    return Entry(
        article, passages, source.text_id, content_id(repr(article), repr(passages)), sketch
    )


def _passage_of(passage: Passage, article: Article) -> Passage:
    statements = tuple(_statement_of(statement, article) for statement in passage.statements)
    id = content_id(article.id, str(passage.start), passage.text)
    return replace(
        passage, id=id, article_id=article.id, source=article.source, statements=statements
    )


def _statement_of(statement: Statement, article: Article) -> Statement:
    def moved(id: str) -> str:
        return article.id + id.removeprefix(statement.article_id)

    parent = moved(statement.parent_id) if statement.parent_id else None
    return replace(
        statement,
        id=moved(statement.id),
        article_id=article.id,
        source=article.source,
        parent_id=parent,
    )
