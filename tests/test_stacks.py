from __future__ import annotations

import numpy as np
import pytest

from vectorstore.search.stacks import RaggedRows
from vectorstore.search.vectors import Bytes


def matrices(*heights: int, first: int = 0) -> list[Bytes]:
    """Matrices of two columns, whose rows are numbered from `first` on."""
    rows = np.arange(first, first + sum(heights), dtype=np.int8)
    return np.split(np.stack([rows, -rows], axis=1), np.cumsum(heights)[:-1])


def same(stacks: RaggedRows, expected: list[Bytes]) -> bool:
    return len(stacks) == len(expected) and all(
        np.array_equal(*pair) for pair in zip(stacks, expected, strict=True)
    )


def test_matrices_come_back_as_they_were_in_any_order() -> None:
    told = matrices(2, 0, 3, 1)
    assert same(RaggedRows.of(told), told)
    assert same(RaggedRows.of(told).chosen([3, 0, 2]), [told[3], told[0], told[2]])
    assert RaggedRows.of(told).chosen([2, 0]).gathered(np.array([1, 0])).tolist() == [
        *told[0].tolist(),
        *told[2].tolist(),
    ]


def test_nothing_has_no_rows() -> None:
    none = RaggedRows.of([])
    assert len(none) == 0 and none.gathered(np.zeros(0, dtype=np.int64)).shape == (0, 0)
    assert same(none.beside(RaggedRows.of(matrices(2))), matrices(2))


@pytest.mark.parametrize("more", [1, 7, 20])
def test_what_is_put_beside_copies_nothing_of_the_largest(more: int) -> None:
    told = matrices(40, 2)
    found = large = RaggedRows.of(told)
    for n in range(more):
        added = matrices(1, 0, 2, first=50 + 3 * n)
        told, found = told + added, found.beside(RaggedRows.of(added))
    assert same(found, told)
    assert found.parts[0] is large.parts[0] and len(found.parts) <= 8
    places = np.array([len(told) - 1, 0, 3, 1])
    assert found.gathered(places).tolist() == np.concatenate([told[n] for n in places]).tolist()
