from __future__ import annotations

import numpy as np

from vectorstore.bundled.model import BundledEmbedder
from vectorstore.quantised import cosines, packed, quantised, unit_vectors, unpacked

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
