"""The months by their names, from the packs."""

from __future__ import annotations

from functools import cache

from vectorstore.language.normalise import fold
from vectorstore.language.pack import LANGUAGES, read_pack


@cache
def month_names(language: str) -> tuple[str, ...]:
    """The twelve names by which a language calls the months first; English where it has no pack."""
    table = read_pack(language if language in LANGUAGES else "en")["months"]["names"]
    return tuple(names[0] for names in table.values())


@cache
def months_of(language: str) -> dict[str, int]:
    """The number of the month for each folded way in which a language writes its name."""
    table = read_pack(language)["months"]["names"]
    return {fold(name): int(number) for number, names in table.items() for name in names}


MONTHS = {name: number for language in LANGUAGES for name, number in months_of(language).items()}
# Words that are a month only beside a day or a year.
DOUBTFUL_MONTHS = frozenset(
    word
    for language in LANGUAGES
    for word in fold(read_pack(language)["months"]["only_beside_a_number"]).split()
)
