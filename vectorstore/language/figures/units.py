"""The words for units of length, area, weight and time, from the packs."""

from __future__ import annotations

from typing import Literal, get_args

from vectorstore.language.normalise import fold
from vectorstore.language.pack import LANGUAGES, read_pack

Measure = Literal["length", "area", "weight", "duration"]


def _by_word(name: str) -> dict[str, tuple[Measure, float]]:
    """What each folded word measures, and its size in metres, square metres, kilograms or
    seconds.
    """
    return {
        word: (measure, float(size))
        for language in LANGUAGES
        for measure in get_args(Measure)
        for size, words in read_pack(language).get(name, {}).get(measure, {}).items()
        for word in fold(words).split()
    }


UNITS = _by_word("units")
DUALS = _by_word("duals")  # words for two of a unit
