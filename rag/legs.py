"""The legs of the search: how well each passage answers by its words and by its vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rag.answer import Understood
from rag.coverage import Asked, asked, asked_across
from rag.index import Index, Mask, Scores, scaled
from rag.spellings import other_spellings
from vectorstore.corpus import Corpus
from vectorstore.embedder import Embedder
from vectorstore.lexicon.crossing import crossed

_CANDIDATES = 300  # passages that the vectors' leg proposes
_JUDGED = 5  # first passages of a leg whose coverage counts


@dataclass(frozen=True)
class Near:
    """The vectors' leg: the cosine of each passage, 0 for those far away, and of the sentences of those near."""

    passages: Scores
    sentences: dict[int, Scores] = field(default_factory=dict)

    def blended(self, share: float) -> Scores:
        """Each passage's cosine with that of its best sentence, which has a share of it."""
        blended = self.passages * (1 - share)
        for n, cosines in self.sentences.items():
            blended[n] += share * float(cosines.max(initial=0))
        return blended


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
    corpus: Corpus,
    embedder: Embedder,
    index: Index,
    understood: Understood,
    articles: Sequence[str] | None,
    words: Scores,
) -> Near:
    """How near each passage is, and each sentence of those that vectors or words propose.

    All 0 when the embedder does not read the language. `articles` narrows the search.
    """
    snapshot = index.snapshot
    found = np.zeros(len(snapshot.passages), dtype=np.float32)
    if not snapshot.passages or not embedder.reads(understood.language):
        return Near(found)
    vector = embedder.encode([understood.question])[0]
    for id, similarity in corpus.nearest(vector, _CANDIDATES, articles):
        if (n := snapshot.position.get(id)) is not None and embedder.reads(snapshot.passages[n].language):
            found[n] = max(0.0, similarity)
    proposed = np.union1d(np.flatnonzero(found), np.argsort(-words, kind="stable")[:_CANDIDATES])
    sentences: dict[int, Scores] = {}
    for n in proposed.tolist():
        vectors = snapshot.sentence_vectors(snapshot.passages[n])
        if vectors is not None and embedder.reads(snapshot.passages[n].language):
            sentences[n] = np.maximum(vectors @ vector, 0)
    return Near(found, sentences)


def best_coverage(index: Index, question: Asked, scores: Scores) -> float:
    """The most that one of the best passages covers of a question."""
    best = [n for n in np.argsort(-scores, kind="stable")[:_JUDGED] if scores[n] > 0]
    return max((index.coverage(question, n) for n in best), default=0.0)
