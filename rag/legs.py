"""The legs of the search: how well each passage answers by its words and by its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.answer import Understood
from rag.coverage import Asked, asked, asked_across
from rag.index import Index, Mask, Scores, scaled
from rag.spellings import other_spellings
from vectorstore.corpus import Corpus
from vectorstore.embedder import Embedder, Vectors
from vectorstore.lexicon.crossing import crossed
from vectorstore.quantised import cosines
from vectorstore.ragged import Array
from vectorstore.ranking import first

_CANDIDATES = 300  # passages that the vectors' leg proposes
_JUDGED = 5  # first passages of a leg whose coverage counts


@dataclass(frozen=True)
class Near:
    """The vectors' leg: the cosine of each passage, 0 for those far away, and of the sentences of those near.

    `places` are the latter, in order; the sentences of the nth are `sentences[starts[n]:starts[n + 1]]`.
    """

    passages: Scores
    places: Array
    starts: Array
    sentences: Scores

    @classmethod
    def nothing(cls, size: int) -> Near:
        none = np.zeros(0, dtype=np.int64)
        return cls(np.zeros(size, dtype=np.float32), none, none, np.zeros(0, dtype=np.float32))

    def blended(self, share: float) -> Scores:
        """Each passage's cosine with that of its best sentence, which has a share of it."""
        blended = self.passages * (1 - share)
        if len(self.places):
            blended[self.places] += share * np.maximum.reduceat(self.sentences, self.starts[:-1])
        return blended

    def similar(self, passages: Sequence[int]) -> list[tuple[float, ...]]:
        """For each of some passages the cosines of its sentences; none where they were not compared."""
        found = np.searchsorted(self.places, passages).tolist()
        there = np.isin(passages, self.places).tolist()
        starts = self.starts.tolist()
        return [
            tuple(self.sentences[starts[place] : starts[place + 1]].tolist()) if is_there else ()
            for place, is_there in zip(found, there, strict=True)
        ]


def by_words(index: Index, understood: Understood, named: Sequence[str], allowed: Mask) -> tuple[Asked, Scores, Scores]:
    """What a question asks, and how well each passage's words answer: in its own language, and carried over from the
    other. The latter weighs as much less as it covers less of the question.
    """
    spellings = other_spellings(understood.question, named, index.snapshot.naming)
    written = " ".join([understood.question, *(other for others in spellings.values() for other in others)])
    question = asked(understood.question, index.native.rarity, spellings)
    foreign = index.foreign(understood.language)
    here = scaled(np.where(allowed & ~foreign, index.native.lexical.scores(written), 0))
    if not foreign.any():
        return question, here, np.zeros_like(here)
    across = asked_across(understood.question, index.common.rarity)
    question = replace(question, across=across, language=understood.language)
    there = scaled(np.where(allowed & foreign, index.common.lexical.scores(crossed(written)), 0))
    covered = [best_coverage(index, question, scores) for scores in (here, there)]
    chance = min(1.0, covered[1] / covered[0]) if covered[0] else 1.0
    return question, here, chance * there


def by_vectors(
    corpus: Corpus, embedder: Embedder, index: Index, vector: Vectors | None, allowed: Mask, words: Scores
) -> Near:
    """How near each passage is to the vector of a question, and each sentence of those that vectors or words propose.

    All 0 when there is no vector. `allowed` are the passages that are searched.
    """
    snapshot = index.snapshot
    if vector is None or not snapshot.passages:
        return Near.nothing(len(snapshot.passages))
    read = allowed & index.in_languages([known for known in index.languages if embedder.reads(known)])
    found = corpus.nearest(snapshot, vector, _CANDIDATES, read)
    proposed = np.union1d(np.flatnonzero(found), np.array(first(words * read, _CANDIDATES), dtype=np.int64))
    heights = snapshot.sentences.heights
    places = proposed[heights[proposed] > 0]
    if not len(places):
        return replace(Near.nothing(0), passages=found)
    starts = np.concatenate([[0], np.cumsum(heights[places])])
    return Near(found, places, starts, np.maximum(cosines(snapshot.sentences.gathered(places), vector), 0))


def best_coverage(index: Index, question: Asked, scores: Scores) -> float:
    """The most that one of the best passages covers of a question."""
    return max(index.coverages(question, first(scores, _JUDGED)), default=0.0)
