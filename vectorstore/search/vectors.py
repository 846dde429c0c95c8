"""Unit vectors in a byte for each number, and cosines between them. simsimd lives here.

A row is scaled so that its largest number is 127. The scale is lost, the direction stays, at a
cosine above .999. A hundred thousand of 384 dimensions take 38 MB, and all their cosines with one
vector 4 ms on two cores.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedders.base import Vectors
from vectorstore.search.arrays import Array

_THREADS = 2  # memory, and not the cores, is what bounds the comparison
Bytes = NDArray[np.int8]


def quantised(vectors: Vectors) -> Bytes:
    """Rows of bytes, of the same shape (rows, dimension)."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True, initial=0), 1e-9)
    rows: Bytes = np.round(vectors / largest * 127).astype(np.int8)
    return rows


def cosines(rows: Bytes, vector: Vectors, norms: Vectors | None = None) -> NDArray[np.float32]:
    """The cosine of each row with a vector of shape (dimension,), 0 for a row of zeros: shape
    (rows,).

    It takes a quarter less time where the `lengths` of the rows are known.
    """
    import simsimd

    if not len(rows):
        return np.zeros(0, dtype=np.float32)
    asked, against = quantised(vector[None]), np.ascontiguousarray(rows)
    if norms is None:
        distances = np.asarray(
            simsimd.cdist(asked, against, "cosine", threads=_THREADS), dtype=np.float32
        )[0]
        near: NDArray[np.float32] = 1 - distances
        return near
    products: NDArray[np.float32] = np.asarray(
        simsimd.cdist(asked, against, "dot", threads=_THREADS), dtype=np.float32
    )[0]
    products /= norms * lengths(asked)[0]
    return products


def lengths(rows: Bytes) -> NDArray[np.float32]:
    """The length of each row, at least 1: shape (rows,)."""
    # or the numbers would take four times the memory
    some_at_once = np.array_split(rows, len(rows) // 4096 + 1)
    squares = [np.einsum("ij,ij->i", batch, batch, dtype=np.float32) for batch in some_at_once]
    return np.asarray(np.sqrt(np.maximum(np.concatenate(squares), 1)))


def signs(rows: Bytes) -> NDArray[np.uint8]:
    """The sign of each number, eight in a byte: shape (rows, dimension / 8)."""
    return np.packbits(rows > 0, axis=1)


def most_alike(
    signed: NDArray[np.uint8], vector: Vectors, k: int, allowed: NDArray[np.bool_] | None
) -> Array:
    """The places of the k rows, and a few more, whose `signs` differ least from a vector's, in
    order: what is near to it is hardly ever outside of twelve times as many (compare Yamada, Asai
    and Hajishirzi, ACL 2021).
    """
    import simsimd

    asked = signs(quantised(vector[None]))
    differing = np.asarray(simsimd.cdist(asked, signed, "hamming", dtype="bin8", threads=_THREADS))[
        0
    ].astype(np.uint16)
    if allowed is not None:
        differing[~allowed] = len(vector) + 1
    until = np.cumsum(np.bincount(differing, minlength=len(vector) + 2)[: len(vector) + 1])
    return np.flatnonzero(differing <= min(int(np.searchsorted(until, k)), len(vector)))


def packed(rows: Bytes) -> bytes:
    """Rows with how many they are: the number before a colon, then the rows."""
    return b"%d:" % len(rows) + rows.tobytes()


def unpacked(content: bytes) -> Bytes:
    """The rows that `packed` packed."""
    count, _, rows = content.partition(b":")
    number = int(count)
    return np.frombuffer(rows, dtype=np.int8).reshape(number, len(rows) // max(1, number))


def unit_vectors(rows: Bytes) -> Vectors:
    """The unit vectors of rows of bytes."""
    unit: Vectors = rows / np.maximum(
        np.linalg.norm(rows.astype(np.float32), axis=1, keepdims=True), 1e-9
    )
    return unit.astype(np.float32)
