"""The corpus: open, put, remove, read, search by vector.

What an embedded corpus holds is kept beside it as arrays too (`vectorstore.storage.array_cache`):
who only reads needs no Chroma.
"""

from __future__ import annotations

import errno
import json
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from vectorstore.embedders.base import Encoded, Vectors
from vectorstore.errors import CorpusError, CorpusMismatch, CorpusUnreachable
from vectorstore.overrides import CORRECTIONS, Stamp, read_overlay, stamp_of
from vectorstore.records import Entry, Passage, Source
from vectorstore.search.arrays import Array
from vectorstore.search.nearest import Mask, nearest
from vectorstore.search.vectors import Bytes, quantised
from vectorstore.storage.array_cache import ArrayCache
from vectorstore.storage.chroma import server_client
from vectorstore.storage.collections import Orphans, Store, Stored, StoredText
from vectorstore.storage.connection import Connection
from vectorstore.storage.disk_space import room
from vectorstore.storage.folder import (
    DATABASE,
    connected,
    connected_to_copy,
    database_stamp,
    kept_beside,
)
from vectorstore.storage.location import is_url
from vectorstore.storage.lock import CorpusLock
from vectorstore.storage.memory import give_back
from vectorstore.storage.rows import FORMAT
from vectorstore.storage.snapshot import NOTHING, Holding, Snapshot
from vectorstore.storage.snapshot_cache import kept_snapshot, snapshot_arrays

_SNAPSHOT = "snapshot"  # what is kept beside an embedded corpus
_UNREAD = replace(NOTHING, vectors=None)  # of a corpus on a server
_ROOM = 4_000_000  # bytes that Chroma needs for whatever it writes: its journal, its index
# bytes: 15,000 to 50,000 are stored, and as many are written twice for a moment
_ROOM_OF_PASSAGE = 100_000
_ROOM_OF_TEXT = 10  # bytes for each character of a source text
_WAITING = 1000  # articles written since the last snapshot that are held in memory for the next


