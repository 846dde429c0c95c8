"""The best of many scores."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def first(scores: NDArray[Any], k: int) -> list[int]:
    """The places of the k highest scores that are above 0, best first; of equals the earlier ones. Sorts no more than
    these.
    """
    places = np.flatnonzero(scores > 0)
    told = scores[places]
    if len(told) > k:
        least = np.partition(told, len(told) - k)[len(told) - k]
        above, equal = np.flatnonzero(told > least), np.flatnonzero(told == least)
        chosen = np.sort(np.concatenate([above, equal[: k - len(above)]]))
        places, told = places[chosen], told[chosen]
    best: list[int] = places[np.argsort(-told, kind="stable")].tolist()
    return best
