"""What words and vectors found together, and what each score is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag.retrieval.candidates import DIGITS, POOL, Candidates
from rag.retrieval.index import Index, scaled
from rag.retrieval.results import Hit, Part
from rag.retrieval.scores import DenseScores
from rag.retrieval.weights import SearchWeights
from vectorstore.search.top_k import first


class FusedScores:
    """Passages by words and vectors. One that no vector is near to has what its words are worth, so
    the best are among those that are best by words, and all that vectors speak for.
    """

    def __init__(
        self, index: Index, worded: Candidates, near: DenseScores, recipe: SearchWeights
    ) -> None:
        self._index, self._worded, self._near = index, worded, near
        self._vectors = recipe.vectors * scaled(
            near.blended(recipe.sentences) * worded.narrowed.mask[near.places]
        )

    def hits(self) -> list[Hit]:
        """The best passages that anything speaks for."""
        places = np.union1d(self._worded.best, self._near.places)
        total = self._worded.total[places]
        total[np.searchsorted(places, self._near.places)] += self._vectors
        scores = np.round(total.astype(float), DIGITS)
        best, snapshot = first(scores, POOL), self._index.snapshot
        passages = [snapshot.passages[n] for n in places[best].tolist()]
        return [
            Hit(passage, snapshot.article[passage.article_id], score)
            for passage, score in zip(passages, scores[best].tolist(), strict=True)
        ]

    def explained(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits with all the parts of their scores, and with what they cover."""
        places = [self._index.snapshot.position[hit.passage.id] for hit in hits]
        coverages = self._index.coverages(self._worded.question, places)
        explanations = zip(
            hits, self._parts(places), coverages, self._near.similar(places), strict=True
        )
        return [
            replace(hit, parts=parts + hit.parts, coverage=covered, similar=similar)
            for hit, parts, covered, similar in explanations
        ]

    def _parts(self, places: Sequence[int]) -> list[tuple[Part, ...]]:
        """What the score of each of some passages is made of."""
        rows = [self._near.row.get(place) for place in places]
        near = np.array([0.0 if row is None else self._vectors[row] for row in rows])
        words = {name: scores[places] for name, scores in self._worded.words.items()}
        gained = {name: scores[places] for name, scores in self._worded.boosts.items()}
        scores_by_name = {**words, "vectors": near, **gained}
        columns = [
            np.round(scores.astype(float), DIGITS).tolist() for scores in scores_by_name.values()
        ]
        return [
            tuple(
                Part(name, value)
                for name, value in zip(scores_by_name, values, strict=True)
                if value
            )
            for values in zip(*columns, strict=True)
        ]
