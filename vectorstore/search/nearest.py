"""Passages that are nearest to a vector, compared in memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedders.base import Vectors
from vectorstore.search.arrays import Array
from vectorstore.search.top_k import first
from vectorstore.search.vectors import Bytes, cosines, most_alike

Mask = NDArray[np.bool_]
Signs = NDArray[np.uint8]

_FEW = 0.2  # share of the passages up to which all that are searched are compared
# passages from which on only those are compared that are `_TIMES` as many as are wanted, by their
# signs
_MANY = 20_000
_TIMES = 12


def nearest(
    vectors: Bytes,
    norms: Vectors,
    signs: Signs,
    vector: Vectors,
    k: int,
    allowed: Mask | None = None,
) -> tuple[Array, Vectors]:
    """The places of the k passages nearest to a vector of shape (dimension,) and their cosines:
    shapes (k,).

    `vectors`, `norms` and `signs` are those of all passages, in one order; `allowed` narrows it to
    some of them.
    """
    places = _compared(signs, vector, k, allowed)
    near = cosines(np.take(vectors, places, axis=0), vector, norms[places])  # faster than an index
    best = np.sort(np.array(first(near, k), dtype=np.int64))
    return places[best], near[best]


def _compared(signs: Signs, vector: Vectors, k: int, allowed: Mask | None) -> Array:
    """The places of the passages whose vectors are worth comparing."""
    passages = len(signs)
    if allowed is not None and allowed.all():
        allowed = None
    if allowed is not None and np.count_nonzero(allowed) < passages * _FEW:
        return np.flatnonzero(allowed)
    if passages > _MANY:
        return most_alike(signs, vector, k * _TIMES, allowed)
    return np.arange(passages) if allowed is None else np.flatnonzero(allowed)
