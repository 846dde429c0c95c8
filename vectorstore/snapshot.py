"""What a corpus held at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from vectorstore.copies import groups
from vectorstore.embedder import Vectors, unpacked
from vectorstore.naming import Naming
from vectorstore.records import Article, Passage, Statement


@dataclass(frozen=True)
class Snapshot:
    """All that a corpus held at one moment. `version` is made of the contents, so equal corpora have equal versions.

    `naming` knows the holders across articles: statements carry the names by which they are shown. `sentences` gives
    the packed vectors of the sentences of each passage, by its id; those of a corpus made before there were any have
    none until they are re-embedded.
    """

    version: str
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    signatures: Mapping[str, str] = field(default_factory=dict)
    sentences: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    naming: Naming = field(default_factory=Naming)

    @cached_property
    def article(self) -> Mapping[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def copies(self) -> Mapping[str, tuple[str, ...]]:
        """For each article that stands in several places, the ids of all of them, in the order of articles."""
        return {id: ids for ids in groups(self.signatures) for id in ids}

    def sentence_vectors(self, passage: Passage) -> Vectors | None:
        """The unit vectors of a passage's sentences (sentences, dimension), or None where there are none."""
        found = self.sentences.get(passage.id)
        return unpacked(found) if found else None

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The index of each passage in `passages`, by its id."""
        return {passage.id: n for n, passage in enumerate(self.passages)}

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement once, in the order of articles and places, parents before their children."""
        return tuple({s.id: s for passage in self.passages for s in passage.statements}.values())
