"""The corpus in Chroma: open, put, remove, read, search by vector. chromadb lives here.

Three collections: `texts` (what every offset resolves against, in pieces), `articles` (one row each, written last) and
`passages`. A passage whose article has no row does not exist for readers, so a run that was killed leaves nothing half-
told.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from vectorstore.copies import groups
from vectorstore.embedder import Vectors
from vectorstore.errors import CorpusMismatch, CorpusUnreachable, NotFound
from vectorstore.owner import Ownership
from vectorstore.records import Article, Entry, Passage, Source, Statement, content_id
from vectorstore.rows import DOCUMENT_BYTES, article_row, passage_row, pieces, read_article, read_passage

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

FORMAT = 1
PAGE = 300  # what a hosted Chroma takes in one write and gives in one answer


@dataclass(frozen=True)
class Snapshot:
    """All that a corpus held at one moment. `version` is made of the contents, so equal corpora have equal versions."""

    version: str
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    signatures: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def article(self) -> Mapping[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def copies(self) -> Mapping[str, tuple[str, ...]]:
        """For each article that stands in several places, the ids of all of them, in the order of articles."""
        return {id: ids for ids in groups(self.signatures) for id in ids}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The index of each passage in `passages`, by its id."""
        return {passage.id: n for n, passage in enumerate(self.passages)}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement once, in the order of articles and places, parents before their children."""
        return tuple({s.id: s for passage in self.passages for s in passage.statements}.values())


@dataclass(frozen=True)
class Stored:
    """What tells whether a stored article is still the same, and which one it is."""

    fingerprint: str
    text_id: str
    title: str
    start: int


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
        self, client: Client, name: str, embedder: str | None, ownership: Ownership | None, where: str
    ) -> None:
        self._client = client
        self._ownership = ownership
        self._where = where
        self.name = name
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._revision = ""
        with _chroma_errors(where):
            self._texts = self._collection(f"{name}-texts", {"format": FORMAT})
            self._passages = self._collection(f"{name}-passages", {"format": FORMAT})
            self._articles = self._collection(
                f"{name}-articles", {"format": FORMAT, "embedder": embedder or "", "revision": ""}
            )
        self._check(embedder)

    @classmethod
    def open(cls, location: str | Path, embedder: str | None, url: str | None = None) -> Corpus:
        """The corpus in a folder (made if missing) or at `http://host:port/name`.

        `embedder` is the name of the model its vectors come from (None: whichever it remembers); `url` is told to other
        processes as the address to use while this one owns the folder. Raises CorpusHeld, CorpusMismatch,
        CorpusUnreachable.
        """
        if is_url(location):
            return cls._open_server(str(location), embedder)
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
            client = _embedded_client(folder)
            undone.callback(client.close)
            opened = cls(client, "rashomon", embedder, ownership, str(folder))
            undone.pop_all()
            return opened

    @classmethod
    def _open_server(cls, url: str, embedder: str | None) -> Corpus:
        return cls(_server_client(url), urlsplit(url).path.strip("/") or "rashomon", embedder, None, url)

    def close(self) -> None:
        """Lets another process own the folder. The corpus is not used after this."""
        if self._ownership is not None:  # a server's client keeps its connections for the next corpus of the process
            self._client.close()
            self._ownership.release()

    def snapshot(self) -> Snapshot:
        """What the corpus holds now; the same object until something changes."""
        with self._lock, _chroma_errors(self._where):
            if self._ownership is None:  # on a server, somebody else may have written
                revision = self._client.get_collection(self._articles.name).metadata["revision"]
                if revision != self._revision:
                    self._snapshot, self._revision = None, revision
            if self._snapshot is None:
                self._snapshot = self._read()
            return self._snapshot

    def entries(self) -> Iterator[Entry]:
        """Every article with all that is stored of it, in order."""
        with self._lock, _chroma_errors(self._where):
            snapshot = self.snapshot()
            rows = {id: row for id, row, _ in _pages(self._articles)}
        for article in snapshot.articles:
            passages = tuple(passage for passage in snapshot.passages if passage.article_id == article.id)
            row = rows[article.id]
            yield Entry(article, passages, row["text_id"], row["fingerprint"], row.get("signature"))

    def sources(self) -> Iterator[Source]:
        """Every source text that is stored."""
        with self._lock, _chroma_errors(self._where):
            parts: dict[str, list[tuple[int, str, Mapping[str, Any]]]] = {}
            for _, row, text in _pages(self._texts):
                parts.setdefault(row["text_id"], []).append((row["n"], text, row))
        for rows in parts.values():
            rows.sort(key=lambda part: part[0])
            facts = rows[0][2]
            yield Source(facts["source"], "".join(text for _, text, _ in rows), facts.get("origin"))

    def stored(self, source: str) -> dict[str, Stored]:
        """The articles of a source that have their row, by id."""
        with _chroma_errors(self._where):
            rows = _pages(self._articles, where={"source": source})
            return {id: Stored(row["fingerprint"], row["text_id"], row["title"], row["start"]) for id, row, _ in rows}

    def same_text(self, source: Source) -> str | None:
        """The name of another source that holds the very same text, or None."""
        with _chroma_errors(self._where):
            for _, row, _ in _pages(self._texts, where={"digest": content_id(source.text)}):
                if row["source"] != source.name:
                    return str(row["source"])
        return None

    def origin_of(self, source: str) -> tuple[str | None, str] | None:
        """The origin and text id under which a source was last stored; None when there is no such source."""
        with _chroma_errors(self._where):
            for _, row, _ in _pages(self._texts, where={"source": source}):
                return row.get("origin"), row["text_id"]
        return None

    def source_text(self, article_id: str) -> str:
        """The source text that an article's offsets resolve against."""
        with _chroma_errors(self._where):
            row = self._articles.get(ids=[article_id], include=["metadatas"])["metadatas"]
            if not row:
                raise NotFound(f"No article has the id {article_id!r}. `rashomon articles` lists them.")
            parts = sorted(
                (part["n"], text) for _, part, text in _pages(self._texts, where={"text_id": row[0]["text_id"]})
            )
        return "".join(text for _, text in parts)

    def orphans(self, remove: bool = False) -> Orphans:
        """What a killed run has left behind: passages and texts that no article row needs. Removed if asked."""
        with self._lock, _chroma_errors(self._where):
            articles = {id: row["text_id"] for id, row, _ in _pages(self._articles)}
            passages = [id for id, row, _ in _pages(self._passages) if row["article_id"] not in articles]
            needed = set(articles.values())
            texts = [id for id, row, _ in _pages(self._texts) if row["text_id"] not in needed and not row.get("kept")]
            for collection, ids in ((self._passages, passages), (self._texts, texts)) if remove else ():
                for at in range(0, len(ids), PAGE):
                    collection.delete(ids=ids[at : at + PAGE])
        return Orphans(len(passages), len(texts))

    def put_text(self, source: Source) -> None:
        """Stores a source text, once."""
        parts = pieces(source.text, DOCUMENT_BYTES)
        shared: dict[str, Any] = {"source": source.name, "text_id": source.text_id, "digest": content_id(source.text)}
        shared |= {"origin": source.origin} if source.origin else {}
        ids = [f"{source.text_id}-{n}" for n in range(len(parts))]
        with self._lock, _chroma_errors(self._where):
            rows = [{**shared, "n": n} for n in range(len(parts))]
            _write(self._texts, ids, [[1.0, 0.0]] * len(parts), parts, rows)

    def put(self, entry: Entry, vectors: Vectors, lead: Vectors) -> None:
        """Stores an article: its passages with their vectors (passages, dimension), then its own row with the vector
        of its lead.
        """
        id = entry.article.id
        with self._lock, _chroma_errors(self._where):
            _delete(self._articles, ids=[id])
            _delete(self._passages, where={"article_id": id})
            texts = [passage.text for passage in entry.passages]
            rows = [passage_row(passage) for passage in entry.passages]
            _write(self._passages, [passage.id for passage in entry.passages], vectors.tolist(), texts, rows)
            _write(self._articles, [id], [lead.tolist()], [entry.article.title], [article_row(entry)])
            self._changed()

    def retext(self, article_id: str, text_id: str) -> None:
        """Points an unchanged article at a newer text of its source."""
        with self._lock, _chroma_errors(self._where):
            self._articles.update(ids=[article_id], metadatas=[{"text_id": text_id}])
            self._changed()

    def remove(self, article_id: str) -> None:
        """Removes an article, its row first; its source text goes when no article needs it."""
        with self._lock, _chroma_errors(self._where):
            rows = self._articles.get(ids=[article_id], include=["metadatas"])["metadatas"] or []
            self._articles.delete(ids=[article_id])
            self._passages.delete(where={"article_id": article_id})
            for row in rows:
                self.drop_unused_texts(str(row["source"]))
            self._changed()

    def keep_texts(self, source: Source) -> None:
        """Keeps the texts stored of a source, should another take their place."""
        with self._lock, _chroma_errors(self._where):
            ids = [id for id, row, _ in _pages(self._texts, where={"source": source.name})]
            for at in range(0, len(ids), PAGE):
                here = ids[at : at + PAGE]
                self._texts.update(ids=here, metadatas=[{"kept": True}] * len(here))

    def drop_unused_texts(self, source: str) -> None:
        """Removes the texts of a source that no article points at any more."""
        with self._lock, _chroma_errors(self._where):
            needed = {stored.text_id for stored in self.stored(source).values()}
            unused = [
                id
                for id, row, _ in _pages(self._texts, where={"source": source})
                if row["text_id"] not in needed and not row.get("kept")
            ]
            if unused:
                self._texts.delete(ids=unused)

    def nearest(self, vector: Vectors, k: int, article_ids: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The ids of the k passages nearest to a vector of shape (dimension,), with cosine similarity, best first.

        `article_ids` narrows the search to these articles; an empty list finds nothing.
        """
        if article_ids is not None and not article_ids:
            return []
        where: Any = {"article_id": {"$in": list(article_ids)}} if article_ids is not None else None
        with self._lock, _chroma_errors(self._where):
            known = self.snapshot().position
            if not known:
                return []
            found = self._passages.query(
                query_embeddings=[vector.tolist()], n_results=min(k, PAGE), where=where, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return [(id, 1.0 - distance) for id, distance in zip(found["ids"][0], distances, strict=True) if id in known]

    def _collection(self, name: str, metadata: dict[str, Any]) -> Collection:
        space = {"hnsw": {"space": "cosine", "ef_search": 200}}
        return self._client.get_or_create_collection(
            name,
            metadata=metadata,
            embedding_function=None,
            configuration=space,  # type: ignore[arg-type]
        )

    def _check(self, embedder: str | None) -> None:
        memory = self._articles.metadata or {}
        if memory.get("format") != FORMAT:
            raise CorpusMismatch(
                f"The corpus {self._where} has format {memory.get('format')}, and this version reads format {FORMAT}. "
                "Ingest the articles into a new corpus with --corpus."
            )
        if embedder is not None and memory.get("embedder") != embedder and not self._articles.count():
            self._articles.modify(metadata={**memory, "embedder": embedder})  # nothing is embedded yet
        elif embedder is not None and memory.get("embedder") != embedder:
            raise CorpusMismatch(
                f"The corpus {self._where} was made with the embedder {memory.get('embedder')!r}, "
                f"and {embedder!r} is set now. "
                "Set RASHOMON_EMBEDDER back, or ingest the articles into a new corpus with --corpus."
            )

    def _read(self) -> Snapshot:
        rows = [(read_article(id, row), row) for id, row, _ in _pages(self._articles)]
        rows.sort(key=lambda pair: (pair[0].key, pair[0].id))
        articles = {article.id: article for article, _ in rows}
        passages = [
            read_passage(id, row, text) for id, row, text in _pages(self._passages) if row["article_id"] in articles
        ]
        passages.sort(key=lambda passage: (passage.source, passage.start, passage.end))
        version = content_id(*(f"{article.id}:{row['fingerprint']}" for article, row in rows))
        signatures = {article.id: row["signature"] for article, row in rows if row.get("signature")}
        return Snapshot(version, tuple(articles.values()), tuple(passages), signatures)

    def _changed(self) -> None:
        self._snapshot = None
        if self._ownership is None:
            self._articles.modify(metadata={**(self._articles.metadata or {}), "revision": uuid.uuid4().hex})


def is_url(location: str | Path) -> bool:
    """Whether a corpus location is a Chroma server's address and not a folder."""
    return str(location).startswith(("http://", "https://"))


def _embedded_client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    with _chroma_errors(str(folder)):
        return cast("Client", chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False)))


def _server_client(url: str) -> Client:
    import chromadb
    from chromadb.config import Settings

    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        client = chromadb.HttpClient(
            host=parts.hostname or "localhost",
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
    except ValueError as error:
        raise CorpusUnreachable(
            f"No Chroma server answers at {url}. Start it (`chroma run`), or name another corpus with --corpus."
        ) from error
    return cast("Client", client)


def _write(
    collection: Collection, ids: Sequence[str], vectors: Sequence[Any], texts: Sequence[str], rows: Sequence[Any]
) -> None:
    """Writes rows in place of any of the same ids: `add` would ignore them and `upsert` would keep their stale keys."""
    for at in range(0, len(ids), PAGE):
        here = slice(at, at + PAGE)
        _delete(collection, ids=list(ids[here]))
        collection.add(
            ids=list(ids[here]), embeddings=list(vectors[here]), documents=list(texts[here]), metadatas=list(rows[here])
        )


def _delete(collection: Collection, ids: Any = None, where: Any = None) -> None:
    """Deletes rows if there are any: looking takes a millisecond, and a delete of nothing writes to the disk too."""
    if collection.get(ids=ids, where=where, limit=1, include=[])["ids"]:
        collection.delete(ids=ids, where=where)


def _pages(collection: Collection, where: Any = None) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Every row of a collection that fits: its id, metadata and document."""
    offset = 0
    while True:
        page = collection.get(where=where, limit=PAGE, offset=offset, include=["metadatas", "documents"])
        yield from zip(page["ids"], page["metadatas"] or [], page["documents"] or [], strict=True)
        if len(page["ids"]) < PAGE:
            return
        offset += PAGE


@contextmanager
def _chroma_errors(where: str) -> Iterator[None]:
    """Turns what Chroma and its HTTP client raise into CorpusUnreachable."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, json.JSONDecodeError) as error:
        raise CorpusUnreachable(
            f"The corpus {where} does not answer ({type(error).__name__}: {error}). Check the folder or the server."
        ) from error
