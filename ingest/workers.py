"""Who reads files and encodes articles for a run: two threads of this process, or others
(`ingest.ray_workers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from ingest.encode import encode_entries
from ingest.files import Upload
from ingest.read import Read, read_source, with_passages
from ingest.reading_process import ReadingProcess
from ingest.report import SourceReport
from vectorstore.embedders.base import Embedder, Encoded
from vectorstore.records import Entry


class Workers(Protocol):
    """Takes work before its results are asked for."""

    @property
    def reading(self) -> int:
        """Files that are worth reading before they are asked for."""
        ...

    @property
    def encoding(self) -> int:
        """Groups of articles that are worth encoding before they are asked for."""
        ...

    def read(self, upload: Upload) -> Future[Read | SourceReport]: ...

    def encode(self, entries: Sequence[Entry]) -> Future[list[Encoded]]: ...

    def close(self) -> None:
        """Lets go of what is not begun."""
        ...


class Threads:
    """Reads in one thread and encodes in another, which has the model: it does not wait while
    others write.
    """

    reading, encoding = 8, 2

    def __init__(self, embedder: Embedder, process: ReadingProcess | None = None) -> None:
        """`process` is the one that reads the files (None: this one)."""
        self._embedder, self._process = embedder, process
        self._reader, self._encoder = (
            ThreadPoolExecutor(1, name) for name in ("reading", "encoding")
        )

    def read(self, upload: Upload) -> Future[Read | SourceReport]:
        return self._reader.submit(self._read_whole, upload)

    def _read_whole(self, upload: Upload) -> Read | SourceReport:
        read = self._process.read(upload) if self._process else read_source(upload)
        return (
            read if isinstance(read, SourceReport) else with_passages(upload, read, self._embedder)
        )

    def encode(self, entries: Sequence[Entry]) -> Future[list[Encoded]]:
        return self._encoder.submit(encode_entries, entries, self._embedder)

    def close(self) -> None:
        if self._process:
            self._process.interrupt()
        for pool in (self._reader, self._encoder):
            pool.shutdown(cancel_futures=True)
