from __future__ import annotations

import numpy as np

from vectorstore.embedders.base import unit
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.search.vectors import (
    cosines,
    lengths,
    most_alike,
    packed,
    quantised,
    signs,
    unit_vectors,
    unpacked,
)

TEXTS = ["The gate broke at noon.", "Nobody was warned.", "انهار السدّ"]


def test_a_byte_a_number_keeps_the_direction_of_a_vector() -> None:
    vectors = BundledEmbedder().encode(TEXTS)
    rows = quantised(vectors)
    assert rows.dtype == np.int8 and rows.shape == vectors.shape
    assert (unit_vectors(rows) * vectors).sum(axis=1).min() > 0.999


def test_packed_rows_come_back_as_they_were() -> None:
    rows = quantised(BundledEmbedder().encode(TEXTS))
    content = packed(rows)
    assert len(content) == len("3:") + 3 * 384
    assert np.array_equal(unpacked(content), rows)
    assert unpacked(b"0:").shape == (0, 0)


def test_cosines_of_rows_are_those_of_their_vectors() -> None:
    vectors = BundledEmbedder().encode(TEXTS)
    assert np.allclose(cosines(quantised(vectors), vectors[0]), vectors @ vectors[0], atol=2e-3)
    assert cosines(quantised(vectors)[:0], vectors[0]).shape == (0,)
    assert np.allclose(cosines(np.zeros((1, 384), dtype=np.int8), vectors[0]), 0)


def test_cosines_with_known_lengths_are_the_same() -> None:
    rows = quantised(BundledEmbedder().encode(TEXTS))
    vector = BundledEmbedder().encode(["Who broke the gate?"])[0]
    assert np.allclose(cosines(rows, vector, lengths(rows)), cosines(rows, vector), atol=1e-5)
    assert lengths(np.array([[3, 4], [0, 0]], dtype=np.int8)).tolist() == [5, 1]


def test_those_of_most_equal_signs_have_nearly_all_that_are_near() -> None:
    rng = np.random.default_rng(7)
    middles = rng.standard_normal((40, 384), dtype=np.float32)[rng.integers(0, 40, 20_000)]
    vectors = unit(middles + rng.standard_normal((20_000, 384), dtype=np.float32))
    rows, vector = quantised(vectors), vectors[5]
    allowed = rng.random(20_000) < 0.5
    for mask in (np.ones(20_000, dtype=bool), allowed):
        near = np.argsort(np.where(mask, -cosines(rows, vector), 1))[:100]
        found = most_alike(signs(rows), vector, 1200, None if mask.all() else mask)
        assert 1200 <= len(found) < 1600 and mask[found].all()
        assert np.isin(near, found).mean() > 0.97
    assert (
        most_alike(signs(rows), vector, 50_000, allowed).tolist()
        == np.flatnonzero(allowed).tolist()
    )
