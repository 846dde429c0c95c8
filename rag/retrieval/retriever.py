"""Finding passages: words and vectors, what the question asks for, inside what the filters let
through.

filter -> words -> narrow -> boosts -> vectors -> rerank -> spread
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag.answer import Understood
from rag.filters import Filters
from rag.question.answer_type import AnswerType
from rag.question.constraints import Constraints, readings
from rag.retrieval.answerability import weigh
from rag.retrieval.candidates import Candidates, read_words
from rag.retrieval.diversify import RankedPlace, spread
from rag.retrieval.fusion import FusedScores
from rag.retrieval.index import Index
from rag.retrieval.rerank import Reranker
from rag.retrieval.results import Evidence, Hit, Part, SearchResult
from rag.retrieval.scores import by_vectors
from rag.retrieval.weights import SearchWeights
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Embedder, Vectors

_RERANKED = 40  # passages that a reranker reads


class Retriever:
    """Searches one corpus with one embedder. What it derives from the corpus is kept until the
    corpus changes.
    """

    def __init__(
        self,
        corpus: Corpus,
        embedder: Embedder,
        reranker: Reranker | None = None,
        recipe: SearchWeights = SearchWeights(),
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

    def search(self, understood: Understood, k: int, filters: Filters = Filters()) -> SearchResult:
        """The k best passages for a question. A filter that nothing passes gives no hits."""
        index, recipe = self._indexed(), self._recipe
        candidates = read_words(index, understood, filters, recipe, self._embedder)
        vector = self._encoded(understood) if index.snapshot.passages else None
        scored = FusedScores(
            index,
            candidates,
            by_vectors(self._corpus, index.snapshot, vector, candidates.read, candidates.proposed),
            recipe,
        )
        hits = self._reranked(understood, scored.hits())
        return SearchResult(
            hits=tuple(
                scored.explained(spread(hits, k, recipe, _slots(index, candidates.request)))
            ),
            asked=candidates.question,
            weighed=lambda: _weighed(index, candidates, understood, scored.explained(hits)),
            snapshot=index.snapshot,
            readings=readings(candidates.request, understood, candidates.narrowed.kinds),
            holders=candidates.holders,
            named=candidates.request.named,
            voices=candidates.request.voices + candidates.request.speakers.unknown,
            searched_articles=index.articles_with(candidates.allowed),
            searched_passages=int(candidates.allowed.sum()),
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
        reranked = [
            _gaining(hit, self._recipe.reranked * float(s))
            for hit, s in zip(best, scores, strict=True)
        ]
        return sorted(reranked, key=lambda hit: -hit.score) + rest


def _weighed(
    index: Index, candidates: Candidates, understood: Understood, hits: Sequence[Hit]
) -> Evidence | None:
    sought = AnswerType.of(understood.question, understood.carried)
    return weigh(index, candidates.question, candidates.request, sought, hits) if hits else None


def _gaining(hit: Hit, gained: float) -> Hit:
    return replace(
        hit,
        score=round(hit.score + gained, 6),
        parts=(*hit.parts, Part("reranker", round(gained, 6))),
    )


def _slots(index: Index, request: Constraints) -> list[RankedPlace]:
    """A slot for each voice that the question asks for or names."""
    people = dict.fromkeys((*request.speakers.holders, *request.named))
    if not people and not request.speakers.outlets:
        return []
    speaking = [(name, index.told_by((name,), individuals=True)) for name in people]
    speaking += [(name, index.told_by((), (name,))) for name in request.speakers.outlets]
    passages = index.snapshot.passages
    return [
        RankedPlace(name, frozenset(passages[n].id for n in np.flatnonzero(scores)))
        for name, scores in speaking
    ]
