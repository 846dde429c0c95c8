"""What a corpus held at one moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedders.base import Vectors
from vectorstore.names.directory import HolderDirectory
from vectorstore.records import Article, Passage, Statement, content_id
from vectorstore.search.stacks import RaggedRows
from vectorstore.search.vectors import Bytes, lengths, signs, unit_vectors
from vectorstore.storage.near_duplicates import groups


@dataclass(frozen=True)
class Holding:
    """One article as a snapshot holds it: with its passages, for each the vectors of its sentences
    (sentences, dimension), and their own (passages, dimension), which are None for a corpus on a
    server.
    """

    article: Article
    fingerprint: str
    signature: str | None
    passages: tuple[Passage, ...]
    sentences: tuple[Bytes, ...]
    vectors: Bytes | None


@dataclass(frozen=True)
class Snapshot:
    """All that a corpus held at one moment. `version` is made of the contents, so equal corpora
    have equal versions.

    `naming` knows the holders across articles: statements carry the names by which they are shown.
    `sentences` has for each passage the vectors of its sentences (sentences, dimension); those of a
    corpus made before there were any have none until they are re-embedded. `vectors` are those of
    the passages themselves, in their order; None for a corpus on a server, which compares them
    there. `fingerprints` tells of each article whether it is still the same.
    """

    version: str
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    signatures: Mapping[str, str] = field(default_factory=dict)
    sentences: RaggedRows = field(
        default_factory=lambda: RaggedRows.of([]), compare=False, repr=False
    )
    naming: HolderDirectory = field(default_factory=HolderDirectory)
    vectors: Bytes | None = field(default=None, compare=False, repr=False)
    fingerprints: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def article(self) -> Mapping[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def copies(self) -> Mapping[str, tuple[str, ...]]:
        """For each article that stands in several places, the ids of all of them, in the order of
        articles.
        """
        return {id: ids for ids in groups(self.signatures) for id in ids}

    def sentence_vectors(self, passage: Passage) -> Vectors | None:
        """The unit vectors of a passage's sentences (sentences, dimension), or None where there are
        none.
        """
        rows = self.sentences[self.position[passage.id]]
        return unit_vectors(rows) if len(rows) else None

    @cached_property
    def norms(self) -> NDArray[np.float32]:
        """The lengths of `vectors`."""
        return lengths(np.zeros((0, 0), dtype=np.int8) if self.vectors is None else self.vectors)

    @cached_property
    def signs(self) -> NDArray[np.uint8]:
        """The signs of `vectors`, by which those are found that are worth comparing."""
        return signs(np.zeros((0, 0), dtype=np.int8) if self.vectors is None else self.vectors)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The index of each passage in `passages`, by its id."""
        return {passage.id: n for n, passage in enumerate(self.passages)}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement once, in the order of articles and places, parents before their
        children.
        """
        return tuple({s.id: s for passage in self.passages for s in passage.statements}.values())

    def having(self, added: Sequence[Holding], gone: Collection[str] = ()) -> Snapshot:
        """This, as it was stored, with articles added, each in place of the one of its id, and
        without those whose ids are `gone`.
        """
        fresh = {holding.article.id: holding for holding in added}
        left = [
            article
            for article in self.articles
            if article.id not in fresh and article.id not in gone
        ]
        articles = sorted(
            (*left, *(holding.article for holding in added)),
            key=lambda article: (article.key, article.id),
        )
        ids = {article.id for article in left}
        places = [n for n, passage in enumerate(self.passages) if passage.article_id in ids]
        passages = [
            *(self.passages[n] for n in places),
            *(passage for holding in added for passage in holding.passages),
        ]
        order = sorted(
            range(len(passages)),
            key=lambda n: (passages[n].source, passages[n].start, passages[n].end),
        )
        old = None if self.vectors is None else self.vectors[places]
        vectors = _stacked([old, *(holding.vectors for holding in added)])
        signed = {**self.signatures, **{id: holding.signature for id, holding in fresh.items()}}
        known = {**self.fingerprints, **{id: holding.fingerprint for id, holding in fresh.items()}}
        fingerprints = {article.id: known[article.id] for article in articles}
        sentences = self.sentences.chosen(places).beside(
            RaggedRows.of([rows for holding in added for rows in holding.sentences])
        )
        return Snapshot(
            version_of(fingerprints),
            tuple(articles),
            tuple(passages[n] for n in order),
            {id: signature for id in fingerprints if (signature := signed.get(id))},
            sentences.chosen(order),
            vectors=None if vectors is None else vectors[order],
            fingerprints=fingerprints,
        )


def version_of(fingerprints: Mapping[str, str]) -> str:
    """The version of a snapshot of articles with these fingerprints, in their order."""
    return content_id(*(f"{id}:{fingerprint}" for id, fingerprint in fingerprints.items()))


NOTHING = Snapshot(version_of({}), (), (), vectors=np.zeros((0, 0), dtype=np.int8))


def _stacked(parts: Sequence[Bytes | None]) -> Bytes | None:
    """The rows of all parts; None where one has none."""
    present = [part for part in parts if part is not None]
    if len(present) < len(parts):
        return None
    filled = [part for part in present if len(part)]
    return np.concatenate(filled) if filled else NOTHING.vectors
