"""The line in which uploads wait: one is taken in at a time, by a thread of its own.

A job that was acknowledged is done, whatever happens: a server that stops leaves it in the spool
for the next start, and a corpus that does not answer is tried again, longer and longer after, while
other uploads have their turn.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from ingest.files import Upload
from ingest.report import Progress, SourceReport, Wanted
from ui.jobs.job import Job, now
from ui.jobs.store import JobStore
from vectorstore.errors import (
    CorpusError,
    CorpusUnreachable,
    EmbedderError,
    NotFound,
    RashomonError,
    TooMany,
    UsageError,
)
from vectorstore.records import content_id

Take = Callable[[Upload, Progress, Wanted], Iterator[SourceReport]]

MOST_WAITING = 100  # jobs; the next one is told to come again
MOST_BYTES = 2 * 1024**3  # of uploads that wait
MOST_KEPT = 500  # jobs that are over, of which one can still ask
MOST_TRIES = 3
_MOMENT = 5.0  # seconds of reading after which a server that ends counts
_RETRY_SECONDS = (1, 2, 5, 10, 30)  # after a job was put off: the last one from then on
_LATER = 5  # seconds after which one who is turned away should come again
CANCELLED = "It was cancelled."
_ENDED_SERVER = (
    f"The server ended {MOST_TRIES} times while it took this in. Split the file, or upload it to"
    " another."
)
_UNFORESEEN = "It could not be taken in for a reason that is not foreseen; the log has it."


class _Stopped(Exception):
    """The server stops: the job is handed back to the spool."""


class _Cancelled(Exception):
    """Somebody has cancelled the job."""


class JobQueue:
    """Jobs in their order, kept below a folder. `take` takes an upload in, and tells how far it is;
    `crashed` is told of an error that nobody foresaw. Safe for threads.
    """

    def __init__(
        self, take: Take, folder: Path, crashed: Callable[[str, BaseException], None]
    ) -> None:
        self._take, self._folder, self._crashed = take, folder, crashed
        self._jobs: dict[str, Job] = {}
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._cancelled: set[str] = set()
        self._failures: Counter[str] = Counter()  # of jobs that were put off
        self._not_before: dict[str, float] = {}  # when they are tried again
        self._began = 0.0  # when the one that is taken in now was begun
        self._unwritten: dict[str, Job] = {}  # what became of jobs that the disk did not take
        self._worker: threading.Thread | None = None
        self._spool: JobStore
        self._closed: OSError | None = None

    def start(self) -> None:
        """Goes on with what the last server left. As long as the folder cannot be written no upload
        is taken.
        """
        try:
            self._spool, self._closed = JobStore.claim(self._folder), None
        except OSError as error:
            self._closed = error
            return
        with self._changed:
            stored = self._spool.jobs()
            self._jobs = {job.id: job if job.over else _left(job) for job in stored}
            ended_it = (job.id for job in stored if job.state == "running")
            # perhaps: so others have their turn first
            self._not_before = dict.fromkeys(ended_it, time.monotonic())
        for job in self.jobs():
            if job.over and job.error == _ENDED_SERVER:
                self._write_end(job)
        self._stopping.clear()
        self._worker = threading.Thread(target=self._work, name="rashomon-jobs", daemon=True)
        self._worker.start()

    def wind_down(self) -> None:
        """Begins to stop: the article that is being stored is finished, and nothing else is
        begun.
        """
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()

    def stop(self, seconds: float) -> None:
        """Waits so long for the article that is being stored, and hands what is left to the next
        start.
        """
        self.wind_down()
        if self._worker is not None:
            self._worker.join(seconds)
            self._spool.release()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    @property
    def running(self) -> bool:
        """Whether uploads are taken in."""
        return self._worker is not None and self._worker.is_alive()

    @property
    def closed(self) -> bool:
        """Whether no upload is taken, for none could be kept."""
        return self._closed is not None

    def submit(self, upload: Upload, key: str | None = None) -> Job:
        """The job of an upload, which is kept when this returns. The same `key` gives the same job.

        Raises TooMany when too much waits, UsageError for a key that came with another upload
        before, CorpusUnreachable where it cannot be kept.
        """
        with self._changed:
            if self._closed:
                self.start()
            if self._closed:
                raise CorpusUnreachable(
                    f"The upload cannot be kept: {self._closed.strerror}. Upload it to another"
                    " server.",
                    self._folder,
                )
        digest = content_id(
            upload.name,
            sha256(upload.content).hexdigest(),
            repr(upload.options),
            upload.sidecar or "",
        )
        id = content_id("job", key) if key else uuid4().hex
        with self._changed:
            known = self._jobs.get(id)
            if known is not None:
                return _same(known, digest)
            self._refuse_if_full(len(upload.content))
            job = Job(id, upload.name, len(upload.content), digest, now())
            self._spool.keep(job, upload)
            self._jobs[id] = job
            self._forget_oldest()
            self._changed.notify_all()
            return job

    def cancel(self, id: str) -> Job:
        """The job of an id, which is not taken in any more: what is stored of it already stays.
        Raises NotFound.
        """
        with self._changed:
            job = self.job(id)
            if job.state == "running":
                self._cancelled.add(id)
            elif job.state == "waiting":
                job = self._told(job.given_up(CANCELLED))
                self._write_end(job)
        return job

    def settled(self, id: str, seconds: float) -> Job:
        """A job once it is over or put off, or as it is after so many seconds."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._jobs[id].over or self._jobs[id].put_off or self._stopping.is_set(),
                seconds,
            )
            return self._jobs[id]

    def job(self, id: str) -> Job:
        """The job of an id. Raises NotFound."""
        with self._changed:
            wanted = self._jobs.get(id)
        if wanted is None:
            raise NotFound(f"No job has the id {id!r}. GET /v1/jobs lists the last {MOST_KEPT}.")
        return wanted

    def waiting(self) -> int:
        """How many jobs are not over."""
        with self._changed:
            return sum(not job.over for job in self._jobs.values())

    def jobs(self) -> list[Job]:
        """Every job that is known, the last one first."""
        with self._changed:
            return list(reversed(self._jobs.values()))

    def _refuse_if_full(self, size: int) -> None:
        waiting = [job for job in self._jobs.values() if not job.over]
        if len(waiting) >= MOST_WAITING or sum(job.size for job in waiting) + size > MOST_BYTES:
            raise TooMany(
                f"{len(waiting)} uploads wait already. Try again in {_LATER} seconds; GET /v1/jobs"
                " shows them.",
                _LATER,
            )

    def _forget_oldest(self) -> None:
        over = [job for job in self._jobs.values() if job.over]
        for job in over[: len(over) - MOST_KEPT] if len(over) > MOST_KEPT else ():
            del self._jobs[job.id]
            self._spool.forget(job)

    # What the thread does.

    def _work(self) -> None:
        while job := self._next():
            try:
                done = self._run(job)
            except (
                BaseException
            ) as error:  # whatever it is, the uploads behind this one are taken in
                self._report(job.id, error)
                done = self._unforeseen(job.id)
            self._note(done)

    def _note(self, job: Job) -> None:
        """Takes down when a job that was put off is tried again, and writes what could not be
        written before.
        """
        with self._changed:
            self._cancelled.discard(job.id)
            if job.state == "waiting":
                wait = _RETRY_SECONDS[min(self._failures[job.id], len(_RETRY_SECONDS) - 1)]
                self._failures[job.id] += 1
                self._not_before[job.id] = time.monotonic() + wait
            else:
                self._failures.pop(job.id, None)
                self._not_before.pop(job.id, None)
        for unwritten in list(self._unwritten.values()):
            self._write_end(unwritten)

    def _next(self) -> Job | None:
        """The job that has waited longest of those whose time has come, begun, once there is one;
        None when the server stops.
        """
        with self._changed:
            while not self._stopping.is_set():
                due = self._due()
                if due and self._not_before.get(due[0].id, 0) <= time.monotonic():
                    return self._told(due[0].begun())
                self._changed.wait(
                    max(0.0, self._not_before[due[0].id] - time.monotonic()) if due else None
                )
            return None

    def _due(self) -> list[Job]:
        """The jobs that wait, the next one first: of two uploads of one name never the later one
        before the other.
        """
        first: dict[str, Job] = {}
        for job in self._jobs.values():
            if job.state == "waiting":
                first.setdefault(job.name, job)
        return sorted(first.values(), key=lambda job: self._not_before.get(job.id, 0))

    def _run(self, job: Job) -> Job:
        """Takes a job's upload in, and returns the job as it is then."""
        try:
            self._take_in(job)
            return self._ended(self._jobs[job.id].finished())
        except _Stopped:
            return self._handed_back(job.waiting(None))
        except _Cancelled:
            return self._ended(self._jobs[job.id].given_up(CANCELLED))
        except (CorpusError, EmbedderError) as error:
            return self._handed_back(job.waiting(str(error)))
        except RashomonError as error:
            return self._ended(self._jobs[job.id].given_up(str(error)))

    def _take_in(self, job: Job) -> None:
        upload = self._spool.upload(job)
        self._keep(job)
        self._began = time.monotonic()
        for report in self._take(
            upload, partial(self._stored, job.id), partial(self._wanted, job.id)
        ):
            self._told(self._jobs[job.id].reporting(report))

    def _wanted(self, id: str) -> None:
        if id in self._cancelled:
            raise _Cancelled
        if self._stopping.is_set():
            raise _Stopped
        if time.monotonic() - self._began > _MOMENT:
            self._began = math.inf  # counted
            self._keep(self._told(self._jobs[id].tried()))

    def _stored(self, id: str, articles: int, of: int) -> None:
        before, self._began = self._jobs[id], math.inf
        if self._told(before.storing(articles, of)).tries < before.tries:
            self._keep(self._jobs[id])

    def _unforeseen(self, id: str) -> Job:
        """A job that met an error that nobody foresaw: tried again, but not for ever."""
        job = self._jobs[id]
        if self._failures[id] + 1 >= MOST_TRIES:
            return self._ended(job.given_up(_UNFORESEEN))
        return self._handed_back(job.again(_UNFORESEEN))

    def _ended(self, job: Job) -> Job:
        self._write_end(job)
        return self._told(job)

    def _handed_back(self, job: Job) -> Job:
        if job.id in self._cancelled:
            return self._ended(job.given_up(CANCELLED))
        self._keep(job)
        return self._told(job)

    def _keep(self, job: Job) -> None:
        """Keeps how far a job is; where the disk does not take it, what it has of the job stays
        true enough.
        """
        with suppress(RashomonError, OSError, ValueError):
            self._spool.begin(job)

    def _write_end(self, job: Job) -> None:
        """Keeps what became of a job; what the disk does not take is kept in memory, and written
        later.
        """
        try:
            self._spool.end(job)
            self._unwritten.pop(job.id, None)
        except (RashomonError, OSError):
            self._unwritten[job.id] = job

    def _report(self, id: str, error: BaseException) -> None:
        with suppress(Exception):  # the line goes on without a word rather than not at all
            self._crashed(id, error)

    def _told(self, job: Job) -> Job:
        with self._changed:
            self._jobs[job.id] = job
            self._changed.notify_all()
        return job


def _left(job: Job) -> Job:
    """A job that the last server left, as it is now: one that has ended the server again and again
    is given up.
    """
    if job.state == "running" and job.tries >= MOST_TRIES:
        return job.given_up(_ENDED_SERVER)
    return job.again()


def _same(job: Job, digest: str) -> Job:
    if job.digest != digest:
        raise UsageError(
            "That Idempotency-Key came with another upload before. Send a new key with a new"
            " upload."
        )
    return job
