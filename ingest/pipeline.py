"""The way of a source into the corpus. Read this page first.

    bytes -> source text -> articles -> statements -> passages -> vectors -> corpus

What the corpus already holds is not done again: ids and fingerprints are made of the contents, so a run that was killed
is finished by running it again, and a run over unchanged files changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.articles import read_articles
from ingest.passages import read_passages
from ingest.reader import SourceFile, find_files, read_bytes, read_document
from ingest.voices import read_statements
from vectorstore.corpus import Corpus
from vectorstore.embedder import Embedder
from vectorstore.errors import SourceError
from vectorstore.records import Article, Entry, Source, content_id

Verdict = Literal["added", "unchanged", "replaced", "skipped", "failed"]


@dataclass(frozen=True)
class SourceReport:
    """What became of one source: how many articles and passages it has now, and why if it was not taken."""

    source: str
    verdict: Verdict
    reason: str | None = None
    articles: int = 0
    passages: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return self.verdict != "failed"


class Ingester:
    """Puts sources into one corpus, with one embedder."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self._corpus = corpus
        self._embedder = embedder

    def ingest_paths(self, paths: Iterable[Path]) -> Iterator[SourceReport]:
        """Reports on each file as soon as it is done; a file that fails does not stop the others."""
        for file in find_files(paths):
            yield self.ingest_file(file)

    def ingest_file(self, file: SourceFile) -> SourceReport:
        try:
            return self.ingest_bytes(file.name, read_bytes(file), file.origin)
        except SourceError as error:
            return SourceReport(file.name, "failed", str(error))

    def ingest_bytes(self, name: str, content: bytes, origin: str | None = None) -> SourceReport:
        """Takes one file's bytes in under a name. Never raises SourceError: the report says it."""
        began = time.perf_counter()
        try:
            document = read_document(name, content)
            source = self._named_apart(Source(name, document.text, origin))
            entries = [self._entry(source, article) for article in read_articles(source.name, document)]
        except SourceError as error:
            return SourceReport(name, "failed", str(error))
        verdict = self._store(source, entries)
        passages = sum(len(entry.passages) for entry in entries)
        return SourceReport(source.name, verdict, None, len(entries), passages, time.perf_counter() - began)

    def _entry(self, source: Source, article: Article) -> Entry:
        statements = read_statements(article, source.text)
        passages = read_passages(article, source.text, statements, self._embedder)
        return Entry(article, passages, source.text_id, content_id(repr(article), repr(passages)))

    def _store(self, source: Source, entries: list[Entry]) -> Verdict:
        """Writes what differs, each article's row last; then takes away what the source no longer has."""
        stored = self._corpus.stored(source.name)
        kept = {entry.article.id for entry in entries}
        gone = stored.keys() - kept
        changed = [entry for entry in entries if stored.get(entry.article.id, ("", ""))[0] != entry.fingerprint]
        moved = [entry for entry in entries if entry not in changed and stored[entry.article.id][1] != entry.text_id]
        if not (gone or changed or moved):
            return "unchanged"
        self._corpus.put_text(source)
        for entry in changed:
            self._put(entry)
        for entry in moved:
            self._corpus.retext(entry.article.id, entry.text_id)
        for id in gone:
            self._corpus.remove(id)
        self._corpus.drop_unused_texts(source.name)
        return "replaced" if stored else "added"

    def _put(self, entry: Entry) -> None:
        """Encodes an article and stores it. Its title is read with each passage; its lead is its first passage."""
        title = entry.article.title
        texts = [f"{title}\n{passage.text}" for passage in entry.passages] or [title]
        vectors = self._embedder.encode(texts)
        self._corpus.put(entry, vectors[: len(entry.passages)], vectors[0])

    def _named_apart(self, source: Source) -> Source:
        """The source under a name of its own: another file's text of the same name is not overwritten."""
        name, number = source.name, 1
        while (known := self._corpus.origin_of(name)) and source.origin and known[0] not in (None, source.origin):
            number += 1
            path = Path(source.name)
            name = path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()
        return Source(name, source.text, source.origin)
