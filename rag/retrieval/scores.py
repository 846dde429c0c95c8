"""The legs of the search: how well each passage answers by its words and by its vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import numpy as np

from rag.answer import Understood
from rag.question.expand_names import other_spellings
from rag.retrieval.coverage import QuestionTerms, asked, asked_across
from rag.retrieval.index import Index, Mask, Scores, scaled, within
from vectorstore.bilingual.translate_terms import crossed
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Vectors
from vectorstore.search.arrays import Array
from vectorstore.search.top_k import first
from vectorstore.search.vectors import cosines
from vectorstore.storage.snapshot import Snapshot

_CANDIDATES = 300  # passages that each leg proposes
_JUDGED = 5  # first passages of a leg whose coverage counts


@dataclass(frozen=True)
class DenseScores:
    """The vectors' leg: passages that vectors or words propose, by their `places` in order, with
    their cosines (0 for those that only words propose) and those of their sentences: of the nth
    `sentences[starts[n]:starts[n + 1]]`.
    """

    places: Array
    passages: Scores
    starts: Array
    sentences: Scores

    def blended(self, share: float) -> Scores:
        """The cosine of each of these passages with that of its best sentence, which has a share of
        it.
        """
        blended = self.passages * (1 - share)
        with_sentences = np.flatnonzero(np.diff(self.starts))
        if len(with_sentences):
            blended[with_sentences] += share * np.maximum.reduceat(
                self.sentences, self.starts[with_sentences]
            )
        return blended

    def similar(self, passages: Sequence[int]) -> list[tuple[float, ...]]:
        """For each of some passages the cosines of its sentences; none where they were not
        compared.
        """
        starts, rows = self.starts.tolist(), [self.row.get(n) for n in passages]
        return [
            () if n is None else tuple(self.sentences[starts[n] : starts[n + 1]].tolist())
            for n in rows
        ]

    @cached_property
    def row(self) -> Mapping[int, int]:
        """Which of these passages one is, by its place."""
        return {place: n for n, place in enumerate(self.places.tolist())}


def by_words(
    index: Index, understood: Understood, named: Sequence[str], allowed: Mask
) -> tuple[QuestionTerms, Scores, Scores]:
    """What a question asks, and how well each passage's words answer: in its own language, and
    carried over from the other. The latter weighs as much less as it covers less of the question.
    """
    spellings = other_spellings(understood.question, named, index.snapshot.naming)
    written = " ".join([understood.question, *chain.from_iterable(spellings.values())])
    question = asked(understood.question, index.native.rarity, spellings)
    foreign = index.foreign(understood.language)
    if not foreign.any():
        here = scaled(within(index.native.lexical.scores(written), allowed))
        return question, here, np.zeros_like(here)
    here = scaled(within(index.native.lexical.scores(written), allowed & ~foreign))
    across = asked_across(understood.question, index.common.rarity)
    question = replace(question, across=across, language=understood.language)
    there = scaled(within(index.common.lexical.scores(crossed(written)), allowed & foreign))
    covered = [best_coverage(index, question, scores) for scores in (here, there)]
    chance = min(1.0, covered[1] / covered[0]) if covered[0] else 1.0
    return question, here, chance * there


def proposed(words: Scores) -> Array:
    """The places, in order, of the passages whose sentences are worth comparing for their words."""
    return np.sort(np.array(first(words, _CANDIDATES), dtype=np.int64))


def by_vectors(
    corpus: Corpus, snapshot: Snapshot, vector: Vectors | None, read: Mask, words: Array
) -> DenseScores:
    """How near the vector of a question (None: nothing is near) is to passages, and to each
    sentence of those that vectors or `words` propose. `read` are the passages that are searched and
    whose vectors mean anything.
    """
    none = np.zeros(0, dtype=np.float32)
    if vector is None or not snapshot.passages:
        return DenseScores(np.zeros(0, dtype=np.int64), none, np.zeros(1, dtype=np.int64), none)
    nearest, near = corpus.nearest(snapshot, vector, _CANDIDATES, read)
    places = np.union1d(nearest, words)
    passages = np.zeros(len(places), dtype=np.float32)
    passages[np.searchsorted(places, nearest)] = near
    starts = np.concatenate([[0], np.cumsum(snapshot.sentences.heights[places])])
    return DenseScores(
        places,
        passages,
        starts,
        np.maximum(cosines(snapshot.sentences.gathered(places), vector), 0),
    )


def best_coverage(index: Index, question: QuestionTerms, scores: Scores) -> float:
    """The most that one of the best passages covers of a question."""
    return max(index.coverages(question, first(scores, _JUDGED)), default=0.0)
