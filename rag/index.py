"""What search derives from one snapshot of the corpus: its passages as words, in their own language and across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.support import Asked, Rarity, crosses
from vectorstore.language.words import terms
from vectorstore.lexical import LexicalIndex
from vectorstore.lexicon.crossing import crossed
from vectorstore.records import Article, Passage
from vectorstore.snapshot import Snapshot

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Words:
    """Texts as BM25 sees them: their index, the terms of each, and how rare a term is among them."""

    lexical: LexicalIndex
    terms: tuple[frozenset[str], ...]
    rarity: Rarity

    @classmethod
    def of(cls, texts: Sequence[str]) -> Words:
        found = tuple(frozenset(terms(text)) for text in texts)
        return cls(LexicalIndex(list(texts)), found, Rarity(found))


@dataclass(frozen=True)
class Index:
    """A snapshot with what is derived from it, good as long as the snapshot is."""

    snapshot: Snapshot

    @cached_property
    def native(self) -> Words:
        """The passages in the words of their own languages."""
        return Words.of(self._texts)

    @cached_property
    def common(self) -> Words:
        """The passages of both languages in one form of words (`vectorstore.lexicon.crossing`)."""
        return Words.of([crossed(text) for text in self._texts])

    def foreign(self, language: str) -> Mask:
        """Which passages stand in the other language than a question."""
        return np.array([crosses(language, passage.language) for passage in self.snapshot.passages], dtype=bool)

    def coverage(self, question: Asked, n: int) -> float:
        """The share of a question (0 to 1) that passage `n` covers, with its title, outlet, author and speakers."""
        across = crosses(question.language, self.snapshot.passages[n].language)
        return question.coverage((self.common if across else self.native).terms[n], across)

    def told_by(self, holders: Sequence[str], outlets: Sequence[str] = (), individuals: bool = False) -> Scores:
        """1 for each passage in which one of these holders speaks, or which one of these outlets published; else 0.

        With `individuals`, only persons and authors count.
        """
        wanted, article = set(holders), self.snapshot.article
        told = (
            any(s.holder.name in wanted and (not individuals or s.holder.is_individual) for s in p.statements)
            or article[p.article_id].outlet in outlets
            for p in self.snapshot.passages
        )
        return np.fromiter(told, dtype=np.float32, count=len(self.snapshot.passages))

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The names of all outlets."""
        named = (name for a in self.snapshot.articles for name in (a.outlet, a.original_outlet) if name)
        return tuple(sorted(set(named)))

    @cached_property
    def _texts(self) -> list[str]:
        return [_searchable(passage, self.snapshot.article[passage.article_id]) for passage in self.snapshot.passages]


def _searchable(passage: Passage, article: Article) -> str:
    """What is searched of a passage: its words, and who and what they come from."""
    speakers = dict.fromkeys(s.holder.name for s in passage.statements)
    return "\n".join(part for part in (passage.text, article.title, article.outlet, article.author, *speakers) if part)


def scaled(scores: Scores) -> Scores:
    """Min-max scaling, where the least possible score is 0: sums of scaled scores fuse better than sums of ranks."""
    best = float(scores.max(initial=0))
    return scores / best if best > 0 else scores