class Corpus:
    """One named corpus in an embedded folder or on a Chroma server. Safe for threads of one
    process.
    """

    def __init__(
        self,
        chroma: Connection,
        where: str,
        ownership: CorpusLock | None = None,
        folder: Path | None = None,
        beside: Path | None = None,
    ) -> None:
        """A corpus on a server, or embedded in a `folder`, where it can be written only with its
        `ownership`. It connects when it must: not for reading what is kept in the folder.
        """
        self._chroma = chroma
        self._ownership = ownership
        self._where = where
        self._folder = folder
        self._beside = beside
        self.kept = kept_beside(folder) if folder else ArrayCache()
        self._snapshot: Snapshot | None = None  # what was stored, as of the last reading
        self._on_disk: Snapshot | None = None  # what of it is kept in the folder
        # since then; None for an article that is gone
        self._written: dict[str, Holding | None] = {}
        # what was read, what lay beside it, both together
        self._shown: tuple[Snapshot, Stamp, Snapshot] | None = None
        self._before: Snapshot | None = None  # what was stored before a writing that failed
        self._revision = ""
        self._is_new = folder is not None and not (folder / DATABASE).exists()
        self._remembered = self._kept_memory()  # None as well after a writing that failed

    @classmethod
    def open(
        cls,
        location: str | Path,
        embedder: str | None,
        url: str | None = None,
        beside: Path | None = None,
    ) -> Corpus:
        """The corpus in a folder (made if missing) or at `http://host:port/name`.

        `beside` is the folder of what people write about it (aliases, corrections): the corpus'
        own, or for one on a server any other.

        `embedder` is the name of the model its vectors come from (None: whichever it remembers);
        `url` is told to other processes as the address to use while this one owns the folder.
        Raises CorpusHeld, CorpusDamaged, CorpusMismatch, CorpusUnreachable.
        """
        if is_url(location):
            name = urlsplit(str(location)).path.strip("/") or "rashomon"
            chroma = Connection(lambda: server_client(str(location)), name, embedder, location)
            opened = cls(chroma, str(location), beside=beside)
            opened._check(embedder)
            return opened
        folder = Path(location)
        ownership = _owned(folder, url)
        connect = connected if ownership else connected_to_copy
        chroma = Connection(lambda: connect(folder), "rashomon", embedder, folder)
        with ExitStack() as undone:
            undone.callback(ownership.release if ownership else lambda: None)
            opened = cls(chroma, str(folder), ownership, folder, beside or folder)
            undone.callback(chroma.close)
            opened._check(embedder)
            undone.pop_all()
            return opened

    def close(self) -> None:
        """Lets another process own the folder, and keeps beside it what it holds. The corpus is not
        used after this.
        """
        try:
            if self._ownership and self._chroma.is_open:
                # what cannot be kept is made anew at the next start
                with suppress(CorpusError, OSError):
                    snapshot, memory = self._stored(), self._store.memory
                    self._chroma.close()
                    self._keep(snapshot, memory)
        finally:
            self._chroma.close()
            if self._ownership:
                self._ownership.release()

    @property
    def name(self) -> str:
        return self._chroma.name

    @property
    def _store(self) -> Store:
        return self._chroma.store

    @contextmanager
    def _writing(self, needed: int = 0) -> Iterator[None]:
        """While something is written, for which so many bytes are needed besides what Chroma needs
        at any time.

        Raises CorpusUnreachable where it cannot be: nothing was begun then.
        """
        if self._folder is None:
            with self._chroma.asking():
                yield
        elif self._ownership is None:
            raise CorpusUnreachable(
                "The corpus cannot be written: its folder is read-only. Copy it.", self._folder
            )
        else:
            with room(self._folder, _ROOM + needed), self._chroma.asking():
                yield

    def _database_stamp(self) -> list[int]:
        return database_stamp(self._folder) if self._folder else []

    def snapshot(self) -> Snapshot:
        """What the corpus holds now, under the names and with the corrections that lie beside it;
        the same object until something changes.
        """
        with self._chroma.asking():
            stored, stamp = self._stored(), stamp_of(self._beside)
            if self._shown is None or self._shown[0] is not stored or self._shown[1] != stamp:
                shown = read_overlay(self._beside).over(stored, self.source_text)
                self._shown = (stored, stamp, shown)
            return self._shown[2]

    @property
    def corrections(self) -> Path | None:
        """The file of corrections; None where the corpus has no folder beside it."""
        return self._beside / CORRECTIONS if self._beside else None

    def _stored(self) -> Snapshot:
        """What the corpus holds, as it was ingested."""
        with self._chroma.asking():
            if self._folder is None:
                self._snapshot = self._refreshed(self._snapshot)
            elif self._snapshot is None:
                try:
                    self._snapshot = self._kept_snapshot() or self._read_anew()
                except CorpusUnreachable:
                    if self._before is None:
                        raise
                    return self._before
            elif self._written:
                self._snapshot = self._with_written(self._snapshot)
            self._written, self._before = {}, None
            return self._snapshot

    def _with_written(self, snapshot: Snapshot) -> Snapshot:
        """A snapshot with what was written since."""
        added = [holding for holding in self._written.values() if holding]
        return snapshot.having(added, self._written.keys())

    def _refreshed(self, before: Snapshot | None) -> Snapshot:
        """What a corpus on a server holds, where somebody else may have written: only what differs
        is read.
        """
        revision = self._store.revision()
        if before is not None and revision == self._revision:
            return before
        known = {} if before is None else before.fingerprints
        rows = self._store.articles()
        differs = [id for id, row in rows.items() if known.get(id) != row["fingerprint"]]
        added = self._store.holdings(
            rows, with_vectors=False, ids=None if before is None else differs
        )
        self._revision = revision
        return (before or _UNREAD).having(added, known.keys() - rows.keys())

    def _kept_snapshot(self) -> Snapshot | None:
        """What the corpus held when it was opened, as it is kept beside it; None where that is not
        known.
        """
        if self._is_new:
            return NOTHING
        cached = self.kept.last(_SNAPSHOT) if self._remembered else None
        try:
            self._on_disk = kept_snapshot(cached.arrays) if cached else None
        except (KeyError, ValueError):  # what is not as it was written is read anew
            return None
        give_back()
        return self._on_disk

    def _read_anew(self) -> Snapshot:
        """What Chroma holds. It is kept and let go at once: arrays on the disk take less memory
        than what was read, and Chroma takes none until it is asked again.
        """
        holdings, memory = (
            self._store.holdings(self._store.articles(), with_vectors=True),
            self._store.memory,
        )
        self._chroma.close()
        self._keep(NOTHING.having(holdings), memory)
        del holdings
        cached = self.kept.last(_SNAPSHOT)
        assert cached is not None
        snapshot = kept_snapshot(cached.arrays)
        self._on_disk = self._on_disk and snapshot
        give_back()
        return snapshot

    def _keep(self, snapshot: Snapshot, memory: Mapping[str, Any]) -> None:
        """Keeps what the corpus holds at the stamp of Chroma's file. What is on the disk is not
        written again.
        """
        version = json.dumps({"memory": dict(memory), "database": self._database_stamp()})
        if snapshot is self._on_disk:
            self.kept.renew(_SNAPSHOT, version)
        else:
            self._on_disk = (
                snapshot if self.kept.keep(_SNAPSHOT, version, snapshot_arrays(snapshot)) else None
            )

    def _kept_memory(self) -> Mapping[str, Any] | None:
        """What the corpus remembers of itself, as it is kept; None when Chroma has written
        since.
        """
        cached = self.kept.last(_SNAPSHOT)
        with suppress(ValueError, OSError, KeyError):
            stamp = json.loads(cached.version) if cached else {}
            if stamp and stamp["database"] == self._database_stamp():
                return dict(stamp["memory"])
        return None

    def entries(self) -> Iterator[Entry]:
        """Every article with all that is stored of it, in order."""
        with self._chroma.asking():
            snapshot, rows = self._stored(), self._store.articles()
        passages: dict[str, list[Passage]] = {}
        for passage in snapshot.passages:
            passages.setdefault(passage.article_id, []).append(passage)
        for article in snapshot.articles:
            row, of_article = rows[article.id], tuple(passages.get(article.id, ()))
            yield Entry(
                article, of_article, row["text_id"], row["fingerprint"], row.get("signature")
            )

    def sources(self) -> list[Source]:
        """Every source text that is stored."""
        with self._chroma.asking():
            return list(self._store.sources())

    def stored(self, sources: Collection[str]) -> dict[str, dict[str, Stored]]:
        """For each of these sources its articles that have their row, by id."""
        with self._chroma.asking():
            return self._store.stored(sources)

    def texts_like(self, sources: Sequence[Source]) -> list[StoredText]:
        """The texts that are stored under the name of one of these sources, or of the very same
        words.
        """
        with self._chroma.asking():
            return self._store.texts_like(sources)

    def origins(self) -> dict[str, str | None]:
        """Every source that is stored, with its origin (None: no file)."""
        with self._chroma.asking():
            return self._store.origins()

    def source_text(self, article_id: str) -> str:
        """The source text that an article's offsets resolve against. Raises NotFound."""
        with self._chroma.asking():
            return self._store.source_text(article_id)

    def orphans(self, remove: bool = False) -> Orphans:
        """What a killed run has left behind: passages and texts that no article row needs. Removed
        if asked.
        """
        with self._writing() if remove else self._chroma.asking():
            return self._store.orphans(remove)

    def put_texts(self, sources: Sequence[Source]) -> None:
        """Stores source texts, each once."""
        with self._writing(_ROOM_OF_TEXT * sum(len(source.text) for source in sources)):
            self._store.put_texts(sources)

    def put(self, encoded_entries: Sequence[tuple[Entry, Encoded]]) -> None:
        """Stores articles, each in place of the one of its id."""
        sentences = [
            quantised(vectors) for _, encoded in encoded_entries for vectors in encoded.sentences
        ]
        passages = sum(len(entry.passages) for entry, _ in encoded_entries)
        with self._writing(_ROOM_OF_PASSAGE * passages), self._changing():
            self._store.put(encoded_entries, sentences)
            each = iter(sentences)
            for entry, encoded in encoded_entries:
                self._note(entry, tuple(next(each) for _ in entry.passages), encoded.passages)

    def retext(self, texts: Mapping[str, str]) -> None:
        """Points unchanged articles at newer texts of their sources: ids of texts by ids of
        articles.
        """
        with self._writing():
            self._store.retext(texts)

    def remove(self, ids: Sequence[str]) -> None:
        """Removes articles; their source texts go when no article needs them."""
        with self._writing(), self._changing():
            self._store.remove(ids)
            self._written |= dict.fromkeys(ids)

    def keep_texts(self, sources: Collection[str]) -> None:
        """Keeps the texts stored of sources, should others take their place."""
        with self._writing():
            self._store.keep_texts(sources)

    def drop_unused_texts(self, sources: Collection[str]) -> None:
        """Removes the texts of sources that no article points at any more."""
        with self._writing():
            self._store.drop_unused_texts(sources)

    def nearest(
        self, snapshot: Snapshot, vector: Vectors, k: int, allowed: Mask | None = None
    ) -> tuple[Array, Vectors]:
        """The places of the k passages nearest to a vector of shape (dimension,), in the order of a
        snapshot of this corpus, and their cosines, all above 0: shapes (k,), or fewer.

        `allowed` narrows the search to some passages, for a corpus on a server to their articles.
        """
        if not snapshot.passages or (allowed is not None and not allowed.any()):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        if snapshot.vectors is not None:
            return nearest(snapshot.vectors, snapshot.norms, snapshot.signs, vector, k, allowed)
        ids = (
            {snapshot.passages[n].article_id for n in np.flatnonzero(allowed)}
            if allowed is not None
            else set()
        )
        with self._chroma.asking():
            neighbours = self._store.nearest(
                vector, k, ids if 0 < len(ids) < len(snapshot.articles) else None
            )
        known = sorted(
            (snapshot.position[id], cosine)
            for id, cosine in neighbours
            if id in snapshot.position and cosine > 0
        )
        places, cosines = zip(*known, strict=True) if known else ((), ())
        return np.array(places, dtype=np.int64), np.array(cosines, dtype=np.float32)

    def _check(self, embedder: str | None) -> None:
        memory = self._remembered
        if memory and memory.get("format") == FORMAT and embedder in (None, memory.get("embedder")):
            return
        memory = self._store.memory
        if memory.get("format") != FORMAT:
            raise CorpusMismatch(
                f"The corpus has format {memory.get('format')}, and this version reads format"
                f" {FORMAT}. Ingest the articles into a new corpus with --corpus.",
                self._where,
            )
        if embedder is not None and memory.get("embedder") != embedder and self._store.is_empty():
            self._store.remember(embedder=embedder)  # nothing is embedded yet
        elif embedder is not None and memory.get("embedder") != embedder:
            made = str(memory.get("embedder"))
            raise CorpusMismatch(
                f"The corpus was made with the embedder {_model(made)!r}, and {_model(embedder)!r}"
                " is set now. Set RASHOMON_EMBEDDER back, or ingest the articles into a new corpus"
                " with --corpus.",
                f"{self._where}, made with {made}, set is {embedder}",
            )

    def _note(self, entry: Entry, sentences: tuple[Bytes, ...], vectors: Vectors) -> None:
        """Takes down what was written, for the next snapshot."""
        if self._snapshot is not None and self._folder is not None:
            whole = quantised(vectors)
            self._written[entry.article.id] = Holding(
                entry.article, entry.fingerprint, entry.signature, entry.passages, sentences, whole
            )
            if len(self._written) > _WAITING:
                self._stored()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """While something is written. After what fails half-way nothing is known of what the corpus
        holds: it is read anew, and as long as that cannot be, it is what it was before.
        """
        if self._folder is not None and self._snapshot is None:
            self._snapshot = self._kept_snapshot()
        try:
            yield
        except BaseException:
            self._before = self._before or (self._snapshot and self._with_written(self._snapshot))
            self._snapshot, self._written, self._remembered, self._is_new = None, {}, None, False
            raise
        if self._folder is None:
            self._store.remember(revision=uuid.uuid4().hex)


def _model(name: str) -> str:
    """The name of a model without the folder that it lies in, should it be named by that."""
    return Path(name).name


def _owned(folder: Path, url: str | None) -> CorpusLock | None:
    """The claim on a folder, which is made if it is missing, for its owner's eyes only; None where
    a corpus lies there that can be read and not written. Raises CorpusHeld, CorpusUnreachable.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return CorpusLock(folder, url)
    except OSError as error:
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) and (folder / DATABASE).exists():
            return None
        raise CorpusUnreachable(
            f"The corpus cannot be used: {error.strerror}. Choose another with --corpus.", folder
        ) from error
