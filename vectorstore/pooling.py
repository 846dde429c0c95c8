"""From the vectors of tokens to those of texts and of their parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vectorstore.embedder import Embedder, Parts, Vectors


def pooled(tokens: Vectors, places: Sequence[tuple[int, int]], parts: Parts) -> Vectors:
    """The unit means of all tokens, and of those of each part: shape (1 + parts, dimension); zeros for a part of which
    no token was read. `places` says where each token stands in the whole: (start, end), empty for special ones.
    """
    starts, ends = np.array(places).T
    found, at = [tokens.mean(axis=0)], 0
    for part in parts:
        inside = (starts >= at) & (ends <= at + len(part)) & (starts < ends)
        found.append(tokens[inside].mean(axis=0) if inside.any() else np.zeros(tokens.shape[1]))
        at += len(part) + 1
    return unit(np.stack(found).astype(np.float32))


def read_the_rest(embedder: Embedder, texts: Sequence[Parts], found: Sequence[Vectors]) -> None:
    """Puts in the vectors of the parts of which no token was read, each read by itself."""
    unread = [(row, n) for row, vectors in enumerate(found) for n in np.flatnonzero(~vectors.any(axis=1)).tolist()]
    if unread:
        for (row, n), vector in zip(unread, embedder.encode([texts[row][n - 1] for row, n in unread]), strict=True):
            found[row][n] = vector


def unit(rows: Vectors) -> Vectors:
    """The rows at length 1; zeros stay zeros."""
    scaled: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled
