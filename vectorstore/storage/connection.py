"""The way to one corpus in Chroma: made when it is needed, and made anew after an error."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from vectorstore.errors import CorpusError, CorpusUnreachable
from vectorstore.storage.chroma import chroma_errors
from vectorstore.storage.collections import Store

if TYPE_CHECKING:
    from chromadb.api.client import Client


_PATIENCE = 15.0  # seconds that a thread waits for the others


class Connection:
    """The rows of one named corpus, for one thread at a time. `where` is told to the operator with
    an error.
    """

    def __init__(
        self,
        connect: Callable[[], AbstractContextManager[Client]],
        name: str,
        embedder: str | None,
        where: str | Path,
    ) -> None:
        self.name = name
        self._connect, self._embedder, self._where = connect, embedder, where
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._let_go: Callable[[], object] = lambda: None

    @property
    def store(self) -> Store:
        """The rows; connects where nothing is open. Raises CorpusUnreachable."""
        with self.asking():
            if self._store is None:
                opened = ExitStack()
                self._let_go = finalize(self, opened.close)
                self._store = Store(
                    opened.enter_context(self._connect()), self.name, self._embedder
                )
            return self._store

    @property
    def is_open(self) -> bool:
        return self._store is not None

    @contextmanager
    def asking(self) -> Iterator[None]:
        """While Chroma is asked: one thread at a time, its errors turned into CorpusUnreachable.
        After one of them all that was open is let go, for it may answer nothing any more.
        """
        if not self._lock.acquire(timeout=_PATIENCE):
            raise CorpusUnreachable(
                "The corpus is busy, or does not answer. Try again.", self._where
            )
        try:
            with chroma_errors(str(self._where)):
                yield
        except CorpusError:
            self.close()
            raise
        finally:
            self._lock.release()

    def close(self) -> None:
        """Lets go of what is open."""
        self._store = None
        self._let_go()
