"""Finding passages: BM25 and vectors, fused, inside what the filters let through."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.answer import Filters, Understood
from rag.answerable import answerable
from rag.index import Index, Mask, Scores, scaled
from rag.speakers import read_speakers
from rag.spellings import holders_named, other_spellings
from rag.support import Asked, asked, asked_across
from vectorstore.corpus import Corpus
from vectorstore.embedder import Embedder
from vectorstore.language.names import names_match
from vectorstore.lexicon.crossing import crossed
from vectorstore.records import Article, Hit, Passage
from vectorstore.rows import holder_keys
from vectorstore.snapshot import Snapshot

_CANDIDATES = 100  # passages that the dense leg proposes
_CANDIDATES_OF_HOLDERS = 300  # when only some holders' passages count, of which the vectors know nothing
_JUDGED = 5  # first hits that are asked whether they answer
_NAMED = 0.3  # what a passage gains when somebody speaks in it whom the question names
_ASKED_OF = 1.0  # and when the question asks for their words
_DENSE = 0.7  # what vectors weigh beside words
_ACROSS = 1.2  # what words weigh that were carried over from the other language


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
        holders = holders_named(filters.holders, snapshot.naming)
        let_through = _once([article for article in snapshot.articles if passes(article, filters)], snapshot)
        inside = set(let_through)
        allowed = np.array([p.article_id in inside and _held(p, holders) for p in snapshot.passages], dtype=bool)
        named = snapshot.naming.named_in(understood.question)
        question, lexical = _words(index, understood, named, allowed)
        candidates = _CANDIDATES_OF_HOLDERS if filters.holders else _CANDIDATES
        cosine = self._cosines(snapshot, understood, let_through if filters else None, candidates) * allowed
        speakers = read_speakers(understood.question, snapshot.naming, index.outlets)
        boosts = _NAMED * index.told_by(named, individuals=True) + _ASKED_OF * index.told_by(
            speakers.holders, speakers.outlets
        )
        fused = (lexical + _DENSE * scaled(cosine) + boosts) * allowed
        order = [n for n in np.lexsort((np.arange(len(fused)), -np.round(fused, 6))) if allowed[n] and fused[n] > 0][:k]
        found = ((snapshot.passages[n], round(float(fused[n]), 6)) for n in order)
        hits = tuple(Hit(passage, snapshot.article[passage.article_id], score) for passage, score in found)
        covered = max((index.coverage(question, n) for n in order[:_JUDGED]), default=0.0)
        similarity = float(cosine.max(initial=0)) if self._embedder.reads(understood.language) else None
        likely = answerable(snapshot, question, covered, similarity, speakers) if hits else 0.0
        return Found(
            hits,
            question,
            likely,
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
                self._index = Index(snapshot)
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


def _words(index: Index, understood: Understood, named: Sequence[str], allowed: Mask) -> tuple[Asked, Scores]:
    """What a question asks, and how well each passage's words answer, in its language or carried over from the other.

    The other language weighs as much less as it covers less of the question.
    """
    spellings = other_spellings(understood.question, named, index.snapshot.naming)
    written = " ".join([understood.question, *(other for others in spellings.values() for other in others)])
    question = asked(understood.question, index.native.rarity, spellings)
    foreign = index.foreign(understood.language)
    here = scaled(np.where(allowed & ~foreign, index.native.lexical.scores(written), 0))
    if not foreign.any():
        return question, here
    question = replace(
        question, across=asked_across(understood.question, index.common.rarity), language=understood.language
    )
    there = scaled(np.where(allowed & foreign, index.common.lexical.scores(crossed(written)), 0))
    covered = [_covered(index, question, scores) for scores in (here, there)]
    chance = min(1.0, covered[1] / covered[0]) if covered[0] else 1.0
    return question, here + _ACROSS * chance * there


def _covered(index: Index, question: Asked, scores: Scores) -> float:
    """The most that one of the best passages covers of a question."""
    best = [n for n in np.argsort(-scores, kind="stable")[:_JUDGED] if scores[n] > 0]
    return max((index.coverage(question, n) for n in best), default=0.0)
