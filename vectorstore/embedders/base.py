"""Text to vectors: what the corpus and the search need of a model.

From the vectors of tokens to those of texts and of their parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Parts = Sequence[str]


class Embedder(Protocol):
    """A model. `name` is what a corpus remembers of it."""

    @property
    def name(self) -> str: ...

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that the model reads; it ignores what comes after."""
        ...

    def reads(self, language: str | None) -> bool:
        """Whether vectors of texts in this language mean anything."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, shape (texts, dimension), in the order of the texts."""
        ...

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        """For each text, given in parts, unit vectors of shape (1 + parts, dimension): the whole,
        then each part.
        """
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The length of each text in the model's own tokens, without its special ones."""
        ...


@dataclass(frozen=True)
class Encoded:
    """The vectors of an article: its passages' (passages, dimension), for each passage its
    sentences' (sentences, dimension), and its lead's (dimension,).
    """

    passages: Vectors
    sentences: tuple[Vectors, ...]
    lead: Vectors


def whole(parts: Parts) -> str:
    """A text of its parts."""
    return " ".join(parts)


def encode_apart(embedder: Embedder, texts: Sequence[Parts]) -> list[Vectors]:
    """What `encode_parts` promises, with each part read by itself: for models that do not pool by
    the mean.
    """
    rows = embedder.encode([text for parts in texts for text in (whole(parts), *parts)])
    return np.split(rows, np.cumsum([1 + len(parts) for parts in texts])[:-1]) if texts else []


def pooled(tokens: Vectors, places: Sequence[tuple[int, int]], parts: Parts) -> Vectors:
    """The unit means of all tokens, and of those of each part: shape (1 + parts, dimension); zeros
    for a part of which no token was read. `places` says where each token stands in the whole:
    (start, end), empty for special ones.
    """
    starts, ends = np.array(places).T
    means, at = [tokens.mean(axis=0)], 0
    for part in parts:
        inside = (starts >= at) & (ends <= at + len(part)) & (starts < ends)
        means.append(tokens[inside].mean(axis=0) if inside.any() else np.zeros(tokens.shape[1]))
        at += len(part) + 1
    return unit(np.stack(means).astype(np.float32))


def read_the_rest(embedder: Embedder, texts: Sequence[Parts], matrices: Sequence[Vectors]) -> None:
    """Puts in the vectors of the parts of which no token was read, each read by itself."""
    unread = [
        (row, n)
        for row, vectors in enumerate(matrices)
        for n in np.flatnonzero(~vectors.any(axis=1)).tolist()
    ]
    if unread:
        for (row, n), vector in zip(
            unread, embedder.encode([texts[row][n - 1] for row, n in unread]), strict=True
        ):
            matrices[row][n] = vector


def unit(rows: Vectors) -> Vectors:
    """The rows at length 1; zeros stay zeros."""
    scaled: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled
