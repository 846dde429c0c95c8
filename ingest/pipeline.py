"""The way of a source into the corpus. Read this page first.

    bytes -> source text -> articles -> statements -> passages -> vectors -> corpus

What the corpus already holds is not done again: ids and fingerprints are made of the contents, so a
run that was killed is finished by running it again, and a run over unchanged files changes nothing.

The model is the slowest on the way, so it does not wait: files are read before it is free for them,
several small ones are taken in together, and what it has encoded is written while it encodes the
next.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ingest.encode import AT_ONCE, together
from ingest.files import Options, SourceFile, Upload, find_files, member_origin, read_file
from ingest.formats import is_archive
from ingest.formats.archive import members
from ingest.plan import Plan, plan_all
from ingest.read import Read
from ingest.report import Progress, SourceReport, Wanted, always, untold
from ingest.workers import Threads, Workers
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Embedder, Encoded
from vectorstore.errors import SourceError
from vectorstore.records import Entry

Made = TypeVar("Made")
_LOOK_EVERY = 0.2  # seconds, to see whether what is waited for is still wanted
# files that are planned together, in order, and what is told of others among them
_Group = list[Read | SourceReport]


@dataclass(frozen=True)
class _Step:
    """Some articles of a group, the first or the last of them perhaps, on their way to the
    corpus.
    """

    group: _Group
    plans: Sequence[Plan | SourceReport]
    entries: Sequence[Entry]
    encoded: Future[list[Encoded]] | None
    done: int  # of the group's articles before these
    of: int

    @property
    def is_first(self) -> bool:
        return not self.done

    @property
    def is_last(self) -> bool:
        return self.done + len(self.entries) == self.of


class Ingester:
    """Puts sources into one corpus, with one embedder."""

    def __init__(
        self, corpus: Corpus, embedder: Embedder, workers: Callable[[], Workers] | None = None
    ) -> None:
        """`workers` are called for each run (None: threads of this process)."""
        self._corpus = corpus
        self._embedder = embedder
        self._workers = workers or (lambda: Threads(embedder))

    def ingest_paths(
        self, paths: Iterable[Path], options: Options = Options()
    ) -> Iterator[SourceReport]:
        """Takes in the files that are named, and those in folders that are."""
        yield from self.ingest_files(find_files(paths), options)

    def ingest_files(
        self, files: Iterable[SourceFile], options: Options = Options()
    ) -> Iterator[SourceReport]:
        """Reports on each file, or on each file inside an archive, in order and as soon as it is
        done; one that fails does not stop the others.
        """
        yield from self._taken_in(upload for file in files for upload in _uploads(file, options))

    def ingest(
        self, upload: Upload, progress: Progress = untold, wanted: Wanted = always
    ) -> Iterator[SourceReport]:
        """Reports on an upload, or on each file inside an archive. Never raises SourceError: the
        report says it.

        What `wanted` raises, which is asked all the time, stops the upload; another try finishes
        it.
        """
        yield from self._taken_in(_members(upload), progress, wanted)

    def ingest_bytes(self, name: str, content: bytes, origin: str | None = None) -> SourceReport:
        """Takes bytes in under a name."""
        return self.ingest_one(Upload(name, content, origin))

    def ingest_one(self, upload: Upload) -> SourceReport:
        """Takes one file that is no archive in; the report's reason says what of it was not
        taken.
        """
        (report,) = self._taken_in([upload])
        return report

    def _taken_in(
        self,
        uploads: Iterable[Upload | SourceReport],
        progress: Progress = untold,
        wanted: Wanted = always,
    ) -> Iterator[SourceReport]:
        """Reports on uploads in order, and passes reports on."""
        with closing(self._workers()) as workers:
            on_way: deque[_Step] = deque()
            clock = _Clock()
            for group in _grouped(_read_ahead(uploads, workers, wanted)):
                if any(
                    _bear_on([*step.group, *step.plans], group) for step in on_way
                ):  # what becomes of these depends on those
                    while on_way:
                        yield from self._written(on_way.popleft(), progress, wanted, clock)
                for step in self._begun(group, workers):
                    on_way.append(step)
                    if len(on_way) > workers.encoding:
                        yield from self._written(on_way.popleft(), progress, wanted, clock)
            while on_way:
                yield from self._written(on_way.popleft(), progress, wanted, clock)

    def _begun(self, group: _Group, workers: Workers) -> Iterator[_Step]:
        """The steps of a group, each with its articles on their way through the model."""
        planned = iter(
            plan_all([state for state in group if isinstance(state, Read)], self._corpus)
        )
        plans = [next(planned) if isinstance(state, Read) else state for state in group]
        changed = [entry for plan in plans if isinstance(plan, Plan) for entry in plan.changed]
        done = 0
        for batch in together(changed) if changed else [[]]:
            yield _Step(
                group, plans, batch, workers.encode(batch) if batch else None, done, len(changed)
            )
            done += len(batch)

    def _written(
        self, step: _Step, progress: Progress, wanted: Wanted, clock: _Clock
    ) -> Iterator[SourceReport]:
        """Writes what was encoded; before the first articles of a group its texts, and after the
        last ones takes away what its sources no longer have.
        """
        plans = [plan for plan in step.plans if isinstance(plan, Plan)]
        wanted()
        if step.encoded:
            progress(step.done, step.of)
            encoded = _result(step.encoded, wanted)
        if step.is_first:
            self._corpus.keep_texts(
                [plan.source.name for plan in plans if plan.keeps_old and plan.is_known]
            )
            self._corpus.put_texts([plan.source for plan in plans if plan.changes])
        if step.encoded:
            self._corpus.put(list(zip(step.entries, encoded, strict=True)))
        if step.is_last:
            self._tidy([plan for plan in plans if plan.changes and plan.is_known])
            yield from clock.timed(
                [plan.report if isinstance(plan, Plan) else plan for plan in step.plans]
            )

    def _tidy(self, plans: Sequence[Plan]) -> None:
        """Takes away what sources no longer have, and what a run that was killed has left of
        them.
        """
        self._corpus.retext(
            {entry.article.id: entry.text_id for plan in plans for entry in plan.moved}
        )
        if gone := [id for plan in plans for id in plan.gone]:
            self._corpus.remove(gone)
        self._corpus.drop_unused_texts({plan.source.name for plan in plans})


class _Clock:
    """The time of a run, shared out over what is reported."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def timed(self, reports: Sequence[SourceReport]) -> list[SourceReport]:
        """Reports with the time since the last ones, each its part by its passages."""
        now = time.perf_counter()
        each = (now - self._last) / max(1, sum(report.passages for report in reports))
        self._last = now
        return [replace(report, seconds=each * report.passages) for report in reports]


def _read_ahead(
    uploads: Iterable[Upload | SourceReport], workers: Workers, wanted: Wanted
) -> Iterator[Read | SourceReport]:
    """The uploads as they are read, in order, a few of them before they are asked for."""
    waiting: deque[Future[Read | SourceReport]] = deque()
    for upload in uploads:
        waiting.append(workers.read(upload) if isinstance(upload, Upload) else _known(upload))
        if len(waiting) > workers.reading:
            yield _result(waiting.popleft(), wanted)
    while waiting:
        yield _result(waiting.popleft(), wanted)


def _result(future: Future[Made], wanted: Wanted) -> Made:
    """What comes of a future, as long as it is wanted."""
    while not future.done():
        wanted()
        wait((future,), _LOOK_EVERY)
    return future.result()


def _known(report: SourceReport) -> Future[Read | SourceReport]:
    future: Future[Read | SourceReport] = Future()
    future.set_result(report)
    return future


def _grouped(files: Iterable[Read | SourceReport]) -> Iterator[_Group]:
    """Files in order, some at a time: as many as are encoded at once, no two of one name or one
    text.
    """
    group: _Group = []
    passages = 0
    for file in files:
        if isinstance(file, Read) and _bear_on(group, [file]):
            yield group
            group, passages = [], 0
        group.append(file)
        passages += file.passages
        if passages >= AT_ONCE:
            yield group
            group, passages = [], 0
    if group:
        yield group


def _bear_on(states: Iterable[Read | Plan | SourceReport], others: _Group) -> bool:
    """Whether what becomes of one of the others may depend on what is written of these."""
    sources = [state.source for state in states if not isinstance(state, SourceReport)]
    asked = [other.source for other in others if isinstance(other, Read)]
    names, texts = {source.name for source in sources}, {source.text for source in sources}
    return any(source.name in names or source.text in texts for source in asked)


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
