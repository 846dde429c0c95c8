"""The corpus: open, put, remove, read, search by vector.

An article's row is written last. A passage whose article has no row does not exist for readers, so a run that was
killed leaves nothing half-told.

What an embedded corpus holds is kept beside it as arrays too (`vectorstore.kept`): who only reads needs no Chroma.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from vectorstore.chroma import (
    PAGE,
    Tables,
    chroma_errors,
    delete_rows,
    embedded_client,
    facts_of,
    pages_of,
    server_client,
    vectors_of,
    write_rows,
)
from vectorstore.embedder import Encoded, Vectors
from vectorstore.errors import CorpusMismatch, CorpusUnreachable, NotFound
from vectorstore.kept import Kept
from vectorstore.kept_snapshot import kept_snapshot, snapshot_arrays
from vectorstore.location import is_url
from vectorstore.overlay import CORRECTIONS, Stamp, read_overlay, stamp_of
from vectorstore.owner import Ownership
from vectorstore.quantised import Bytes, cosines, most_alike, quantised
from vectorstore.ranking import first
from vectorstore.records import Entry, Passage, Source, content_id
from vectorstore.rows import (
    DOCUMENT_BYTES,
    FORMAT,
    article_row,
    passage_row,
    pieces,
    read_article,
    read_passage,
    read_sentences,
)
from vectorstore.snapshot import NOTHING, Holding, Snapshot

if TYPE_CHECKING:
    from chromadb.api.client import Client

_DATABASE = "chroma.sqlite3"  # of an embedded corpus: it changes whenever Chroma writes
_KEPT, _SNAPSHOT = "kept", "snapshot"  # the folder beside it, and what it holds there
_UNREAD = replace(NOTHING, vectors=None)  # of a corpus on a server
_FEW = 0.2  # share of the passages up to which all that are searched are compared
_MANY = 20_000  # passages from which on only those are compared that are `_TIMES` as many as are wanted, by their signs
_TIMES = 12
_WAITING = 1000  # articles written since the last snapshot that are held in memory for the next

Mask = NDArray[np.bool_]
_Row = tuple[Passage, Bytes, Vectors | None]  # a passage, with the vectors of its sentences and its own


@dataclass(frozen=True)
class Stored:
    """What tells whether a stored article is still the same, and which one it is."""

    fingerprint: str
    text_id: str
    title: str


@dataclass(frozen=True)
class Orphans:
    """How many rows of a corpus nothing needs."""

    passages: int
    texts: int

    def __bool__(self) -> bool:
        return bool(self.passages or self.texts)


class Corpus:
    """One named corpus in an embedded folder or on a Chroma server. Safe for threads of one process."""

    def __init__(
        self,
        connect: Callable[[], Client],
        name: str,
        embedder: str | None,
        ownership: Ownership | None,
        where: str,
        folder: Path | None = None,
        beside: Path | None = None,
    ) -> None:
        """Connects when it must: not for reading what is kept in the `folder` of an embedded corpus."""
        self._connect = connect
        self._embedder = embedder
        self._ownership = ownership
        self._where = where
        self._folder = folder
        self._beside = beside
        self.name = name
        self.kept = Kept(folder / _KEPT if folder else None)
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None  # what was stored, as of the last reading
        self._written: dict[str, Holding | None] = {}  # since then; None for an article that is gone
        self._shown: tuple[Snapshot, Stamp, Snapshot] | None = None  # what was read, what lay beside it, both together
        self._revision = ""
        self._is_new = folder is not None and not (folder / _DATABASE).exists()
        self._remembered = self._kept_memory()  # None as well after a writing that failed

    @classmethod
    def open(
        cls, location: str | Path, embedder: str | None, url: str | None = None, beside: Path | None = None
    ) -> Corpus:
        """The corpus in a folder (made if missing) or at `http://host:port/name`.

        `beside` is the folder of what people write about it (aliases, corrections): the corpus' own, or for one on a
        server any other.

        `embedder` is the name of the model its vectors come from (None: whichever it remembers); `url` is told to other
        processes as the address to use while this one owns the folder. Raises CorpusHeld, CorpusMismatch,
        CorpusUnreachable.
        """
        if is_url(location):
            name = urlsplit(str(location)).path.strip("/") or "rashomon"
            opened = cls(lambda: server_client(str(location)), name, embedder, None, str(location), None, beside)
            opened._check(embedder)
            return opened
        folder = Path(location)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            ownership = Ownership(folder, url)
        except OSError as error:
            raise CorpusUnreachable(
                f"The corpus folder {folder} cannot be used: {error.strerror}. Choose another with --corpus."
            ) from error
        with ExitStack() as undone:
            undone.callback(ownership.release)
            opened = cls(
                lambda: embedded_client(folder),
                "rashomon",
                embedder,
                ownership,
                str(folder),
                folder,
                beside or folder,
            )
            undone.callback(opened._disconnect)
            opened._check(embedder)
            undone.pop_all()
            return opened

    def close(self) -> None:
        """Lets another process own the folder, and keeps beside it what it holds. The corpus is not used after this."""
        if self._ownership is None:  # a server's client keeps its connections for the next corpus of the process
            return
        try:
            if self._is_connected:
                with suppress(CorpusUnreachable):
                    snapshot, memory = self._stored(), dict(self._tables.memory)
                    self._disconnect()
                    told = json.dumps({"memory": memory, "database": self._database_stamp()})
                    self.kept.keep(_SNAPSHOT, told, snapshot_arrays(snapshot))
        finally:
            self._disconnect()
            self._ownership.release()

    @cached_property
    def _client(self) -> Client:
        return self._connect()

    @cached_property
    def _tables(self) -> Tables:
        with self._lock, chroma_errors(self._where):
            return Tables.open(self._client, self.name, self._embedder)

    @property
    def _is_connected(self) -> bool:
        return "_client" in self.__dict__

    def _disconnect(self) -> None:
        if self._is_connected:
            self._client.close()
            del self._client

    def _database_stamp(self) -> list[int]:
        stat = (self._folder / _DATABASE).stat() if self._folder else None
        return [stat.st_mtime_ns, stat.st_size] if stat else []

    def snapshot(self) -> Snapshot:
        """What the corpus holds now, under the names and with the corrections that lie beside it; the same object until
        something changes.
        """
        with self._lock:
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
        with self._lock, chroma_errors(self._where):
            if self._ownership is None:
                self._snapshot = self._refreshed(self._snapshot)
            elif self._snapshot is None:
                self._snapshot = self._kept_snapshot() or NOTHING.having(
                    self._read(dict(facts_of(self._tables.articles)))
                )
            elif self._written:
                added = [holding for holding in self._written.values() if holding]
                self._snapshot = self._snapshot.having(added, self._written.keys())
            self._written = {}
            return self._snapshot

    def _refreshed(self, before: Snapshot | None) -> Snapshot:
        """What a corpus on a server holds, where somebody else may have written: only what differs is read."""
        articles = self._client.get_collection(self._tables.articles.name)
        revision = (articles.metadata or {})["revision"]
        if before is not None and revision == self._revision:
            return before
        known = {} if before is None else before.fingerprints
        rows = dict(facts_of(articles))
        differs = [id for id, row in rows.items() if known.get(id) != row["fingerprint"]]
        added = self._read(rows, None if before is None else differs)
        self._revision = revision
        return (before or _UNREAD).having(added, known.keys() - rows.keys())

    def _kept_snapshot(self) -> Snapshot | None:
        """What the corpus held when it was opened, as it is kept beside it; None where that is not known."""
        if self._is_new:
            return NOTHING
        found = self.kept.last(_SNAPSHOT) if self._remembered else None
        try:
            return kept_snapshot(found.arrays) if found else None
        except (KeyError, ValueError):  # what is not as it was written is read anew
            return None

    def _kept_memory(self) -> Mapping[str, Any] | None:
        """What the corpus remembers of itself, as it is kept; None when Chroma has written since."""
        found = self.kept.last(_SNAPSHOT)
        with suppress(ValueError, OSError, KeyError):
            told = json.loads(found.version) if found else {}
            if told and told["database"] == self._database_stamp():
                return dict(told["memory"])
        return None

    def entries(self) -> Iterator[Entry]:
        """Every article with all that is stored of it, in order."""
        with self._lock, chroma_errors(self._where):
            snapshot = self._stored()
            rows = dict(facts_of(self._tables.articles))
        passages: dict[str, list[Passage]] = {}
        for passage in snapshot.passages:
            passages.setdefault(passage.article_id, []).append(passage)
        for article in snapshot.articles:
            row, own = rows[article.id], tuple(passages.get(article.id, ()))
            yield Entry(article, own, row["text_id"], row["fingerprint"], row.get("signature"))

    def sources(self) -> Iterator[Source]:
        """Every source text that is stored."""
        with self._lock, chroma_errors(self._where):
            parts: dict[str, list[tuple[int, str, Mapping[str, Any]]]] = {}
            for _, row, text in pages_of(self._tables.texts):
                parts.setdefault(row["text_id"], []).append((row["n"], text, row))
        for rows in parts.values():
            rows.sort(key=lambda part: part[0])
            facts = rows[0][2]
            yield Source(facts["source"], "".join(text for _, text, _ in rows), facts.get("origin"))

    def stored(self, source: str) -> dict[str, Stored]:
        """The articles of a source that have their row, by id."""
        with chroma_errors(self._where):
            rows = facts_of(self._tables.articles, where={"source": source})
            return {id: Stored(row["fingerprint"], row["text_id"], row["title"]) for id, row in rows}

    def same_text(self, source: Source) -> str | None:
        """The name of another source whose articles are of the very same text, or None."""
        with chroma_errors(self._where):
            for _, row in facts_of(self._tables.texts, where={"digest": content_id(source.text)}):
                held = self._tables.articles.get(where={"text_id": row["text_id"]}, limit=1, include=[])["ids"]
                if held and row["source"] != source.name:
                    return str(row["source"])
        return None

    def origins(self) -> dict[str, str | None]:
        """Every source that is stored, with its origin (None: no file)."""
        with chroma_errors(self._where):
            return {row["source"]: row.get("origin") for _, row in facts_of(self._tables.texts, where={"n": 0})}

    def is_of_another(self, name: str, origin: str | None) -> bool:
        """Whether a source of this name is stored that came from another file."""
        with chroma_errors(self._where):
            return any(row.get("origin") != origin for _, row in facts_of(self._tables.texts, where={"source": name}))

    def source_text(self, article_id: str) -> str:
        """The source text that an article's offsets resolve against."""
        with chroma_errors(self._where):
            row = self._tables.articles.get(ids=[article_id], include=["metadatas"])["metadatas"]
            if not row:
                raise NotFound(f"No article has the id {article_id!r}. `rashomon articles` lists them.")
            parts = sorted(
                (part["n"], text)
                for _, part, text in pages_of(self._tables.texts, where={"text_id": row[0]["text_id"]})
            )
        return "".join(text for _, text in parts)

    def orphans(self, remove: bool = False) -> Orphans:
        """What a killed run has left behind: passages and texts that no article row needs. Removed if asked."""
        with self._lock, chroma_errors(self._where):
            articles = {id: row["text_id"] for id, row in facts_of(self._tables.articles)}
            passages = [id for id, row in facts_of(self._tables.passages) if row["article_id"] not in articles]
            needed = set(articles.values())
            texts = [
                id for id, row in facts_of(self._tables.texts) if row["text_id"] not in needed and not row.get("kept")
            ]
            for collection, ids in ((self._tables.passages, passages), (self._tables.texts, texts)) if remove else ():
                for at in range(0, len(ids), PAGE):
                    collection.delete(ids=ids[at : at + PAGE])
        return Orphans(len(passages), len(texts))

    def put_text(self, source: Source) -> None:
        """Stores a source text, once."""
        self.put_texts([source])

    def put_texts(self, sources: Sequence[Source]) -> None:
        """Stores source texts, each once."""
        ids, parts, rows = list[str](), list[str](), list[dict[str, Any]]()
        for source in sources:
            own = pieces(source.text, DOCUMENT_BYTES)
            facts = {"source": source.name, "text_id": source.text_id, "digest": content_id(source.text)}
            shared = facts | ({"origin": source.origin} if source.origin else {})
            ids += [f"{source.text_id}-{n}" for n in range(len(own))]
            rows += [{**shared, "n": n} for n in range(len(own))]
            parts += own
        with self._lock, chroma_errors(self._where):
            write_rows(self._tables.texts, ids, [[1.0, 0.0]] * len(ids), parts, rows)

    def put(self, entry: Entry, encoded: Encoded) -> None:
        """Stores an article, as `put_all` does."""
        self.put_all([(entry, encoded)])

    def put_all(self, told: Sequence[tuple[Entry, Encoded]]) -> None:
        """Stores articles: their passages with their vectors and those of their sentences, then their own rows with the
        vectors of their leads.

        Rows of the same ids go first, so that no reader meets an article with half of its passages.
        """
        tables, ids = self._tables, [entry.article.id for entry, _ in told]
        with self._lock, self._changing(), chroma_errors(self._where):
            delete_rows(tables.articles, ids=ids)
            delete_rows(tables.passages, where={"article_id": {"$in": ids}})
            passages = [passage for entry, _ in told for passage in entry.passages]
            sentences = [quantised(vectors) for _, encoded in told for vectors in encoded.sentences]
            write_rows(
                tables.passages,
                [passage.id for passage in passages],
                [row for _, encoded in told for row in encoded.passages],
                [passage.text for passage in passages],
                [passage_row(passage, content) for passage, content in zip(passages, sentences, strict=True)],
            )
            leads, titles = [encoded.lead for _, encoded in told], [entry.article.title for entry, _ in told]
            write_rows(tables.articles, ids, leads, titles, [article_row(entry) for entry, _ in told])
            each = iter(sentences)
            for entry, encoded in told:
                own = tuple(next(each) for _ in entry.passages)
                self._note(entry, own, encoded.passages)

    def retext(self, article_id: str, text_id: str) -> None:
        """Points an unchanged article at a newer text of its source."""
        with self._lock, chroma_errors(self._where):
            self._tables.articles.update(ids=[article_id], metadatas=[{"text_id": text_id}])

    def remove(self, article_id: str) -> None:
        """Removes an article, its row first; its source text goes when no article needs it."""
        with self._lock, self._changing(), chroma_errors(self._where):
            rows = self._tables.articles.get(ids=[article_id], include=["metadatas"])["metadatas"] or []
            self._tables.articles.delete(ids=[article_id])
            self._tables.passages.delete(where={"article_id": article_id})
            for row in rows:
                self.drop_unused_texts(str(row["source"]))
            self._written[article_id] = None

    def keep_texts(self, source: Source) -> None:
        """Keeps the texts stored of a source, should another take their place."""
        with self._lock, chroma_errors(self._where):
            ids = [id for id, _ in facts_of(self._tables.texts, where={"source": source.name})]
            for at in range(0, len(ids), PAGE):
                here = ids[at : at + PAGE]
                self._tables.texts.update(ids=here, metadatas=[{"kept": True}] * len(here))

    def drop_unused_texts(self, source: str) -> None:
        """Removes the texts of a source that no article points at any more."""
        with self._lock, chroma_errors(self._where):
            needed = {stored.text_id for stored in self.stored(source).values()}
            unused = [
                id
                for id, row in facts_of(self._tables.texts, where={"source": source})
                if row["text_id"] not in needed and not row.get("kept")
            ]
            if unused:
                self._tables.texts.delete(ids=unused)

    def nearest(self, snapshot: Snapshot, vector: Vectors, k: int, allowed: Mask | None = None) -> NDArray[np.float32]:
        """The cosine with a vector of shape (dimension,) of the k passages nearest to it, 0 for the others: shape
        (passages,), in the order of a snapshot of this corpus.

        `allowed` narrows the search to some passages, for a corpus on a server to their articles.
        """
        found = np.zeros(len(snapshot.passages), dtype=np.float32)
        if not len(found) or (allowed is not None and not allowed.any()):
            return found
        if snapshot.vectors is None:
            return self._asked(snapshot, vector, k, allowed, found)
        if allowed is not None and allowed.sum() < len(found) * _FEW:
            places = np.flatnonzero(allowed)
        elif len(found) > _MANY:
            places = most_alike(snapshot.signs, vector, k * _TIMES, allowed)
        else:
            places = np.arange(len(found)) if allowed is None else np.flatnonzero(allowed)
        near = cosines(snapshot.vectors[places], vector, snapshot.norms[places])
        best = first(near, k)
        found[places[best]] = near[best]
        return found

    def _asked(
        self, snapshot: Snapshot, vector: Vectors, k: int, allowed: Mask | None, found: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The same where the server compares."""
        ids = {snapshot.passages[n].article_id for n in np.flatnonzero(allowed)} if allowed is not None else set()
        where: Any = {"article_id": {"$in": sorted(ids)}} if 0 < len(ids) < len(snapshot.articles) else None
        with self._lock, chroma_errors(self._where):
            told = self._tables.passages.query(
                query_embeddings=[vector.tolist()], n_results=min(k, PAGE), where=where, include=["distances"]
            )
        for id, distance in zip(told["ids"][0], (told["distances"] or [[]])[0], strict=True):
            if (n := snapshot.position.get(id)) is not None:
                found[n] = max(0.0, 1.0 - distance)
        return found

    def _check(self, embedder: str | None) -> None:
        memory = self._remembered
        if memory and memory.get("format") == FORMAT and embedder in (None, memory.get("embedder")):
            return
        memory = self._tables.memory
        if memory.get("format") != FORMAT:
            raise CorpusMismatch(
                f"The corpus {self._where} has format {memory.get('format')}, and this version reads format {FORMAT}. "
                "Ingest the articles into a new corpus with --corpus."
            )
        if embedder is not None and memory.get("embedder") != embedder and not self._tables.articles.count():
            self._tables.remember(embedder=embedder)  # nothing is embedded yet
        elif embedder is not None and memory.get("embedder") != embedder:
            raise CorpusMismatch(
                f"The corpus {self._where} was made with the embedder {memory.get('embedder')!r}, "
                f"and {embedder!r} is set now. "
                "Set RASHOMON_EMBEDDER back, or ingest the articles into a new corpus with --corpus."
            )

    def _read(self, rows: Mapping[str, Mapping[str, Any]], ids: Sequence[str] | None = None) -> list[Holding]:
        """The articles of these rows as they are stored; `ids` are those of them to read (None: all)."""
        parts: list[Any] = [None]
        if ids is not None:
            parts = [{"article_id": {"$in": list(ids[at : at + PAGE])}} for at in range(0, len(ids), PAGE)]
        told: dict[str, list[_Row]] = {id: [] for id in (rows if ids is None else ids)}
        for id, row, text, vector in chain.from_iterable(map(self._passage_rows, parts)):
            if row["article_id"] in told:  # else its article was never finished
                told[row["article_id"]].append((read_passage(id, row, text), read_sentences(row), vector))
        return [_holding(id, rows[id], own) for id, own in told.items()]

    def _passage_rows(self, where: Any) -> Iterator[tuple[str, Mapping[str, Any], str, Vectors | None]]:
        """The rows of passages; without their vectors on a server, which compares them there."""
        if self._ownership is not None:
            yield from vectors_of(self._tables.passages, where)
        else:
            yield from ((*row, None) for row in pages_of(self._tables.passages, where))

    def _note(self, entry: Entry, sentences: tuple[Bytes, ...], vectors: Vectors) -> None:
        """Takes down what was written, for the next snapshot."""
        if self._snapshot is not None and self._ownership is not None:
            told = quantised(vectors)
            self._written[entry.article.id] = Holding(
                entry.article, entry.fingerprint, entry.signature, entry.passages, sentences, told
            )
            if len(self._written) > _WAITING:
                self._stored()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """While something is written. After what fails half-way nothing is known of what the corpus holds."""
        if self._ownership is not None and self._snapshot is None:
            self._snapshot = self._kept_snapshot()
        try:
            yield
        except BaseException:
            self._snapshot, self._written, self._remembered, self._is_new = None, {}, None, False
            raise
        if self._ownership is None:
            self._tables.remember(revision=uuid.uuid4().hex)


def _holding(id: str, row: Mapping[str, Any], told: Sequence[_Row]) -> Holding:
    passages, sentences, vectors = zip(*told, strict=True) if told else ((), (), ())
    rows = NOTHING.vectors if not told else None if vectors[0] is None else quantised(np.stack(vectors))
    return Holding(read_article(id, row), row["fingerprint"], row.get("signature"), passages, sentences, rows)
