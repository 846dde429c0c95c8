from __future__ import annotations

import numpy as np
import pytest

from vectorstore.search.top_k import contenders, first


@pytest.mark.parametrize("k", [1, 10, 300, 5000])
@pytest.mark.parametrize("steps", [5, 1000, 10**9])
def test_the_best_are_those_of_a_stable_sort(k: int, steps: int) -> None:
    scores = np.round(np.random.default_rng(k).standard_normal(20_011) * steps) / steps
    best = [n for n in np.argsort(-scores, kind="stable").tolist() if scores[n] > 0][:k]
    assert first(scores, k) == best
    assert set(best) <= set(contenders(scores, k).tolist())


def test_scores_that_are_off_a_little_are_among_the_contenders() -> None:
    scores = np.random.default_rng(7).random(10_000)
    off = scores + np.random.default_rng(8).uniform(-1e-3, 1e-3, len(scores))
    found = contenders(off, 50, slack=1e-3)
    assert set(first(scores, 50)) <= set(found.tolist()) and len(found) < 500


def test_of_equals_the_earlier_are_first() -> None:
    scores = np.array([0, 3, 1, 3, 1, 1, 2], dtype=np.float32)
    assert [first(scores, k) for k in (1, 2, 4, 5, 9)] == [
        [1], [1, 3], [1, 3, 6, 2], [1, 3, 6, 2, 4], [1, 3, 6, 2, 4, 5],
    ]  # fmt: skip


def test_where_nothing_scores_there_is_no_best() -> None:
    assert first(np.zeros(10_000), 5) == [] and first(np.zeros(0), 5) == []
