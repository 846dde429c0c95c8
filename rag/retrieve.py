"""Finding passages: words and vectors, what the question asks for, inside what the filters let through.

filter -> words -> narrow -> vectors -> boosts -> rerank -> spread
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from rag.answer import Filters, Understood
from rag.answerable import weigh
from rag.boosts import boosts
from rag.coverage import Asked
from rag.evidence import Evidence
from rag.filtering import allowed
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
from vectorstore.embedder import Embedder, Vectors
from vectorstore.ranking import contenders, first
from vectorstore.snapshot import Snapshot

_POOL = 100  # passages from which the k best are spread
_RERANKED = 40  # passages that a reranker reads
_DIGITS = 6  # of a score: what differs by less is equal


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
        self._beside = ThreadPoolExecutor(thread_name_prefix="words")

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
        words = self._beside.submit(_by_words, index, understood, filters, recipe)  # while the model is busy
        vector = self._encoded(understood) if index.snapshot.passages else None
        told = words.result()
        near = by_vectors(self._corpus, self._embedder, index, vector, told.allowed, told.here + told.across)
        mask, snapshot = told.narrowed.mask, index.snapshot
        parts = {
            "words": recipe.words * told.here,
            "words across": recipe.across * told.across,
            "vectors": recipe.vectors * scaled(near.blended(recipe.sentences) * mask),
            **told.boosts,
        }
        total = sum(parts.values(), start=np.zeros(len(mask), dtype=np.float32)) * mask
        hits = self._reranked(understood, _hits(snapshot, total))

        def explained(some: Sequence[Hit]) -> list[Hit]:
            return _explained(some, index, told.question, parts, near)

        return Found(
            hits=tuple(explained(spread(hits, k, recipe, _slots(index, told.request)))),
            asked=told.question,
            weighed=lambda: _weighed(index, told, understood, explained(hits)),
            snapshot=snapshot,
            readings=readings(told.request, understood, told.narrowed.kinds),
            holders=told.holders,
            named=told.request.named,
            voices=told.request.voices + told.request.speakers.unknown,
            searched_articles=index.articles_with(told.allowed),
            searched_passages=int(told.allowed.sum()),
            reranker=self._reranker.name if self._reranker else None,
        )

    def _encoded(self, understood: Understood) -> Vectors | None:
        """The vector of a question; None in a language that the embedder does not read."""
        if not self._embedder.reads(understood.language):
            return None
        (vector,) = self._embedder.encode([understood.question])
        return np.asarray(vector)

    def _indexed(self) -> Index:
        with self._lock:
            snapshot = self._corpus.snapshot()
            if self._index is None or self._index.snapshot is not snapshot:
                self._index = Index(snapshot, self._recipe.fields, self._corpus.kept)
            return self._index

    def _reranked(self, understood: Understood, hits: list[Hit]) -> list[Hit]:
        """The hits, the best of them with what the reranker adds, best first."""
        if self._reranker is None or not hits:
            return hits
        best, rest = hits[:_RERANKED], hits[_RERANKED:]
        scores = self._reranker.scores(understood.question, [hit.passage.text for hit in best])
        told = [_gaining(hit, self._recipe.reranked * float(s)) for hit, s in zip(best, scores, strict=True)]
        return sorted(told, key=lambda hit: -hit.score) + rest


@dataclass(frozen=True)
class _Worded:
    """What is found of a question without its vector: what it asks for, the passages that are searched, those to which
    that is narrowed, and how well the words of each answer, in its own language and across.
    """

    request: Request
    holders: tuple[str, ...]
    allowed: Mask
    question: Asked
    here: Scores
    across: Scores
    narrowed: Narrowed
    boosts: Mapping[str, Scores]


def _by_words(index: Index, understood: Understood, filters: Filters, recipe: Recipe) -> _Worded:
    naming = index.snapshot.naming
    request = read_request(understood, naming, index.outlets, filters.ignored)
    holders = holders_named(filters.holders, naming)
    inside = allowed(index, filters, holders)
    question, here, across = by_words(index, understood, request.named, inside)
    narrowed = narrow(index, request, question, inside, here + across) if recipe.narrows else Narrowed(inside)
    return _Worded(request, holders, inside, question, here, across, narrowed, boosts(index, request, recipe))


def _weighed(index: Index, told: _Worded, understood: Understood, hits: Sequence[Hit]) -> Evidence | None:
    sought = Sought.of(understood.question, understood.carried)
    return weigh(index, told.question, told.request, sought, hits) if hits else None


def _hits(snapshot: Snapshot, total: Scores) -> list[Hit]:
    """The best passages that anything speaks for."""
    close = contenders(total, _POOL, slack=10**-_DIGITS)
    places = close[first(np.round(total[close], _DIGITS), _POOL)].tolist()
    scores = np.round(total[places].astype(float), _DIGITS).tolist()
    passages = [snapshot.passages[n] for n in places]
    return [
        Hit(passage, snapshot.article[passage.article_id], score)
        for passage, score in zip(passages, scores, strict=True)
    ]


def _explained(
    hits: Sequence[Hit], index: Index, question: Asked, parts: Mapping[str, Scores], near: Near
) -> list[Hit]:
    """The hits with all the parts of their scores, and with what they cover."""
    places = [index.snapshot.position[hit.passage.id] for hit in hits]
    told = [np.round(scores[places].astype(float), _DIGITS).tolist() for scores in parts.values()]
    return [
        replace(
            hit,
            parts=tuple(Part(name, value) for name, value in zip(parts, own, strict=True) if value) + hit.parts,
            coverage=covered,
            similar=similar,
        )
        for hit, own, covered, similar in zip(
            hits, zip(*told, strict=True), index.coverages(question, places), near.similar(places), strict=True
        )
    ]


def _gaining(hit: Hit, gained: float) -> Hit:
    return replace(hit, score=round(hit.score + gained, 6), parts=(*hit.parts, Part("reranker", round(gained, 6))))


def _slots(index: Index, request: Request) -> list[Slot]:
    """A slot for each voice that the question asks for or names."""
    people = dict.fromkeys((*request.speakers.holders, *request.named))
    if not people and not request.speakers.outlets:
        return []
    told = [(name, index.told_by((name,), individuals=True)) for name in people]
    told += [(name, index.told_by((), (name,))) for name in request.speakers.outlets]
    passages = index.snapshot.passages
    return [Slot(name, frozenset(passages[n].id for n in np.flatnonzero(scores))) for name, scores in told]
