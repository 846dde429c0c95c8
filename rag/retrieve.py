"""Finding passages: words and vectors, what the question asks for, inside what the filters let through.

filter -> words -> narrow -> vectors -> boosts -> rerank -> spread
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from rag.answer import Filters, Understood
from rag.answerable import weigh
from rag.boosts import boosts
from rag.coverage import Asked
from rag.found import Found
from rag.hits import Hit, Part
from rag.index import Index, Mask, Scores, scaled
from rag.legs import Near, by_vectors, by_words
from rag.narrowing import Narrowed, narrow
from rag.recipe import Recipe
from rag.request import Request, read_request, readings
from rag.rerank import Reranker
from rag.sought import Sought
from rag.spellings import holders_named
from rag.spread import Slot, spread
from vectorstore.corpus import Corpus
from vectorstore.embedder import Embedder
from vectorstore.language.names import names_match
from vectorstore.records import Article, Passage
from vectorstore.rows import holder_keys
from vectorstore.snapshot import Snapshot

_POOL = 100  # passages from which the k best are spread
_RERANKED = 40  # passages that a reranker reads


class Retriever:
    """Searches one corpus with one embedder. What it derives from the corpus is kept until the corpus changes."""

    def __init__(
        self, corpus: Corpus, embedder: Embedder, reranker: Reranker | None = None, recipe: Recipe = Recipe()
    ) -> None:
        self._corpus = corpus
        self._embedder = embedder
        self._reranker = reranker
        self._recipe = recipe
        self._index: Index | None = None
        self._lock = threading.Lock()

    @property
    def corpus(self) -> str:
        """The name of the corpus."""
        return self._corpus.name

    @property
    def version(self) -> str:
        """The version of the corpus as it is now."""
        return self._corpus.snapshot().version

    def search(self, understood: Understood, k: int, filters: Filters = Filters()) -> Found:
        """The k best passages for a question. A filter that nothing passes gives no hits."""
        index, recipe = self._indexed(), self._recipe
        snapshot = index.snapshot
        request = read_request(understood, snapshot.naming, index.outlets, filters.ignored)
        holders = holders_named(filters.holders, snapshot.naming)
        articles = _once([article for article in snapshot.articles if passes(article, filters)], snapshot)
        allowed = _allowed(snapshot, articles, holders)
        question, here, across = by_words(index, understood, request.named, allowed)
        narrowed = narrow(index, request, question, allowed, here + across) if recipe.narrows else Narrowed(allowed)
        near = by_vectors(self._corpus, self._embedder, index, understood, articles if filters else None, here + across)
        parts = {
            "words": recipe.words * here,
            "words across": recipe.across * across,
            "vectors": recipe.vectors * scaled(near.blended(recipe.sentences) * narrowed.mask),
            **boosts(index, request, recipe),
        }
        total = sum(parts.values(), start=np.zeros(len(allowed), dtype=np.float32)) * narrowed.mask
        hits = self._reranked(understood, _hits(index, question, parts, total, near))
        return Found(
            hits=spread(hits, k, recipe, _slots(index, request)),
            asked=question,
            evidence=weigh(index, question, request, Sought.of(understood.question, understood.carried), hits)
            if hits
            else None,
            snapshot=snapshot,
            readings=readings(request, understood, narrowed.kinds),
            holders=holders,
            named=request.named,
            voices=request.voices + request.speakers.unknown,
            searched_articles=len({snapshot.passages[n].article_id for n in np.flatnonzero(allowed)}),
            searched_passages=int(allowed.sum()),
            reranker=self._reranker.name if self._reranker else None,
        )

    def _indexed(self) -> Index:
        with self._lock:
            snapshot = self._corpus.snapshot()
            if self._index is None or self._index.snapshot is not snapshot:
                self._index = Index(snapshot, self._recipe.fields)
            return self._index

    def _reranked(self, understood: Understood, hits: list[Hit]) -> list[Hit]:
        """The hits, the best of them with what the reranker adds, best first."""
        if self._reranker is None or not hits:
            return hits
        best, rest = hits[:_RERANKED], hits[_RERANKED:]
        scores = self._reranker.scores(understood.question, [hit.passage.text for hit in best])
        told = [_gaining(hit, self._recipe.reranked * float(s)) for hit, s in zip(best, scores, strict=True)]
        return sorted(told, key=lambda hit: -hit.score) + rest


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


def _allowed(snapshot: Snapshot, articles: Sequence[str], holders: Sequence[str]) -> Mask:
    """The passages of these articles in which one of these holders speaks (none given: anybody)."""
    inside = set(articles)
    return np.array([p.article_id in inside and _held(p, holders) for p in snapshot.passages], dtype=bool)


def _held(passage: Passage, holders: Sequence[str]) -> bool:
    return not holders or any(names_match(name, key) for name in holders for key in holder_keys(passage))


def _hits(index: Index, question: Asked, parts: Mapping[str, Scores], total: Scores, near: Near) -> list[Hit]:
    """The best passages that anything speaks for, each with the parts of its score."""
    order = np.lexsort((np.arange(len(total)), -np.round(total, 6)))[:_POOL]
    return [_hit(index, question, n, parts, float(total[n]), near) for n in order.tolist() if total[n] > 0]


def _hit(index: Index, question: Asked, n: int, parts: Mapping[str, Scores], score: float, near: Near) -> Hit:
    passage = index.snapshot.passages[n]
    article = index.snapshot.article[passage.article_id]
    told = tuple(Part(name, round(float(scores[n]), 6)) for name, scores in parts.items() if scores[n])
    similar = tuple(float(cosine) for cosine in near.sentences.get(n, ()))
    return Hit(passage, article, round(score, 6), told, index.coverage(question, n), similar)


def _gaining(hit: Hit, gained: float) -> Hit:
    return replace(hit, score=round(hit.score + gained, 6), parts=(*hit.parts, Part("reranker", round(gained, 6))))


def _slots(index: Index, request: Request) -> list[Slot]:
    """A slot for each voice that the question asks for or names."""
    people = dict.fromkeys((*request.speakers.holders, *request.named))
    told = [(name, index.told_by((name,), individuals=True)) for name in people]
    told += [(name, index.told_by((), (name,))) for name in request.speakers.outlets]
    ids = [passage.id for passage in index.snapshot.passages]
    return [Slot(name, frozenset(ids[n] for n in np.flatnonzero(scores))) for name, scores in told]
