"""Dates as ISO strings. dateparser lives here."""

from __future__ import annotations

import re
from functools import lru_cache

from vectorstore.language.months import month_names, months_of
from vectorstore.language.normalise import fold
from vectorstore.language.pack import words_of

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST = 60
_LONGEST_WRITTEN = 300  # before it is folded
_NAMES = "|".join(sorted(months_of("ar"), key=len, reverse=True))
# "آذار/مارس" names one month twice
_MONTH = re.compile(rf"\b(?P<month>{_NAMES})\b(?:\s*/\s*(?:{_NAMES})\b)?")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(words_of('weekdays', 'ar'))})\b")


def read_date(text: str) -> str | None:
    """The ISO date that a short text *is* ("JUL 21, 2023", "14/5/2021", "١٤ أيار ٢٠٢١"), or None.

    Day, month and year must all be there; a two-way number date is read day first, as the Arabic
    and European press writes it.
    """
    return _read(text) if len(text) <= _LONGEST_WRITTEN else None


@lru_cache(maxsize=4096)
def _read(text: str) -> str | None:
    plain = _plain(text)
    if len(plain) > _LONGEST or not _YEAR.search(plain):
        return None
    import dateparser

    settings = {"STRICT_PARSING": True, "DATE_ORDER": "DMY", "PREFER_LOCALE_DATE_ORDER": False}
    parsed = dateparser.parse(plain, languages=["en", "ar"], settings=settings)
    return parsed.date().isoformat() if parsed else None


def _plain(text: str) -> str:
    """The folded date in Latin digits, without Arabic weekday, its month by the one name that
    dateparser reads.
    """
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in fold(text))
    return _MONTH.sub(
        lambda match: month_names("ar")[months_of("ar")[match["month"]] - 1],
        _WEEKDAY.sub("", digits),
    ).strip(" ،,")
