from __future__ import annotations

import numpy as np
import pytest

from vectorstore.search.bm25 import BM25Index
from vectorstore.search.term_counts import TermCounts

TEXTS = [
    "The weir broke at noon.",
    "Nobody warned the mill below the weir.",
    "انهار السدّ عند الظهر",
    "",
]


def index(texts: list[str]) -> BM25Index:
    return BM25Index(TermCounts.of_texts(texts))


def test_a_rarer_word_counts_more_and_a_missing_one_nothing() -> None:
    scores = index(TEXTS).scores("Who warned about the weir? volcano")
    assert scores.argmax() == 1 and scores[0] > 0 and list(scores[2:]) == [0, 0]


def test_bm25_gives_the_scores_of_its_formula() -> None:
    texts = ["weir weir mill", "mill", "noon noon noon noon"]
    idf = np.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 / (2 + 1.2 * (1 - 0.75 + 0.75 * 3 / (8 / 3)))
    assert index(texts).scores("weir")[0] == pytest.approx(expected, rel=1e-5)


def test_inflected_words_and_arabic_clitics_are_found() -> None:
    found = index(["Warnings were ignored.", "وبالسدود القديمة", "Nothing of either."])
    assert found.scores("a warning ignoring").argmax() == 0
    assert found.scores("السدود").argmax() == 1


@pytest.mark.parametrize("texts", [[], [""], ["the of and"]])
def test_texts_without_terms_score_nothing(texts: list[str]) -> None:
    assert list(index(texts).scores("weir")) == [0.0] * len(texts)


def test_frequent_and_rare_terms_add_up() -> None:
    found = index([f"mill {'weir' if n == 7 else 'gate'}" for n in range(40)])
    both = found.scores("mill weir")
    assert np.allclose(both, found.scores("mill") + found.scores("weir")) and both.argmax() == 7
    assert (both > 0).all()
