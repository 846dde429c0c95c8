"""The corpus: open, put, remove, read, search by vector.

Three collections: `texts` (what every offset resolves against, in pieces), `articles` (one row each, written last) and
`passages`. A passage whose article has no row does not exist for readers, so a run that was killed leaves nothing
half-told.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vectorstore.chroma import (
    PAGE,
    chroma_errors,
    delete_rows,
    embedded_client,
    facts_of,
    open_collection,
    pages_of,
    server_client,
    write_rows,
)
from vectorstore.embedder import Encoded, Vectors, packed
from vectorstore.errors import CorpusMismatch, CorpusUnreachable, NotFound
from vectorstore.overlay import CORRECTIONS, Stamp, read_overlay, stamp_of
from vectorstore.owner import Ownership
from vectorstore.records import Entry, Passage, Source, content_id
from vectorstore.rows import (
    DOCUMENT_BYTES,
    article_row,
    passage_row,
    pieces,
    read_article,
    read_passage,
    read_sentences,
)
from vectorstore.snapshot import Snapshot

if TYPE_CHECKING:
    from chromadb.api.client import Client

FORMAT = 1


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
        client: Client,
        name: str,
        embedder: str | None,
        ownership: Ownership | None,
        where: str,
        beside: Path | None = None,
    ) -> None:
        self._client = client
        self._ownership = ownership
        self._where = where
        self.name = name
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._beside = beside
        self._shown: tuple[Snapshot, Stamp, Snapshot] | None = None  # what was read, what lay beside it, both together
        self._revision = ""
        with chroma_errors(where):
            self._texts = open_collection(client, f"{name}-texts", {"format": FORMAT})
            self._passages = open_collection(client, f"{name}-passages", {"format": FORMAT})
            self._articles = open_collection(
                client, f"{name}-articles", {"format": FORMAT, "embedder": embedder or "", "revision": ""}
            )
        self._check(embedder)

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
            return cls._open_server(str(location), embedder, beside)
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
            client = embedded_client(folder)
            undone.callback(client.close)
            opened = cls(client, "rashomon", embedder, ownership, str(folder), beside or folder)
            undone.pop_all()
            return opened

    @classmethod
    def _open_server(cls, url: str, embedder: str | None, beside: Path | None) -> Corpus:
        return cls(server_client(url), urlsplit(url).path.strip("/") or "rashomon", embedder, None, url, beside)

    def close(self) -> None:
        """Lets another process own the folder. The corpus is not used after this."""
        if self._ownership is not None:  # a server's client keeps its connections for the next corpus of the process
            self._client.close()
            self._ownership.release()

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
            if self._ownership is None:  # on a server, somebody else may have written
                revision = self._client.get_collection(self._articles.name).metadata["revision"]
                if revision != self._revision:
                    self._snapshot, self._revision = None, revision
            if self._snapshot is None:
                self._snapshot = self._read()
            return self._snapshot

    def entries(self) -> Iterator[Entry]:
        """Every article with all that is stored of it, in order."""
        with self._lock, chroma_errors(self._where):
            snapshot = self._stored()
            rows = dict(facts_of(self._articles))
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
            for _, row, text in pages_of(self._texts):
                parts.setdefault(row["text_id"], []).append((row["n"], text, row))
        for rows in parts.values():
            rows.sort(key=lambda part: part[0])
            facts = rows[0][2]
            yield Source(facts["source"], "".join(text for _, text, _ in rows), facts.get("origin"))

    def stored(self, source: str) -> dict[str, Stored]:
        """The articles of a source that have their row, by id."""
        with chroma_errors(self._where):
            rows = facts_of(self._articles, where={"source": source})
            return {id: Stored(row["fingerprint"], row["text_id"], row["title"]) for id, row in rows}

    def same_text(self, source: Source) -> str | None:
        """The name of another source whose articles are of the very same text, or None."""
        with chroma_errors(self._where):
            for _, row in facts_of(self._texts, where={"digest": content_id(source.text)}):
                held = self._articles.get(where={"text_id": row["text_id"]}, limit=1, include=[])["ids"]
                if held and row["source"] != source.name:
                    return str(row["source"])
        return None

    def origins(self) -> dict[str, str | None]:
        """Every source that is stored, with its origin (None: no file)."""
        with chroma_errors(self._where):
            return {row["source"]: row.get("origin") for _, row in facts_of(self._texts, where={"n": 0})}

    def is_of_another(self, name: str, origin: str | None) -> bool:
        """Whether a source of this name is stored that came from another file."""
        with chroma_errors(self._where):
            return any(row.get("origin") != origin for _, row in facts_of(self._texts, where={"source": name}))

    def source_text(self, article_id: str) -> str:
        """The source text that an article's offsets resolve against."""
        with chroma_errors(self._where):
            row = self._articles.get(ids=[article_id], include=["metadatas"])["metadatas"]
            if not row:
                raise NotFound(f"No article has the id {article_id!r}. `rashomon articles` lists them.")
            parts = sorted(
                (part["n"], text) for _, part, text in pages_of(self._texts, where={"text_id": row[0]["text_id"]})
            )
        return "".join(text for _, text in parts)

    def orphans(self, remove: bool = False) -> Orphans:
        """What a killed run has left behind: passages and texts that no article row needs. Removed if asked."""
        with self._lock, chroma_errors(self._where):
            articles = {id: row["text_id"] for id, row in facts_of(self._articles)}
            passages = [id for id, row in facts_of(self._passages) if row["article_id"] not in articles]
            needed = set(articles.values())
            texts = [id for id, row in facts_of(self._texts) if row["text_id"] not in needed and not row.get("kept")]
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
        with self._lock, chroma_errors(self._where):
            rows = [{**shared, "n": n} for n in range(len(parts))]
            write_rows(self._texts, ids, [[1.0, 0.0]] * len(parts), parts, rows)

    def put(self, entry: Entry, encoded: Encoded) -> None:
        """Stores an article: its passages with their vectors and those of their sentences, then its own row with the
        vector of its lead.

        A row of the same id goes first, so that no reader meets an article with half of its passages.
        """
        id = entry.article.id
        with self._lock, chroma_errors(self._where):
            delete_rows(self._articles, ids=[id])
            delete_rows(self._passages, where={"article_id": id})
            texts = [passage.text for passage in entry.passages]
            rows = [
                passage_row(passage, packed(told))
                for passage, told in zip(entry.passages, encoded.sentences, strict=True)
            ]
            ids = [passage.id for passage in entry.passages]
            write_rows(self._passages, ids, encoded.passages.tolist(), texts, rows)
            write_rows(self._articles, [id], [encoded.lead.tolist()], [entry.article.title], [article_row(entry)])
            self._changed()

    def retext(self, article_id: str, text_id: str) -> None:
        """Points an unchanged article at a newer text of its source."""
        with self._lock, chroma_errors(self._where):
            self._articles.update(ids=[article_id], metadatas=[{"text_id": text_id}])
            self._changed()

    def remove(self, article_id: str) -> None:
        """Removes an article, its row first; its source text goes when no article needs it."""
        with self._lock, chroma_errors(self._where):
            rows = self._articles.get(ids=[article_id], include=["metadatas"])["metadatas"] or []
            self._articles.delete(ids=[article_id])
            self._passages.delete(where={"article_id": article_id})
            for row in rows:
                self.drop_unused_texts(str(row["source"]))
            self._changed()

    def keep_texts(self, source: Source) -> None:
        """Keeps the texts stored of a source, should another take their place."""
        with self._lock, chroma_errors(self._where):
            ids = [id for id, _ in facts_of(self._texts, where={"source": source.name})]
            for at in range(0, len(ids), PAGE):
                here = ids[at : at + PAGE]
                self._texts.update(ids=here, metadatas=[{"kept": True}] * len(here))

    def drop_unused_texts(self, source: str) -> None:
        """Removes the texts of a source that no article points at any more."""
        with self._lock, chroma_errors(self._where):
            needed = {stored.text_id for stored in self.stored(source).values()}
            unused = [
                id
                for id, row in facts_of(self._texts, where={"source": source})
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
        with self._lock, chroma_errors(self._where):
            known = self._stored().position
            if not known:
                return []
            found = self._passages.query(
                query_embeddings=[vector.tolist()], n_results=min(k, PAGE), where=where, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return [(id, 1.0 - distance) for id, distance in zip(found["ids"][0], distances, strict=True) if id in known]

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
        rows = [(read_article(id, row), row) for id, row in facts_of(self._articles)]
        rows.sort(key=lambda pair: (pair[0].key, pair[0].id))
        articles = {article.id: article for article, _ in rows}
        read = [
            (read_passage(id, row, text), read_sentences(row))
            for id, row, text in pages_of(self._passages)
            if row["article_id"] in articles
        ]
        read.sort(key=lambda pair: (pair[0].source, pair[0].start, pair[0].end))
        version = content_id(*(f"{article.id}:{row['fingerprint']}" for article, row in rows))
        signatures = {article.id: row["signature"] for article, row in rows if row.get("signature")}
        sentences = {passage.id: vectors for passage, vectors in read if vectors}
        return Snapshot(version, tuple(articles.values()), tuple(passage for passage, _ in read), signatures, sentences)

    def _changed(self) -> None:
        self._snapshot = None
        if self._ownership is None:
            self._articles.modify(metadata={**(self._articles.metadata or {}), "revision": uuid.uuid4().hex})


def is_url(location: str | Path) -> bool:
    """Whether a corpus location is a Chroma server's address and not a folder."""
    return str(location).startswith(("http://", "https://"))
