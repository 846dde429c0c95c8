"""What search derives from one snapshot of the corpus: its passages as words, in their own language and across."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.coverage import Asked, Rarity, crosses
from vectorstore.language.periods import Period, periods, written_dates
from vectorstore.language.words import terms
from vectorstore.lexical import LexicalIndex
from vectorstore.lexicon.crossing import crossed
from vectorstore.records import Article, Passage
from vectorstore.snapshot import Snapshot

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]


Places = Mapping[str, Collection[int]]  # of passages in the snapshot, by a name
Fields = Mapping[str, str]  # what is searched of a passage: its text, its title, whom it comes from


@dataclass(frozen=True)
class Words:
    """Passages as BM25 sees them: their index, the terms of each, and how rare a term is among them."""

    lexical: LexicalIndex
    terms: tuple[frozenset[str], ...]
    rarity: Rarity

    @classmethod
    def of(cls, passages: Sequence[Fields], weights: Mapping[str, int]) -> Words:
        """The words of passages by field, each of which counts as often as it weighs: BM25 over weighted fields
        (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004).
        """
        found = tuple(frozenset(term for text in fields.values() for term in terms(text)) for fields in passages)
        texts = ["\n".join("\n".join([text] * weights[name]) for name, text in fields.items()) for fields in passages]
        return cls(LexicalIndex(texts), found, Rarity(found))


@dataclass(frozen=True)
class Index:
    """A snapshot with what is derived from it, good as long as the snapshot is."""

    snapshot: Snapshot
    weights: Mapping[str, int]  # of the fields of a passage

    @cached_property
    def native(self) -> Words:
        """The passages in the words of their own languages."""
        return Words.of(self._fields, self.weights)

    @cached_property
    def common(self) -> Words:
        """The passages of both languages in one form of words (`vectorstore.lexicon.crossing`)."""
        return Words.of(
            [{name: crossed(text) for name, text in fields.items()} for fields in self._fields], self.weights
        )

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
        speaking = self._individuals if individuals else self._speaking
        found = np.zeros(len(self.snapshot.passages), dtype=np.float32)
        for places in (*(speaking.get(name, ()) for name in holders), *(self._published.get(o, ()) for o in outlets)):
            found[list(places)] = 1.0
        return found

    @cached_property
    def _speaking(self) -> Places:
        return _places((s.holder.name, n) for n, p in enumerate(self.snapshot.passages) for s in p.statements)

    @cached_property
    def _individuals(self) -> Places:
        told = enumerate(self.snapshot.passages)
        return _places((s.holder.name, n) for n, p in told for s in p.statements if s.holder.is_individual)

    @cached_property
    def _published(self) -> Places:
        article = self.snapshot.article
        return _places((article[p.article_id].outlet, n) for n, p in enumerate(self.snapshot.passages))

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The names of all outlets."""
        named = (name for a in self.snapshot.articles for name in (a.outlet, a.original_outlet) if name)
        return tuple(sorted(set(named)))

    @cached_property
    def periods(self) -> tuple[tuple[Period, ...], ...]:
        """The periods that each passage names; a date without its year is of the year of its article."""
        article = self.snapshot.article
        years = (article[p.article_id].published for p in self.snapshot.passages)
        return tuple(
            periods(p.text, int(published[:4]) if published else None)
            for p, published in zip(self.snapshot.passages, years, strict=True)
        )

    @cached_property
    def _fields(self) -> list[Fields]:
        return [_fields(passage, self.snapshot.article[passage.article_id]) for passage in self.snapshot.passages]


def _places(told: Iterable[tuple[str | None, int]]) -> Places:
    """The passages in which each name is told."""
    found: dict[str, set[int]] = {}
    for name, n in told:
        if name:
            found.setdefault(name, set()).add(n)
    return found


def _fields(passage: Passage, article: Article) -> Fields:
    speakers = dict.fromkeys(s.holder.name for s in passage.statements if s.holder.name)
    source = (
        article.outlet,
        article.original_outlet,
        article.author,
        article.published and written_dates(article.published),
    )
    fields = {
        "text": passage.text,
        "title": article.title,
        "source": "\n".join(filter(None, source)),
        "holders": "\n".join(speakers),
    }
    return {name: text for name, text in fields.items() if text}


def scaled(scores: Scores) -> Scores:
    """Min-max scaling, where the least possible score is 0: sums of scaled scores fuse better than sums of ranks."""
    best = float(scores.max(initial=0))
    return scores / best if best > 0 else scores
