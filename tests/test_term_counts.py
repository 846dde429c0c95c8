from __future__ import annotations

from collections import Counter

import numpy as np

from vectorstore.language.tokenise import terms
from vectorstore.search.arrays import RaggedArray, row_key
from vectorstore.search.term_counts import TermCounts

TEXTS = ["The weir broke.", "A weir, a weir and 12 mills.", ""]


def keys(texts: list[str]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array([row_key([text]) for text in texts], dtype=np.uint64)


def test_texts_have_the_terms_that_stand_in_them() -> None:
    table = TermCounts.of_texts(TEXTS)
    assert table.of([0, 1, 2], ["weir", "mill", "12", "siren"]) == [
        frozenset({"weir"}),
        frozenset({"weir", "mill", "12"}),
        frozenset(),
    ]
    assert [table.frequency(term) for term in ("weir", "12", "siren")] == [2, 1, 0]
    assert table.rows.sums(table.counts).tolist() == [len(terms(text)) for text in TEXTS]


def test_only_what_was_not_read_before_is_read() -> None:
    read: list[str] = []

    def table_of(texts: list[str], before: TermCounts | None = None) -> TermCounts:
        def counted(n: int) -> Counter[str]:
            read.append(texts[n])
            return Counter(terms(texts[n]))

        return TermCounts.read(keys(texts), counted, before)

    first = table_of(TEXTS)
    grown = [*TEXTS[1:], "The mill sank."]
    read.clear()
    second = table_of(grown, first)
    assert read == ["The mill sank."]
    fresh = TermCounts.of_texts(grown)
    asked = ["weir", "mill", "sank", "broke"]
    assert second.of([0, 1, 2], asked) == fresh.of([0, 1, 2], asked)
    assert [second.frequency(term) for term in asked] == [fresh.frequency(term) for term in asked]


def test_a_table_comes_back_from_its_arrays() -> None:
    table = TermCounts.of_texts(TEXTS)
    again = TermCounts.of_arrays(table.arrays)
    assert again.vocabulary == table.vocabulary
    assert all(np.array_equal(again.arrays[name], array) for name, array in table.arrays.items())
    assert len(TermCounts.of_arrays(TermCounts.of_texts([]).arrays)) == 0


def test_rows_of_no_length_sum_to_nothing() -> None:
    rows = RaggedArray.read(keys(["a", "b", "c"]), lambda n: [[[7, 8], [], [9]][n]], (np.int32,))
    assert rows.sums(rows.columns[0]).tolist() == [15, 0, 9]
    assert rows.row(2)[0].tolist() == [9] and rows.lengths.tolist() == [2, 0, 1]
