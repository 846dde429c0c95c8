"""Matrices of different heights, on top of one another in a few arrays: many are copied at once,
and others put beside them without copying any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.search.arrays import Array
from vectorstore.search.vectors import Bytes

_PARTS = 8  # arrays beyond which the small ones are made one


@dataclass(frozen=True, eq=False)
class RaggedRows:
    """Matrix `n` is the rows `starts[n]` to `starts[n] + heights[n]` of the array `parts[part[n]]`,
    which has the shape (rows, dimension).
    """

    parts: tuple[Bytes, ...]
    part: Array
    starts: Array
    heights: Array

    @classmethod
    def of(cls, matrices: Sequence[Bytes]) -> RaggedRows:
        """Those matrices in order, copied."""
        filled = [matrix for matrix in matrices if len(matrix)]
        rows = np.concatenate(filled) if filled else np.zeros((0, 0), dtype=np.int8)
        return cls.in_one(rows, np.array([len(matrix) for matrix in matrices], dtype=np.int64))

    @classmethod
    def in_one(cls, rows: Bytes, heights: Array) -> RaggedRows:
        """Matrices of these heights, one after the other in the rows."""
        starts = np.cumsum(heights) - heights
        return cls((rows,), np.zeros(len(heights), dtype=np.int64), starts, np.asarray(heights))

    def __len__(self) -> int:
        return len(self.heights)

    def __getitem__(self, n: int) -> Bytes:
        start = self.starts[n]
        rows: Bytes = self.parts[self.part[n]][start : start + self.heights[n]]
        return rows

    def __iter__(self) -> Iterator[Bytes]:
        return (self[n] for n in range(len(self)))

    def chosen(self, places: Sequence[int] | Array) -> RaggedRows:
        """The matrices of these places, in their order."""
        at = np.asarray(places, dtype=np.int64)
        return RaggedRows(self.parts, self.part[at], self.starts[at], self.heights[at])

    def beside(self, others: RaggedRows) -> RaggedRows:
        """These matrices, then the others."""
        together = RaggedRows(
            self.parts + others.parts,
            np.concatenate([self.part, others.part + len(self.parts)]),
            np.concatenate([self.starts, others.starts]),
            np.concatenate([self.heights, others.heights]),
        )
        return together if len(together.parts) <= _PARTS else together._in_two()

    def _in_two(self) -> RaggedRows:
        """The largest array as it is, all that is in the others in another."""
        largest = int(np.argmax([len(rows) for rows in self.parts]))
        moved = np.flatnonzero(self.part != largest)
        heights = self.heights[moved]
        part, starts = np.zeros_like(self.part), self.starts.copy()
        part[moved], starts[moved] = 1, np.cumsum(heights) - heights
        return RaggedRows((self.parts[largest], self.gathered(moved)), part, starts, self.heights)

    def gathered(self, places: Array) -> Bytes:
        """The rows of the matrices of these places, one after the other: shape (rows,
        dimension).
        """
        heights, part = self.heights[places], self.part[places]
        ends = np.cumsum(heights)
        rows = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
            self.starts[places] - (ends - heights), heights
        )
        used = np.unique(part).tolist()
        if len(used) < 2:
            matrix: Bytes = np.take(self.parts[used[0] if used else 0], rows, axis=0)
            return matrix
        owners = np.repeat(part, heights)
        matrix = np.empty((len(rows), max(rows.shape[1] for rows in self.parts)), dtype=np.int8)
        for n in used:
            matrix[owners == n] = self.parts[n][rows[owners == n]]
        return matrix
