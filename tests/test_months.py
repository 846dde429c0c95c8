"""The names of months and days in the packs, against CLDR as Babel has it."""

from __future__ import annotations

import pytest
from babel import Locale

from vectorstore.language.months import DOUBTFUL_MONTHS, MONTHS, month_names, months_of
from vectorstore.language.normalise import fold
from vectorstore.language.pack import words_of


@pytest.mark.parametrize(
    ("language", "locale"),
    [
        ("en", "en"),
        *(("ar", locale) for locale in "ar ar_SY ar_IQ ar_TN ar_DZ ar_MA ar_MR".split()),
    ],
)
def test_every_month_and_day_of_a_country_is_in_the_pack(language: str, locale: str) -> None:
    known, cldr = months_of(language), Locale.parse(locale)
    for width in ("wide", "abbreviated"):
        names = cldr.months["format"][width].items()
        assert {name: known.get(fold(name)) for _, name in names} == {name: n for n, name in names}
    days = {fold(day) for day in cldr.days["format"]["wide"].values()}
    assert days <= set(words_of("weekdays", language))


def test_a_month_is_shown_by_its_usual_name() -> None:
    assert month_names("en") == tuple(Locale.parse("en").months["format"]["wide"].values())
    assert month_names("ar") == tuple(Locale.parse("ar").months["format"]["wide"].values())
    assert month_names("fr") == month_names("en")  # which has no pack


def test_what_is_a_month_only_beside_a_number_is_a_month() -> None:
    assert {"may", "march"} < DOUBTFUL_MONTHS
    assert DOUBTFUL_MONTHS - MONTHS.keys() == set()
