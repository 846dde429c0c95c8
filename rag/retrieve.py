"""Finding passages: BM25 and vectors, fused, inside what the filters let through."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answer import Filters, Understood
from rag.speakers import Speakers, read_speakers
from rag.spellings import holders_named, other_spellings
from rag.support import Asked, Rarity, asked
from vectorstore.corpus import Corpus
from vectorstore.embedder import Embedder
from vectorstore.language.names import names_match
from vectorstore.language.words import terms
from vectorstore.lexical import LexicalIndex
from vectorstore.records import Article, Hit, Passage
from vectorstore.rows import holder_keys
from vectorstore.snapshot import Snapshot

_CANDIDATES = 100  # passages that the dense leg proposes
_CANDIDATES_OF_HOLDERS = 300  # when only some holders' passages count, of which the vectors know nothing
_JUDGED = 5  # first hits that are asked whether they answer
_NAMED = 0.3  # what a passage gains when somebody speaks in it whom the question names
_ASKED_OF = 1.0  # and when the question asks for their words
# A logistic model of "the corpus holds an answer", by the best coverage of the question, the best cosine, and, when the
# question asks for somebody's words, how little of it those words cover; set on the sample suite.
_ANSWERABLE = {"coverage": 7.0, "cosine": 5.0, "unsaid": -1.2, "unknown": -2.5, "base": -5.55}

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Index:
    """What is derived from one snapshot of the corpus, and good as long as its version."""

    snapshot: Snapshot
    lexical: LexicalIndex
    terms: tuple[frozenset[str], ...]
    rarity: Rarity

    @classmethod
    def of(cls, snapshot: Snapshot) -> Index:
        texts = [_searchable(passage, snapshot.article[passage.article_id]) for passage in snapshot.passages]
        found = tuple(frozenset(terms(text)) for text in texts)
        return cls(snapshot, LexicalIndex(texts), found, Rarity(found))


@dataclass(frozen=True)
class Found:
    """What search gives: hits, best first; what was asked; how likely (0 to 1) the corpus holds an answer; what was
    searched, whose words only (none: everybody's), and whom the question names.
    """

    hits: tuple[Hit, ...]
    asked: Asked
    answerable: float
    snapshot: Snapshot
    holders: tuple[str, ...]
    named: tuple[str, ...]
    searched_articles: int
    searched_passages: int


class Retriever:
    """Searches one corpus with one embedder. What it derives from the corpus is kept until the corpus changes."""

    def __init__(self, corpus: Corpus, embedder: Embedder) -> None:
        self._corpus = corpus
        self._embedder = embedder
        self._index: Index | None = None
        self._lock = threading.Lock()

    @property
    def corpus(self) -> str:
        """The name of the corpus."""
        return self._corpus.name

    def search(self, understood: Understood, k: int, filters: Filters = Filters()) -> Found:
        """The k best passages for a question. A filter that nothing passes gives no hits."""
        index = self._indexed()
        snapshot = index.snapshot
        spellings = other_spellings(understood.question, snapshot.naming)
        question = asked(understood.question, index.rarity, spellings)
        holders = holders_named(filters.holders, snapshot.naming)
        let_through = _once([article for article in snapshot.articles if passes(article, filters)], snapshot)
        inside = set(let_through)
        allowed = np.array([p.article_id in inside and _held(p, holders) for p in snapshot.passages], dtype=bool)
        written = " ".join([understood.question, *(other for others in spellings.values() for other in others)])
        lexical = np.where(allowed, index.lexical.scores(written), 0)
        candidates = _CANDIDATES_OF_HOLDERS if filters.holders else _CANDIDATES
        cosine = self._cosines(snapshot, understood, let_through if filters else None, candidates) * allowed
        speakers = read_speakers(understood.question, snapshot.naming, _outlets(snapshot))
        named = snapshot.naming.named_in(understood.question)
        boosts = _NAMED * _told_by(snapshot, named, ()) + _ASKED_OF * _told_by(
            snapshot, speakers.holders, speakers.outlets
        )
        fused = (_scaled(lexical) + _scaled(cosine) + boosts) * allowed
        order = [n for n in np.lexsort((np.arange(len(fused)), -np.round(fused, 6))) if allowed[n] and fused[n] > 0][:k]
        found = ((snapshot.passages[n], round(float(fused[n]), 6)) for n in order)
        hits = tuple(Hit(passage, snapshot.article[passage.article_id], score) for passage, score in found)
        answerable = _answerable(
            question,
            [index.terms[n] for n in order[:_JUDGED]],
            float(cosine.max(initial=0)),
            self._embedder.reads(understood.language),
            _unsaid(snapshot, question, speakers),
            bool(speakers.unknown) and not (speakers.holders or speakers.outlets),
        )
        return Found(
            hits,
            question,
            answerable,
            snapshot,
            holders,
            named,
            len({p.article_id for p, yes in zip(snapshot.passages, allowed, strict=True) if yes}),
            int(allowed.sum()),
        )

    def _indexed(self) -> Index:
        with self._lock:
            snapshot = self._corpus.snapshot()
            if self._index is None or self._index.snapshot is not snapshot:
                self._index = Index.of(snapshot)
            return self._index

    def _cosines(
        self, snapshot: Snapshot, understood: Understood, articles: Sequence[str] | None, candidates: int
    ) -> Scores:
        """The cosine of each passage among the nearest, 0 for the others; all 0 when the embedder does not read the
        language.
        """
        found = np.zeros(len(snapshot.passages), dtype=np.float32)
        if not snapshot.passages or not self._embedder.reads(understood.language):
            return found
        vector = self._embedder.encode([understood.question])[0]
        for id, similarity in self._corpus.nearest(vector, candidates, articles):
            if (n := snapshot.position.get(id)) is not None and self._embedder.reads(snapshot.passages[n].language):
                found[n] = max(0.0, similarity)
        return found


def passes(article: Article, filters: Filters) -> bool:
    """Whether the filters on articles let one through. An article without a date passes no date filter."""
    named = ((filters.outlets, (article.outlet, article.original_outlet)), (filters.authors, (article.author,)))
    return (
        all(
            not wanted or any(known and names_match(name, known) for name in wanted for known in have)
            for wanted, have in named
        )
        and (not filters.languages or article.language in filters.languages)
        and (not filters.articles or article.id in filters.articles)
        and (not filters.since or bool(article.published and article.published >= filters.since))
        and (not filters.until or bool(article.published and article.published[: len(filters.until)] <= filters.until))
    )


def _once(articles: Sequence[Article], snapshot: Snapshot) -> list[str]:
    """The ids of articles with each piece that stands in several places once: where it was published first."""
    taken: dict[tuple[str, ...], str] = {}
    for article in sorted(articles, key=lambda a: (a.published or "9999", a.key)):
        taken.setdefault(snapshot.copies.get(article.id, (article.id,)), article.id)
    kept = set(taken.values())
    return [article.id for article in articles if article.id in kept]


def _held(passage: Passage, holders: Sequence[str]) -> bool:
    return not holders or any(names_match(name, key) for name in holders for key in holder_keys(passage))


def _searchable(passage: Passage, article: Article) -> str:
    """What BM25 reads of a passage: its words, and who and what they come from."""
    speakers = dict.fromkeys(s.holder.name for s in passage.statements)
    return "\n".join(part for part in (passage.text, article.title, article.outlet, article.author, *speakers) if part)


def _scaled(scores: Scores) -> Scores:
    """Min-max scaling, where the least possible score is 0: sums of scaled scores fuse better than sums of ranks."""
    best = float(scores.max(initial=0))
    return scores / best if best > 0 else scores


def _outlets(snapshot: Snapshot) -> list[str]:
    return sorted(
        {outlet for article in snapshot.articles for outlet in (article.outlet, article.original_outlet) if outlet}
    )


def _told_by(snapshot: Snapshot, holders: Sequence[str], outlets: Sequence[str]) -> Scores:
    """1 for each passage in which one of these holders speaks, or which one of these outlets published; else 0."""
    wanted = set(holders)
    return np.array(
        [
            any(statement.holder.name in wanted for statement in passage.statements)
            or snapshot.article[passage.article_id].outlet in outlets
            for passage in snapshot.passages
        ],
        dtype=np.float32,
    )


def _unsaid(snapshot: Snapshot, question: Asked, speakers: Speakers) -> float:
    """How much of what a question asks of its speakers none of their statements covers (0 to 1; of nobody: 0)."""
    if not speakers.holders:
        return 0.0
    names = {spelling for holder in speakers.holders for spelling in (holder, *snapshot.naming.variants(holder))}
    topic = question.without(terms(" ".join(names)))
    told = (
        passage.text[max(0, s.start - passage.start) : s.end - passage.start]
        for passage in snapshot.passages
        for s in passage.statements
        if s.holder.name in speakers.holders
    )
    return 1.0 - max((topic.coverage(frozenset(terms(words))) for words in told), default=0.0) if topic.words else 0.0


def _answerable(
    question: Asked, best: Sequence[frozenset[str]], cosine: float, reads: bool, unsaid: float, unknown: bool
) -> float:
    coverage = max((question.coverage(found) for found in best), default=0.0)
    similarity = cosine if reads else coverage  # where vectors say nothing, the words speak for both
    weighed = _ANSWERABLE["coverage"] * coverage + _ANSWERABLE["cosine"] * similarity + _ANSWERABLE["base"]
    weighed += _ANSWERABLE["unsaid"] * unsaid + _ANSWERABLE["unknown"] * unknown
    return round(1 / (1 + math.exp(-weighed)), 4) if best else 0.0
