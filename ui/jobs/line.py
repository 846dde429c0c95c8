"""The line in which uploads wait: one is taken in at a time, by a thread of its own.

A job that was acknowledged is done, whatever happens: a server that stops leaves it in the spool for the next start,
and a corpus that does not answer is tried again, longer and longer after.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from ingest.files import Upload
from ingest.report import Progress, SourceReport
from ui.jobs.job import Job, now
from ui.jobs.spool import Spool
from vectorstore.errors import CorpusError, EmbedderError, NotFound, RashomonError, TooMany, UsageError
from vectorstore.records import content_id

Take = Callable[[Upload, Progress], Iterator[SourceReport]]

MOST_WAITING = 100  # jobs; the next one is told to come again
MOST_BYTES = 2 * 1024**3  # of uploads that wait
MOST_KEPT = 500  # jobs that are over, of which one can still ask
_RETRY_SECONDS = (1, 2, 5, 10, 30)  # after a corpus did not answer: the last one from then on
_LATER = 5  # seconds after which one who is turned away should come again


class _Stopped(Exception):
    """The server stops: the job is handed back to the spool."""


class JobLine:
    """Jobs in their order, kept below a folder. `take` takes an upload in, and tells how far it is; `crashed` is told
    of an error that nobody foresaw. Safe for threads.
    """

    def __init__(self, take: Take, folder: Path, crashed: Callable[[str, Exception], None]) -> None:
        self._take, self._folder, self._crashed = take, folder, crashed
        self._jobs: dict[str, Job] = {}
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._worker: threading.Thread | None = None
        self._spool: Spool

    def start(self) -> None:
        """Goes on with what the last server left."""
        self._spool = Spool.claim(self._folder)
        left = {job.id: job if job.over else job.waiting(None) for job in self._spool.jobs()}
        with self._changed:
            self._jobs = left
        self._stopping.clear()
        self._worker = threading.Thread(target=self._work, name="rashomon-jobs", daemon=True)
        self._worker.start()

    def wind_down(self) -> None:
        """Begins to stop: the article that is being stored is finished, and nothing else is begun."""
        self._stopping.set()
        with self._changed:
            self._changed.notify_all()

    def stop(self, seconds: float) -> None:
        """Waits so long for the article that is being stored, and hands what is left to the next start."""
        self.wind_down()
        if self._worker is not None:
            self._worker.join(seconds)
            self._spool.release()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def submit(self, upload: Upload, key: str | None = None) -> Job:
        """The job of an upload, which is kept when this returns. The same `key` gives the same job.

        Raises TooMany when too much waits, UsageError for a key that came with another upload before.
        """
        digest = content_id(upload.name, sha256(upload.content).hexdigest(), repr(upload.options), upload.sidecar or "")
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

    def settled(self, id: str, seconds: float) -> Job:
        """A job once it is over or put off, or as it is after so many seconds."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._jobs[id].over or self._jobs[id].put_off or self._stopping.is_set(), seconds
            )
            return self._jobs[id]

    def job(self, id: str) -> Job:
        """The job of an id. Raises NotFound."""
        with self._changed:
            found = self._jobs.get(id)
        if found is None:
            raise NotFound(f"No job has the id {id!r}. GET /v1/jobs lists the last {MOST_KEPT}.")
        return found

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
                f"{len(waiting)} uploads wait already. Try again in {_LATER} seconds; GET /v1/jobs shows them.",
                _LATER,
            )

    def _forget_oldest(self) -> None:
        over = [job for job in self._jobs.values() if job.over]
        for job in over[: len(over) - MOST_KEPT] if len(over) > MOST_KEPT else ():
            del self._jobs[job.id]
            self._spool.forget(job)

    def _work(self) -> None:
        failures = 0
        while job := self._next():
            done = self._run(job)
            failures = 0 if done.over else failures + 1
            if failures:
                self._stopping.wait(_RETRY_SECONDS[min(failures, len(_RETRY_SECONDS)) - 1])

    def _next(self) -> Job | None:
        """The job that has waited longest, once there is one; None when the server stops."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping.is_set() or self._longest_waiting() is not None)
            return None if self._stopping.is_set() else self._longest_waiting()

    def _longest_waiting(self) -> Job | None:
        return next((job for job in self._jobs.values() if job.state == "waiting"), None)

    def _run(self, job: Job) -> Job:
        """Takes a job's upload in, and returns the job as it is then."""
        job = self._told(job.begun())

        def progress(articles: int, of: int) -> None:
            if self._stopping.is_set():
                raise _Stopped
            self._told(replace(self._jobs[job.id], articles=articles, of=of))

        try:
            for report in self._take(self._spool.upload(job), progress):
                self._told(self._jobs[job.id].reporting(report))
            return self._ended(self._jobs[job.id].finished())
        except _Stopped:
            return self._told(job.waiting(None))
        except (CorpusError, EmbedderError) as error:
            return self._told(job.waiting(str(error)))
        except RashomonError as error:
            return self._ended(job.given_up(str(error)))
        except Exception as error:  # a file that breaks the reader must not stop the uploads behind it
            self._crashed(job.id, error)
            return self._ended(job.given_up("It could not be read for a reason that is not foreseen; the log has it."))

    def _ended(self, job: Job) -> Job:
        self._spool.end(job)
        return self._told(job)

    def _told(self, job: Job) -> Job:
        with self._changed:
            self._jobs[job.id] = job
            self._changed.notify_all()
        return job


def _same(job: Job, digest: str) -> Job:
    if job.digest != digest:
        raise UsageError("That Idempotency-Key came with another upload before. Send a new key with a new upload.")
    return job
