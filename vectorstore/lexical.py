"""BM25 over passages. bm25s lives here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.language.words import terms

K1, B = 1.2, 0.75


class LexicalIndex:
    """BM25 (Robertson and Zaragoza 2009, Lucene's idf) over texts, fixed once built."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        self._size = len(texts)
        documents = [terms(text) for text in texts]
        self._vocabulary = {
            term: n for n, term in enumerate(dict.fromkeys(term for document in documents for term in document))
        }
        self._index = bm25s.BM25(method="lucene", k1=K1, b=B) if self._vocabulary else None
        if self._index is not None:
            ids = [[self._vocabulary[term] for term in document] for document in documents]
            self._index.index((ids, self._vocabulary), show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """The score of each text, in the order they were given; zero where no term of the question stands."""
        known = [self._vocabulary[term] for term in terms(question) if term in self._vocabulary]
        if self._index is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._index.get_scores_from_ids(known), dtype=np.float32)
