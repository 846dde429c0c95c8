"""Rows of different lengths in flat arrays, each known by a key that is made of all it was read
from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class RaggedArray:
    """Row `n` is `column[starts[n]:starts[n + 1]]` of each column. `keys` has an uint64 for each
    row, `starts` one more number than that.
    """

    keys: Array
    starts: Array
    columns: tuple[Array, ...]

    @classmethod
    def read(
        cls,
        keys: Array,
        read: Callable[[int], Sequence[Sequence[int]]],
        kinds: Sequence[type[np.integer[Any]]],
        before: RaggedArray | None = None,
    ) -> RaggedArray:
        """A row for each key, whose columns `read` gives by its number; what stands in `before`
        under the same key is taken from there.
        """
        known = {} if before is None else {key: n for n, key in enumerate(before.keys.tolist())}
        rows = list[Sequence[Array]]()
        for n, key in enumerate(keys.tolist()):
            if before is not None and (row := known.get(key)) is not None:
                rows.append(before.row(row))
            else:
                rows.append(
                    [
                        np.array(cells, dtype=kind)
                        for cells, kind in zip(read(n), kinds, strict=True)
                    ]
                )
        starts = np.concatenate([[0], np.cumsum([len(row[0]) for row in rows], dtype=np.int64)])
        none = [[np.zeros(0, dtype=kind)] for kind in kinds]
        columns = zip(*rows, strict=True) if rows else none
        return cls(keys, starts, tuple(np.concatenate(list(column)) for column in columns))

    def __len__(self) -> int:
        return len(self.keys)

    def row(self, n: int) -> list[Array]:
        """The columns of row `n`."""
        inside = slice(self.starts[n], self.starts[n + 1])
        return [column[inside] for column in self.columns]

    @property
    def lengths(self) -> Array:
        return np.diff(self.starts)

    def sums(self, values: Array) -> Array:
        """For each row the sum of its values; `values` are as many as a column has."""
        until = np.concatenate([[0], np.cumsum(values, dtype=np.int64)])
        sums: Array = until[self.starts[1:]] - until[self.starts[:-1]]
        return sums

    @property
    def arrays(self) -> dict[str, Array]:
        """All of it by name, for `of_arrays`."""
        return {"keys": self.keys, "starts": self.starts} | {
            f"column_{n}": column for n, column in enumerate(self.columns)
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> RaggedArray:
        columns = sorted(name for name in arrays if name.startswith("column_"))
        return cls(arrays["keys"], arrays["starts"], tuple(arrays[name] for name in columns))


def row_key(parts: Iterable[str]) -> int:
    """A number made of texts, the same on every machine: 64 bits of BLAKE2b."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(joined, digest_size=8).digest(), "little")
