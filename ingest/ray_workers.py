"""Reading and encoding in the processes of a Ray cluster. Ray lives here.

What a process makes of a file depends on nothing but the file, so one that dies is replaced, and
what it had not finished is done again by another: articles, ids and vectors are those of one
process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import cached_property
from itertools import cycle
from typing import Any

from ingest.encode import encode_entries
from ingest.files import Upload
from ingest.read import Read, read_upload
from ingest.report import SourceReport
from vectorstore.embedders.base import Embedder, Encoded
from vectorstore.errors import UsageError
from vectorstore.records import Entry

LOCAL = "local"
_READ_AHEAD, _ENCODED_AHEAD = 8, 2  # files and groups of articles for each process


class RayWorkers:
    """A process for each core of a cluster, with a model of its own. They live as long as this
    one.
    """

    def __init__(
        self, make: Callable[[], Embedder], address: str = LOCAL, processes: int | None = None
    ) -> None:
        """`make` gives each process its model; `address` is that of the cluster, or `local` for one
        of this machine; `processes` are as many as the cluster has cores unless given. Raises
        UsageError where there is no Ray.
        """
        ray = _connected(address)
        self.processes = processes or max(1, int(ray.cluster_resources().get("CPU", 1)))
        kind = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=-1)(_Worker)
        self._turn = cycle([kind.remote(make) for _ in range(self.processes)])

    @property
    def reading(self) -> int:
        return _READ_AHEAD * self.processes

    @property
    def encoding(self) -> int:
        return _ENCODED_AHEAD * self.processes

    def read(self, upload: Upload) -> Future[Read | SourceReport]:
        future: Future[Read | SourceReport] = next(self._turn).read.remote(upload).future()
        return future

    def encode(self, entries: Sequence[Entry]) -> Future[list[Encoded]]:
        future: Future[list[Encoded]] = next(self._turn).encode.remote(list(entries)).future()
        return future

    def close(self) -> None:
        """Nothing is let go: the next run finds the same processes."""


class _Worker:
    """One process."""

    def __init__(self, make: Callable[[], Embedder]) -> None:
        self._make = make

    @cached_property
    def _embedder(self) -> Embedder:
        return self._make()  # with the first work, which can tell what is wrong with it

    def read(self, upload: Upload) -> Read | SourceReport:
        return read_upload(upload, self._embedder)

    def encode(self, entries: Sequence[Entry]) -> list[Encoded]:
        return encode_entries(entries, self._embedder)


def _connected(address: str) -> Any:
    """Ray, connected to a cluster or with one of its own."""
    try:
        import ray
    except ImportError as error:
        raise UsageError(
            "RASHOMON_RAY is set and Ray is not installed. Install rashomon[ray]."
        ) from error
    if not ray.is_initialized():
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
        try:
            if address == LOCAL:
                ray.init(include_dashboard=False, _node_ip_address="127.0.0.1", **quiet)
            else:
                ray.init(address=address, **quiet)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise UsageError(
                f"The Ray cluster does not answer ({type(error).__name__}). "
                "Start it (`ray start --head`), or set RASHOMON_RAY to `local`.",
                address,
            ) from error
    return ray
