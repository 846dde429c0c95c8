"""Passages that are nearest to a vector, compared in memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedder import Vectors
from vectorstore.quantised import Bytes, cosines, most_alike
from vectorstore.ragged import Array
from vectorstore.ranking import first
from vectorstore.snapshot import Snapshot

Mask = NDArray[np.bool_]

_FEW = 0.2  # share of the passages up to which all that are searched are compared
_MANY = 20_000  # passages from which on only those are compared that are `_TIMES` as many as are wanted, by their signs
_TIMES = 12


def nearest(
    snapshot: Snapshot, vectors: Bytes, vector: Vectors, k: int, allowed: Mask | None = None
) -> tuple[Array, Vectors]:
    """The places of the k passages nearest to a vector of shape (dimension,), in the order of a snapshot with these
    `vectors`, and their cosines: shapes (k,). `allowed` narrows it to some passages.
    """
    places = _compared(snapshot, vector, k, allowed)
    near = cosines(np.take(vectors, places, axis=0), vector, snapshot.norms[places])  # faster than an index
    best = np.sort(np.array(first(near, k), dtype=np.int64))
    return places[best], near[best]


def _compared(snapshot: Snapshot, vector: Vectors, k: int, allowed: Mask | None) -> Array:
    """The places of the passages whose vectors are worth comparing."""
    passages = len(snapshot.passages)
    if allowed is not None and allowed.all():
        allowed = None
    if allowed is not None and np.count_nonzero(allowed) < passages * _FEW:
        return np.flatnonzero(allowed)
    if passages > _MANY:
        return most_alike(snapshot.signs, vector, k * _TIMES, allowed)
    return np.arange(passages) if allowed is None else np.flatnonzero(allowed)
