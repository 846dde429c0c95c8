"""The months and days of the week by their names, as CLDR has them for each country. Babel lives
here.
"""

from __future__ import annotations

from functools import cache

from vectorstore.language.normalise import fold
from vectorstore.language.pack import LANGUAGES, read_pack, words_of


@cache
def month_names(language: str) -> tuple[str, ...]:
    """The twelve names by which a language calls the months first; English where it has no pack."""
    from babel import Locale

    return tuple(
        Locale.parse(language if language in LANGUAGES else "en").months["format"]["wide"].values()
    )


@cache
def months_of(language: str) -> dict[str, int]:
    """The number of the month for each folded way in which a language writes its name."""
    from babel import Locale

    table = read_pack(language)["months"]
    names = {
        fold(name): number
        for locale in table["locales"].split()
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(locale).months["format"][width].items()
    }
    return names | {fold(name): int(number) for number, name in table.get("also", {}).items()}


@cache
def weekdays_of(language: str) -> tuple[str, ...]:
    """The folded names of the days of the week."""
    from babel import Locale

    names = tuple(map(fold, Locale.parse(language).days["format"]["wide"].values()))
    return (*names, *words_of("weekdays", language))


MONTHS = {name: number for language in LANGUAGES for name, number in months_of(language).items()}
# Words that are a month only beside a day or a year.
DOUBTFUL_MONTHS = frozenset(
    word
    for language in LANGUAGES
    for word in fold(read_pack(language)["months"]["only_beside_a_number"]).split()
)
