"""The way of a source into the corpus. Read this page first.

    bytes -> source text -> articles -> statements -> passages -> vectors -> corpus

What the corpus already holds is not done again: ids and fingerprints are made of the contents, so a run that was killed
is finished by running it again, and a run over unchanged files changes nothing.

The model is the slowest on the way, so it does not wait: while it encodes a file, the next one is read in one thread
(all that needs no corpus), and the one before is written in another.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.articles import read_articles
from ingest.document import Document
from ingest.encode import encode_entries
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

_AHEAD = 2  # files that are read before the model is free for them
_AT_ONCE = 64  # passages that are encoded and written together, by whole articles


@dataclass(frozen=True)
class _Read:
    """A file as it is read without the corpus."""

    upload: Upload
    document: Document
    source: Source
    entries: tuple[Entry, ...]
    seconds: float


@dataclass(frozen=True)
class _Written:
    """A file that is being written, which was `read` under another name perhaps; `report` is good once all of it is."""

    read: Source
    source: Source
    report: SourceReport
    writing: tuple[Future[None], ...] = ()

    def bears_on(self, source: Source) -> bool:
        """Whether what becomes of another source may depend on what is written here."""
        return source.name in (self.read.name, self.source.name) or source.text == self.source.text

    def done(self) -> SourceReport:
        """Waits until it is written. Raises what the writing raised."""
        for one in self.writing:
            one.result()
        return self.report


class Ingester:
    """Puts sources into one corpus, with one embedder."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self._corpus = corpus
        self._embedder = embedder

    def ingest_paths(self, paths: Iterable[Path], options: Options = Options()) -> Iterator[SourceReport]:
        """Reports on each file as soon as it is done; a file that fails does not stop the others."""
        yield from self._taken_in((upload for file in find_files(paths) for upload in _uploads(file, options)), untold)

    def ingest_file(self, file: SourceFile, options: Options = Options()) -> Iterator[SourceReport]:
        """Reports on a file, or on each file inside an archive."""
        yield from self._taken_in(_uploads(file, options), untold)

    def ingest(self, upload: Upload, progress: Progress = untold) -> Iterator[SourceReport]:
        """Reports on an upload, or on each file inside an archive. Never raises SourceError: the report says it.

        What `progress` raises stops the upload between two articles; another try finishes it.
        """
        yield from self._taken_in(_members(upload), progress)

    def ingest_bytes(self, name: str, content: bytes, origin: str | None = None) -> SourceReport:
        """Takes bytes in under a name."""
        return self.ingest_one(Upload(name, content, origin))

    def ingest_one(self, upload: Upload) -> SourceReport:
        """Takes one file that is no archive in; the report's reason says what of it was not taken."""
        return next(iter(self._taken_in([upload], untold)))

    def _taken_in(self, uploads: Iterable[Upload | SourceReport], progress: Progress) -> Iterator[SourceReport]:
        """Reports on uploads in order, and passes reports on."""
        with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(1) as writer:
            before: _Written | None = None
            for read in self._read_ahead(uploads, reader):
                if before and (isinstance(read, SourceReport) or before.bears_on(read.source)):
                    yield before.done()
                    before = None
                if isinstance(read, SourceReport):
                    yield read
                    continue
                written = self._encoded(read, writer, progress)
                if before:
                    yield before.done()
                before = written
            if before:
                yield before.done()

    def _read_ahead(self, uploads: Iterable[Upload | SourceReport], reader: Executor) -> Iterator[_Read | SourceReport]:
        """The uploads as they are read, in order, a few of them before they are asked for."""
        waiting: deque[Future[_Read | SourceReport]] = deque()
        for upload in uploads:
            waiting.append(reader.submit(self._read, upload))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _read(self, upload: Upload | SourceReport) -> _Read | SourceReport:
        if isinstance(upload, SourceReport):
            return upload
        began = time.perf_counter()
        try:
            document = read_document(upload.name, upload.content, upload.options.mapping)
            if upload.sidecar is not None:
                document = obey(upload.name, document, upload.sidecar)
            source = Source(upload.name, document.text, upload.origin)
            articles = read_articles(source.name, document, upload.options.given)
            entries = tuple(self._entry(source, article) for article in articles)
        except SourceError as error:
            return SourceReport(upload.name, "failed", str(error))
        return _Read(upload, document, source, entries, time.perf_counter() - began)

    def _encoded(self, read: _Read, writer: Executor, progress: Progress) -> _Written:
        """Encodes what of a file the corpus does not hold, and has it written."""
        began = time.perf_counter()
        source = self._named_apart(read.source)
        if twin := self._corpus.same_text(source):
            reason = f"The same text is there already, as {twin}."
            return _Written(read.source, source, SourceReport(read.upload.name, "skipped", reason))
        stored = self._corpus.stored(source.name)
        entries = self._entries(read, source, stored)
        if read.upload.options.keep_old:
            self._corpus.keep_texts(source)
        verdict, writing = self._store(source, entries, stored, writer, progress)
        reasons = " ".join(read.document.notes) or None
        passages, seconds = sum(len(entry.passages) for entry in entries), time.perf_counter() - began + read.seconds
        report = SourceReport(source.name, verdict, reasons, len(entries), passages, seconds)
        return _Written(read.source, source, report, tuple(writing))

    def _entries(self, read: _Read, source: Source, stored: Mapping[str, Stored]) -> list[Entry]:
        """The articles of a file under the ids that they have in the corpus: those are read again whose id is another
        than when nothing was known of it.
        """
        known = {entry.article: entry for entry in read.entries}
        articles: Sequence[Article] = [entry.article for entry in read.entries]
        if source.name != read.source.name:
            articles, known = read_articles(source.name, read.document, read.upload.options.given), {}
        return [known.get(article) or self._entry(source, article) for article in keeping_ids(articles, stored)]

    def _entry(self, source: Source, article: Article) -> Entry:
        statements = read_statements(article, source.text)
        passages = read_passages(article, source.text, statements, self._embedder)
        told = signature("\n".join(source.text[start:end] for start, end in article.body))
        return Entry(article, passages, source.text_id, content_id(repr(article), repr(passages)), told)

    def _store(
        self, source: Source, entries: list[Entry], stored: Mapping[str, Stored], writer: Executor, progress: Progress
    ) -> tuple[Verdict, list[Future[None]]]:
        """Has written what differs, each article's row last, and then taken away what the source no longer has."""
        known = {id: article.fingerprint for id, article in stored.items()}
        gone = known.keys() - {entry.article.id for entry in entries}
        changed = [entry for entry in entries if known.get(entry.article.id) != entry.fingerprint]
        kept = [entry for entry in entries if known.get(entry.article.id) == entry.fingerprint]
        moved = [entry for entry in kept if stored[entry.article.id].text_id != entry.text_id]
        if not (gone or changed or moved):
            return "unchanged", []
        writing = [writer.submit(self._corpus.put_text, source)]
        number = 0
        for some in _together(changed):
            progress(number, len(changed))
            encoded = encode_entries(some, self._embedder)
            writing.append(writer.submit(self._corpus.put_all, list(zip(some, encoded, strict=True))))
            number += len(some)
        writing.append(writer.submit(self._tidy, source, moved, gone))
        revised = gone or moved or any(entry.article.id in known for entry in changed)
        return "replaced" if revised else "added", writing  # also what finishes a run that was killed

    def _tidy(self, source: Source, moved: Sequence[Entry], gone: Iterable[str]) -> None:
        for entry in moved:
            self._corpus.retext(entry.article.id, entry.text_id)
        for id in gone:
            self._corpus.remove(id)
        self._corpus.drop_unused_texts(source.name)

    def _named_apart(self, source: Source) -> Source:
        """The source under a name of its own: another file's text of the same name is not overwritten."""
        name, number = source.name, 1
        while self._corpus.is_of_another(name, source.origin):
            number += 1
            path = Path(source.name)
            name = path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()
        return Source(name, source.text, source.origin)


