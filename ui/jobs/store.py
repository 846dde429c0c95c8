"""Jobs on disk: what was acknowledged outlives a server that is killed.

A job is `ID.json`, and until it is over `ID.upload` with the file's bytes; the record is written
last, so that a record stands for a job that can be done. Each file is written aside, forced to the
disk, and moved into its place.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from pydantic import ValidationError

from ingest.files import Options, Upload
from ui.jobs.job import Job
from ui.schemas import from_json, to_json
from vectorstore.atomic_write import UNFINISHED, write_durably
from vectorstore.errors import CorpusHeld, CorpusUnreachable, SourceUnreadable
from vectorstore.storage.lock import CARD, CorpusLock

_RECORD, _BYTES, _DAMAGED = ".json", ".upload", ".damaged"


@dataclass(frozen=True)
class _Kept:
    """A job with what comes with its bytes."""

    job: Job
    origin: str | None
    sidecar: str | None
    options: Options


class JobStore:
    """The folder of one server's jobs, which no other process takes while this one has it."""

    def __init__(self, folder: Path, ownership: CorpusLock) -> None:
        self._folder, self._ownership = folder, ownership

    @classmethod
    def claim(cls, beside: Path) -> JobStore:
        """The first folder `jobs`, `jobs-2`, ... below another that no server has: several may
        share a corpus.
        """
        for n in count(1):
            folder = beside / ("jobs" if n == 1 else f"jobs-{n}")
            folder.mkdir(parents=True, exist_ok=True)
            try:
                return cls(folder, CorpusLock(folder))
            except CorpusHeld:
                continue
        raise AssertionError("count() ends never")

    def release(self) -> None:
        """Lets another server go on with what is left."""
        self._ownership.release()

    def keep(self, job: Job, upload: Upload) -> None:
        """Keeps a job until it is over. Raises CorpusUnreachable where the disk does not take
        it.
        """
        self._write(job.id + _BYTES, upload.content)
        self._record(_Kept(job, upload.origin, upload.sidecar, upload.options))

    def upload(self, job: Job) -> Upload:
        """What a job takes in. Raises SourceUnreadable where it is kept no more, CorpusUnreachable
        where the disk does not give it.
        """
        try:
            record = self._read(self._folder / (job.id + _RECORD))
            content = (self._folder / (job.id + _BYTES)).read_bytes()
        except (FileNotFoundError, ValidationError) as error:
            raise SourceUnreadable(
                f"What was kept of {job.name} cannot be read ({type(error).__name__}). Upload it"
                " again."
            ) from error
        except OSError as error:
            raise CorpusUnreachable(
                f"What was kept of {job.name} cannot be read now: {error.strerror}."
            ) from error
        return Upload(job.name, content, record.origin, record.sidecar, record.options)

    def begin(self, job: Job) -> None:
        """Keeps that a job was begun, for a start after one that it may have ended."""
        record = self._read(self._folder / (job.id + _RECORD))
        self._record(replace(record, job=job))

    def end(self, job: Job) -> None:
        """Keeps what became of a job, and no longer its bytes."""
        self._record(_Kept(job, None, None, Options()))
        (self._folder / (job.id + _BYTES)).unlink(missing_ok=True)

    def forget(self, job: Job) -> None:
        """Removes what is kept of a job that is over."""
        (self._folder / (job.id + _RECORD)).unlink(missing_ok=True)

    def jobs(self) -> list[Job]:
        """Every job that is kept, in the order in which they came; what a killed write has left
        behind goes.
        """
        jobs = [
            job
            for path in sorted(self._folder.glob(f"*{_RECORD}"))
            if path.name != CARD and (job := self._job(path))
        ]
        needed = {job.id for job in jobs if not job.over}
        for path in self._folder.iterdir():
            if path.suffix == UNFINISHED or (path.suffix == _BYTES and path.stem not in needed):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
        return sorted(jobs, key=lambda job: (job.created, job.id))

    def _record(self, record: _Kept) -> None:
        self._write(record.job.id + _RECORD, to_json(record).encode())

    def _read(self, path: Path) -> _Kept:
        return from_json(_Kept, path.read_bytes())

    def _job(self, path: Path) -> Job | None:
        """The job of a record; one that cannot be read, or is another's, is put aside, so that the
        others are done.
        """
        with suppress(OSError, ValidationError):
            job = self._read(path).job
            if job.id == path.stem:
                return job
        with suppress(OSError):
            path.replace(path.with_suffix(_DAMAGED))
        return None

    def _write(self, name: str, content: bytes) -> None:
        try:
            write_durably(self._folder / name, content)
        except OSError as error:
            raise CorpusUnreachable(
                f"The upload cannot be kept: {error.strerror}. Make room beside the corpus, then"
                " upload again.",
                self._folder,
            ) from error
