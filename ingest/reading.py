"""A file as it is read: its text, its articles with their statements and passages. Nothing here needs a corpus."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.articles import read_articles
from ingest.document import Document
from ingest.files import Upload
from ingest.passages import read_passages
from ingest.reader import read_document
from ingest.report import SourceReport
from ingest.sidecar import obey
from ingest.voices import read_statements
from vectorstore.copies import signature
from vectorstore.embedder import Embedder
from vectorstore.errors import SourceError
from vectorstore.records import Article, Entry, Source, content_id


@dataclass(frozen=True)
class Read:
    """A file that was read, as if nothing were stored yet."""

    upload: Upload
    document: Document
    source: Source
    entries: tuple[Entry, ...]

    @property
    def passages(self) -> int:
        return sum(len(entry.passages) for entry in self.entries)


def read_upload(upload: Upload, embedder: Embedder) -> Read | SourceReport:
    """The file, or the report that says why it cannot be read."""
    try:
        document = read_document(upload.name, upload.content, upload.options.mapping)
        if upload.sidecar is not None:
            document = obey(upload.name, document, upload.sidecar)
        source = Source(upload.name, document.text, upload.origin)
        articles = read_articles(source.name, document, upload.options.given)
        return Read(upload, document, source, tuple(read_entry(source, one, embedder) for one in articles))
    except SourceError as error:
        return SourceReport(upload.name, "failed", str(error))


def read_entry(source: Source, article: Article, embedder: Embedder) -> Entry:
    """An article with all that is stored of it."""
    statements = read_statements(article, source.text)
    passages = read_passages(article, source.text, statements, embedder)
    told = signature("\n".join(source.text[start:end] for start, end in article.body))
    return Entry(article, passages, source.text_id, content_id(repr(article), repr(passages)), told)