def _uploads(file: SourceFile, options: Options) -> Iterator[Upload | SourceReport]:
    """A file, or each file inside an archive; a report in place of what cannot be read."""
    try:
        upload = read_file(file, options)
    except SourceError as error:
        yield SourceReport(file.name, "failed", str(error))
        return
    yield from _members(upload)


def _members(upload: Upload) -> Iterator[Upload | SourceReport]:
    if not is_archive(upload.name):
        yield upload
        return
    try:
        for member in members(upload.name, upload.content):
            if member.content is None:
                yield SourceReport(member.name, "failed", member.error)
            else:
                origin = upload.origin and member_origin(upload.origin, member.name)
                yield Upload(member.name, member.content, origin, None, upload.options)
    except SourceError as error:
        yield SourceReport(upload.name, "failed", str(error))


def _together(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries in order, some at a time, by their passages."""
    some, passages = list[Entry](), 0
    for entry in entries:
        some.append(entry)
        passages += len(entry.passages)
        if passages >= _AT_ONCE:
            yield some
            some, passages = [], 0
    if some:
        yield some


def keeping_ids(articles: Sequence[Article], stored: Mapping[str, Stored]) -> tuple[Article, ...]:
    """The articles of a source; one that is a revised text of a stored one, by its title, keeps that one's id."""
    here = {article.id for article in articles}
    free = {old.title: id for id, old in stored.items() if id not in here}
    return tuple(
        replace(article, id=free.pop(article.title)) if article.id not in stored and article.title in free else article
        for article in articles
    )
