"""The way of a source into the corpus. Read this page first.

    bytes -> source text -> articles -> statements -> passages -> vectors -> corpus

What the corpus already holds is not done again: ids and fingerprints are made of the contents, so a run that was killed
is finished by running it again, and a run over unchanged files changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.articles import read_articles
from ingest.encode import encode_entry
from ingest.files import Options, SourceFile, Upload, find_files, member_origin, read_file
from ingest.formats import is_archive
from ingest.formats.archive import members
from ingest.passages import read_passages
from ingest.reader import read_document
from ingest.report import Progress, SourceReport, Verdict, untold
from ingest.sidecar import obey
from ingest.voices import read_statements
from vectorstore.copies import signature
from vectorstore.corpus import Corpus, Stored
from vectorstore.embedder import Embedder
from vectorstore.errors import SourceError
from vectorstore.records import Article, Entry, Source, content_id

__all__ = ["Ingester", "Progress", "SourceReport", "keeping_ids", "untold"]


class Ingester:
    """Puts sources into one corpus, with one embedder."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self._corpus = corpus
        self._embedder = embedder

    def ingest_paths(self, paths: Iterable[Path], options: Options = Options()) -> Iterator[SourceReport]:
        """Reports on each file as soon as it is done; a file that fails does not stop the others."""
        for file in find_files(paths):
            yield from self.ingest_file(file, options)

    def ingest_file(self, file: SourceFile, options: Options = Options()) -> Iterator[SourceReport]:
        """Reports on a file, or on each file inside an archive."""
        try:
            upload = read_file(file, options)
        except SourceError as error:
            yield SourceReport(file.name, "failed", str(error))
            return
        yield from self.ingest(upload)

    def ingest(self, upload: Upload, progress: Progress = untold) -> Iterator[SourceReport]:
        """Reports on an upload, or on each file inside an archive. Never raises SourceError: the report says it.

        What `progress` raises stops the upload between two articles; another try finishes it.
        """
        if not is_archive(upload.name):
            yield self.ingest_one(upload, progress)
            return
        try:
            for member in members(upload.name, upload.content):
                if member.content is None:
                    yield SourceReport(member.name, "failed", member.error)
                else:
                    origin = upload.origin and member_origin(upload.origin, member.name)
                    yield self.ingest_one(Upload(member.name, member.content, origin, None, upload.options), progress)
        except SourceError as error:
            yield SourceReport(upload.name, "failed", str(error))

    def ingest_bytes(self, name: str, content: bytes, origin: str | None = None) -> SourceReport:
        """Takes bytes in under a name."""
        return self.ingest_one(Upload(name, content, origin))

    def ingest_one(self, upload: Upload, progress: Progress = untold) -> SourceReport:
        """Takes one file that is no archive in; the report's reason says what of it was not taken."""
        began = time.perf_counter()
        try:
            document = read_document(upload.name, upload.content, upload.options.mapping)
            if upload.sidecar is not None:
                document = obey(upload.name, document, upload.sidecar)
            source = self._named_apart(Source(upload.name, document.text, upload.origin))
            if twin := self._corpus.same_text(source):
                return SourceReport(upload.name, "skipped", f"The same text is there already, as {twin}.")
            stored = self._corpus.stored(source.name)
            articles = keeping_ids(read_articles(source.name, document, upload.options.given), stored)
            entries = [self._entry(source, article) for article in articles]
        except SourceError as error:
            return SourceReport(upload.name, "failed", str(error))
        if upload.options.keep_old:
            self._corpus.keep_texts(source)
        verdict = self._store(source, entries, stored, progress)
        reason = " ".join(document.notes) or None
        passages = sum(len(entry.passages) for entry in entries)
        return SourceReport(source.name, verdict, reason, len(entries), passages, time.perf_counter() - began)

    def _entry(self, source: Source, article: Article) -> Entry:
        statements = read_statements(article, source.text)
        passages = read_passages(article, source.text, statements, self._embedder)
        told = signature("\n".join(source.text[start:end] for start, end in article.body))
        return Entry(article, passages, source.text_id, content_id(repr(article), repr(passages)), told)

    def _store(self, source: Source, entries: list[Entry], stored: Mapping[str, Stored], progress: Progress) -> Verdict:
        """Writes what differs, each article's row last; then takes away what the source no longer has."""
        known = {id: article.fingerprint for id, article in stored.items()}
        gone = known.keys() - {entry.article.id for entry in entries}
        changed = [entry for entry in entries if known.get(entry.article.id) != entry.fingerprint]
        kept = [entry for entry in entries if known.get(entry.article.id) == entry.fingerprint]
        moved = [entry for entry in kept if stored[entry.article.id].text_id != entry.text_id]
        if not (gone or changed or moved):
            return "unchanged"
        self._corpus.put_text(source)
        for n, entry in enumerate(changed):
            progress(n, len(changed))
            self._corpus.put(entry, encode_entry(entry, self._embedder))
        for entry in moved:
            self._corpus.retext(entry.article.id, entry.text_id)
        for id in gone:
            self._corpus.remove(id)
        self._corpus.drop_unused_texts(source.name)
        revised = gone or moved or any(entry.article.id in known for entry in changed)
        return "replaced" if revised else "added"  # also what finishes a run that was killed

    def _named_apart(self, source: Source) -> Source:
        """The source under a name of its own: another file's text of the same name is not overwritten."""
        name, number = source.name, 1
        while self._corpus.is_of_another(name, source.origin):
            number += 1
            path = Path(source.name)
            name = path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()
        return Source(name, source.text, source.origin)


def keeping_ids(articles: Sequence[Article], stored: Mapping[str, Stored]) -> tuple[Article, ...]:
    """The articles of a source; one that is a revised text of a stored one, by its title, keeps that one's id."""
    here = {article.id for article in articles}
    free = {old.title: id for id, old in stored.items() if id not in here}
    return tuple(
        replace(article, id=free.pop(article.title)) if article.id not in stored and article.title in free else article
        for article in articles
    )
