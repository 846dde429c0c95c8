"""The best of many scores."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLOCK = 64  # scores of which only the best is looked at first


def first(scores: NDArray[Any], k: int) -> list[int]:
    """The places of the k highest scores that are above 0, best first; of equals the earlier ones.
    Sorts no more than these.
    """
    places = contenders(scores, k)
    considered = scores[places]
    if len(considered) > k:
        least = np.partition(considered, len(considered) - k)[len(considered) - k]
        above, equal = np.flatnonzero(considered > least), np.flatnonzero(considered == least)
        chosen = np.sort(np.concatenate([above, equal[: k - len(above)]]))
        places, considered = places[chosen], considered[chosen]
    best: list[int] = places[np.argsort(-considered, kind="stable")].tolist()
    return best


def contenders(scores: NDArray[Any], k: int, slack: float = 0.0) -> NDArray[np.intp]:
    """The places, in order, of scores above 0 among which the k highest are, even if each is off by
    `slack`.

    The best of every block are looked at first: k of them are k scores, and no other that is lower
    counts.
    """
    blocks = len(scores) // _BLOCK
    if blocks <= k:
        return np.flatnonzero(scores > 0)
    best = scores[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    least = np.partition(best, blocks - k)[blocks - k] - 2 * slack
    return np.flatnonzero(scores >= least) if least > 0 else np.flatnonzero(scores > 0)
