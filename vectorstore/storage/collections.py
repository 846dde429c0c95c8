"""The rows of one corpus in Chroma, read and written as records. It remembers nothing of what it
has read.

An article's row is written last. A passage whose article has no row does not exist for readers, so
a run that was killed leaves nothing half-told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.embedders.base import Encoded, Vectors
from vectorstore.errors import NotFound
from vectorstore.records import Entry, Passage, Source, content_id
from vectorstore.search.vectors import Bytes, quantised
from vectorstore.storage.chroma import (
    PAGE,
    delete_rows,
    facts_of,
    open_collection,
    pages_of,
    vectors_of,
    write_rows,
)
from vectorstore.storage.rows import (
    DOCUMENT_BYTES,
    FORMAT,
    article_row,
    passage_row,
    pieces,
    read_article,
    read_passage,
    read_sentences,
)
from vectorstore.storage.snapshot import NOTHING, Holding

if TYPE_CHECKING:
    from chromadb.api.client import Client

Row = Mapping[str, Any]
# a passage, with the vectors of its sentences and its own
_Told = tuple[Passage, Bytes, Vectors | None]


@dataclass(frozen=True)
class Stored:
    """What tells whether a stored article is still the same, and which one it is."""

    fingerprint: str
    text_id: str
    title: str


@dataclass(frozen=True)
class StoredText:
    """A source text that is stored: the name and the origin of its source, and the digest of its
    words.
    """

    source: str
    text_id: str
    digest: str
    origin: str | None = None


@dataclass(frozen=True)
class Orphans:
    """How many rows of a corpus nothing needs."""

    passages: int
    texts: int

    def __bool__(self) -> bool:
        return bool(self.passages or self.texts)


class Store:
    """Three collections: the texts that every offset resolves against, in pieces; a row for each
    article; and the passages.
    """

    def __init__(self, client: Client, name: str, embedder: str | None) -> None:
        """Those of a name, made when they are not there."""
        memory = {"format": FORMAT, "embedder": embedder or "", "revision": ""}
        self._client = client
        self._texts = open_collection(client, f"{name}-texts", {"format": FORMAT})
        self._passages = open_collection(client, f"{name}-passages", {"format": FORMAT})
        self._articles = open_collection(client, f"{name}-articles", memory)

    @property
    def memory(self) -> Row:
        """What the corpus remembers of itself: its format, its embedder, and on a server its
        revision.
        """
        return self._articles.metadata or {}

    def remember(self, **facts: str) -> None:
        self._articles.modify(metadata={**self.memory, **facts})

    def revision(self) -> str:
        """The revision that was remembered last, by whomever."""
        return str((self._client.get_collection(self._articles.name).metadata or {})["revision"])

    def articles(self) -> dict[str, Row]:
        """The row of every article, by its id."""
        return dict(facts_of(self._articles))

    def is_empty(self) -> bool:
        return not self._articles.count()

    def holdings(
        self, rows: Mapping[str, Row], with_vectors: bool, ids: Sequence[str] | None = None
    ) -> list[Holding]:
        """The articles with these rows and all that is theirs; `ids` are those to read (None:
        all).
        """
        parts: list[Any] = [None]
        if ids is not None:
            parts = [{"article_id": {"$in": list(page)}} for page in _paged(ids)]
        parts_of: dict[str, list[_Told]] = {id: [] for id in (rows if ids is None else ids)}
        for id, row, text, vector in chain.from_iterable(
            self._passage_rows(part, with_vectors) for part in parts
        ):
            if row["article_id"] in parts_of:  # else its article was never finished
                parts_of[row["article_id"]].append(
                    (read_passage(id, row, text), read_sentences(row), vector)
                )
        return [_holding(id, rows[id], of_article) for id, of_article in parts_of.items()]

    def _passage_rows(
        self, where: Any, with_vectors: bool
    ) -> Iterator[tuple[str, Row, str, Vectors | None]]:
        if with_vectors:
            yield from vectors_of(self._passages, where)
        else:
            yield from ((*row, None) for row in pages_of(self._passages, where))

    def sources(self) -> Iterator[Source]:
        """Every source text that is stored."""
        parts: dict[str, list[tuple[int, str, Row]]] = {}
        for _, row, text in pages_of(self._texts):
            parts.setdefault(row["text_id"], []).append((row["n"], text, row))
        for rows in parts.values():
            rows.sort(key=lambda part: part[0])
            facts = rows[0][2]
            yield Source(facts["source"], "".join(text for _, text, _ in rows), facts.get("origin"))

    def source_text(self, article_id: str) -> str:
        """The source text that an article's offsets resolve against. Raises NotFound."""
        row = self._articles.get(ids=[article_id], include=["metadatas"])["metadatas"]
        if not row:
            raise NotFound(f"No article has the id {article_id!r}. `rashomon articles` lists them.")
        rows = pages_of(self._texts, where={"text_id": row[0]["text_id"]})
        return "".join(text for _, text in sorted((part["n"], text) for _, part, text in rows))

    def stored(self, sources: Collection[str]) -> dict[str, dict[str, Stored]]:
        """For each of these sources its articles that have their row, by id."""
        stored_in: dict[str, dict[str, Stored]] = {source: {} for source in sources}
        for page in _paged(sorted(sources)):
            for id, row in facts_of(self._articles, where={"source": {"$in": list(page)}}):
                stored_in[row["source"]][id] = Stored(
                    row["fingerprint"], row["text_id"], row["title"]
                )
        return stored_in

    def texts_like(self, sources: Sequence[Source]) -> list[StoredText]:
        """The texts that are stored under the name of one of these sources, or of the very same
        words.
        """
        texts = []
        for page in _paged(sources):
            names = {"source": {"$in": [source.name for source in page]}}
            words = {"digest": {"$in": [content_id(source.text) for source in page]}}
            where = {"$and": [{"n": 0}, {"$or": [names, words]}]}
            texts += [_text(row) for _, row in facts_of(self._texts, where=where)]
        return texts

    def origins(self) -> dict[str, str | None]:
        """Every source that is stored, with its origin (None: no file)."""
        return {
            row["source"]: row.get("origin") for _, row in facts_of(self._texts, where={"n": 0})
        }

    def orphans(self, remove: bool) -> Orphans:
        """The passages and texts that no article row needs. Removed if asked."""
        articles = {id: row["text_id"] for id, row in facts_of(self._articles)}
        passages = [id for id, row in facts_of(self._passages) if row["article_id"] not in articles]
        texts = _unused(facts_of(self._texts), set(articles.values()))
        for table, ids in ((self._passages, passages), (self._texts, texts)) if remove else ():
            for page in _paged(ids):
                table.delete(ids=list(page))
        return Orphans(len(passages), len(texts))

    def put_texts(self, sources: Iterable[Source]) -> None:
        """Stores source texts, each once."""
        ids, parts, rows = list[str](), list[str](), list[dict[str, Any]]()
        for source in sources:
            cut = pieces(source.text, DOCUMENT_BYTES)
            facts = {
                "source": source.name,
                "text_id": source.text_id,
                "digest": content_id(source.text),
            }
            shared = facts | ({"origin": source.origin} if source.origin else {})
            ids += [f"{source.text_id}-{n}" for n in range(len(cut))]
            rows += [{**shared, "n": n} for n in range(len(cut))]
            parts += cut
        write_rows(self._texts, ids, [[1.0, 0.0]] * len(ids), parts, rows)

    def put(
        self, encoded_entries: Sequence[tuple[Entry, Encoded]], sentences: Sequence[Bytes]
    ) -> None:
        """Stores articles: their passages with their vectors and those of their sentences, then
        their own rows with the vectors of their leads.

        Rows of the same ids go first, so that no reader meets an article with half of its passages.
        """
        ids = [entry.article.id for entry, _ in encoded_entries]
        delete_rows(self._articles, ids=ids)
        for page in _paged(ids):
            delete_rows(self._passages, where={"article_id": {"$in": list(page)}})
        passages = [passage for entry, _ in encoded_entries for passage in entry.passages]
        write_rows(
            self._passages,
            [passage.id for passage in passages],
            [row for _, encoded in encoded_entries for row in encoded.passages],
            [passage.text for passage in passages],
            [
                passage_row(passage, content)
                for passage, content in zip(passages, sentences, strict=True)
            ],
        )
        leads, titles = (
            [encoded.lead for _, encoded in encoded_entries],
            [entry.article.title for entry, _ in encoded_entries],
        )
        write_rows(
            self._articles, ids, leads, titles, [article_row(entry) for entry, _ in encoded_entries]
        )

    def retext(self, texts: Mapping[str, str]) -> None:
        """Points unchanged articles at newer texts of their sources: ids of texts by ids of
        articles.
        """
        for page in _paged(list(texts)):
            self._articles.update(ids=list(page), metadatas=[{"text_id": texts[id]} for id in page])

    def remove(self, ids: Sequence[str]) -> None:
        """Removes articles, their rows first; their source texts go when no article needs them."""
        sources = set[str]()
        for page in _paged(ids):
            here = list(page)
            rows = self._articles.get(ids=here, include=["metadatas"])["metadatas"] or []
            sources |= {str(row["source"]) for row in rows}
            self._articles.delete(ids=here)
            self._passages.delete(where={"article_id": {"$in": here}})  # type: ignore[dict-item]
        self.drop_unused_texts(sources)

    def keep_texts(self, sources: Collection[str]) -> None:
        """Keeps the texts stored of sources, should others take their place."""
        for page in _paged(self._texts_of(sources)):
            self._texts.update(ids=[id for id, _ in page], metadatas=[{"kept": True}] * len(page))

    def drop_unused_texts(self, sources: Collection[str]) -> None:
        """Removes the texts of sources that no article points at any more."""
        needed = {
            article.text_id
            for of_source in self.stored(sources).values()
            for article in of_source.values()
        }
        for page in _paged(_unused(self._texts_of(sources), needed)):
            self._texts.delete(ids=list(page))

    def _texts_of(self, sources: Collection[str]) -> list[tuple[str, Row]]:
        parts = (
            facts_of(self._texts, where={"source": {"$in": list(page)}})
            for page in _paged(sorted(sources))
        )
        return list(chain.from_iterable(parts))

    def nearest(
        self, vector: Vectors, k: int, articles: Collection[str] | None
    ) -> list[tuple[str, float]]:
        """The ids of the k passages nearest to a vector (dimension,) with their cosines, as Chroma
        compares them; `articles` narrows it to passages of these (None: all).
        """
        where: Any = None if articles is None else {"article_id": {"$in": sorted(articles)}}
        reply = self._passages.query(
            query_embeddings=[vector.tolist()],
            n_results=min(k, PAGE),
            where=where,
            include=["distances"],
        )
        distances = (reply["distances"] or [[]])[0]
        return [
            (id, 1.0 - distance) for id, distance in zip(reply["ids"][0], distances, strict=True)
        ]


def _holding(id: str, row: Row, parts: Sequence[_Told]) -> Holding:
    passages, sentences, vectors = zip(*parts, strict=True) if parts else ((), (), ())
    rows = (
        NOTHING.vectors
        if not parts
        else None
        if vectors[0] is None
        else quantised(np.stack(vectors))
    )
    return Holding(
        read_article(id, row), row["fingerprint"], row.get("signature"), passages, sentences, rows
    )


def _text(row: Row) -> StoredText:
    return StoredText(row["source"], row["text_id"], row["digest"], row.get("origin"))


def _unused(texts: Iterable[tuple[str, Row]], needed: Collection[str]) -> list[str]:
    """The ids of the rows of texts that are not needed, and not to be kept."""
    return [id for id, row in texts if row["text_id"] not in needed and not row.get("kept")]


def _paged(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Rows, as many at a time as Chroma takes."""
    return (rows[at : at + PAGE] for at in range(0, len(rows), PAGE))
