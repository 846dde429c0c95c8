"""BM25 over passages, in arrays: a score is a sum over the few rows of the question's terms, and
what was read of a text is read once, however often others are added.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectorstore.language.tokenise import terms
from vectorstore.search.arrays import Array, Arrays
from vectorstore.search.term_counts import TermCounts

K1, B = 1.2, 0.75
_MANY = 8  # a term that stands in one of so many texts is frequent


class BM25Index:
    """BM25 (Robertson and Zaragoza 2009, Lucene's idf) over texts, fixed once built."""

    def __init__(self, table: TermCounts, arrays: Arrays | None = None) -> None:
        """`arrays` are those of an index of the same table, made before."""
        self._table = table
        self.arrays = _postings(table) if arrays is None else arrays

    def scores(self, question: str) -> NDArray[np.float32]:
        """The score of each text, in the order of the table; zero where no term of the question
        stands.
        """
        totals = np.zeros(len(self._table), dtype=np.float32)
        starts, texts, weights = (self.arrays[name] for name in ("term_starts", "texts", "weights"))
        for id in (self._table.vocabulary.get(term) for term in terms(question)):
            if id is not None:
                inside = slice(starts[id], starts[id + 1])
                _add(totals, texts[inside].astype(np.intp), weights[inside])
        return totals


def _add(totals: NDArray[np.float32], places: Array, weights: Array) -> None:
    """Adds the weights of a term where it stands; no place comes twice. Many are put into an array
    of their own first, which takes half of the time.
    """
    if len(places) * _MANY < len(totals):
        totals[places] += weights
    else:
        row = np.zeros_like(totals)
        row[places] = weights
        totals += row


def _postings(table: TermCounts) -> Arrays:
    """For each term the texts in which it stands, with what it is worth there."""
    lengths = table.rows.sums(table.counts)
    norms = (K1 * (1 - B + B * lengths / (lengths.mean() if lengths.any() else 1))).astype(
        np.float32
    )
    order = np.argsort(table.ids, kind="stable")
    texts = np.repeat(np.arange(len(table), dtype=np.int32), table.rows.lengths)[order]
    rarity = np.log(1 + (len(table) - table.frequencies + 0.5) / (table.frequencies + 0.5)).astype(
        np.float32
    )
    counts = table.counts[order].astype(np.float32)
    weights = rarity[table.ids[order]] * counts / (counts + norms[texts])
    starts = np.concatenate([[0], np.cumsum(table.frequencies)])
    return {"term_starts": starts, "texts": texts, "weights": weights}
