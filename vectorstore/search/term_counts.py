"""Texts as the terms that they are searched by, in arrays: a set of each would take ten times the
memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from vectorstore.language.tokenise import terms
from vectorstore.search.arrays import Array, Arrays, RaggedArray

_MOST = np.iinfo(np.uint16).max  # times that a term counts in one text


class TermCounts:
    """The terms of texts: `rows` has for each text the numbers of its terms in `vocabulary`, each
    once, and how often it counts.
    """

    def __init__(self, vocabulary: Mapping[str, int], rows: RaggedArray) -> None:
        self.vocabulary = vocabulary
        self.rows = rows

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> TermCounts:
        """The terms of texts, each as often as it stands there."""
        return cls.read(np.arange(len(texts), dtype=np.uint64), lambda n: Counter(terms(texts[n])))

    @classmethod
    def read(
        cls, keys: Array, read: Callable[[int], Counter[str]], before: TermCounts | None = None
    ) -> TermCounts:
        """A row for each key, as `read` counts it by its number; what stands in `before` under the
        same key is taken from there.
        """
        vocabulary = dict(before.vocabulary) if before else {}

        def numbered(n: int) -> tuple[list[int], list[int]]:
            counts = read(n)
            ids = [vocabulary.setdefault(term, len(vocabulary)) for term in counts]
            return ids, [min(count, _MOST) for count in counts.values()]

        rows = RaggedArray.read(
            keys, numbered, (np.int32, np.uint16), before.rows if before else None
        )
        return cls(vocabulary, rows)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.rows)

    @property
    def ids(self) -> Array:
        return self.rows.columns[0]

    @property
    def counts(self) -> Array:
        return self.rows.columns[1]

    def of(self, texts: Sequence[int], among: Iterable[str]) -> list[frozenset[str]]:
        """For each of some texts those of some terms that stand in it."""
        wanted = {id: term for term in among if (id := self.vocabulary.get(term)) is not None}
        ids, starts = self.ids, self.rows.starts
        rows = [ids[starts[n] : starts[n + 1]] for n in texts]
        if not rows or not wanted:
            return [frozenset()] * len(rows)
        terms_of_rows = np.concatenate(rows)
        places = np.flatnonzero(np.isin(terms_of_rows, list(wanted)))
        owners = np.searchsorted(np.cumsum([len(row) for row in rows]), places, side="right")
        sets: list[set[str]] = [set() for _ in rows]
        for owner, id in zip(owners.tolist(), terms_of_rows[places].tolist(), strict=True):
            sets[owner].add(wanted[id])
        return [frozenset(terms) for terms in sets]

    def frequency(self, term: str) -> int:
        """In how many of the texts a term stands."""
        id = self.vocabulary.get(term)
        return 0 if id is None else int(self.frequencies[id])

    @cached_property
    def frequencies(self) -> Array:
        """The same of each term, by its number."""
        return np.bincount(self.ids, minlength=len(self.vocabulary))

    @property
    def arrays(self) -> Arrays:
        """All of it by name, for `of_arrays`."""
        names = np.frombuffer(
            "\n".join(self.vocabulary).encode("utf-8", "surrogatepass"), dtype=np.uint8
        )
        return {**self.rows.arrays, "names": names}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> TermCounts:
        names = bytes(arrays["names"]).decode("utf-8", "surrogatepass")
        return cls(
            {name: n for n, name in enumerate(names.split("\n"))} if names else {},
            RaggedArray.of_arrays(arrays),
        )
