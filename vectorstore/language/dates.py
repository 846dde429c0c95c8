"""Dates as ISO strings. dateparser lives here."""

from __future__ import annotations

import re
from functools import lru_cache

from vectorstore.language.tables import LEVANTINE_MONTHS

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST = 60


@lru_cache(maxsize=4096)
def read_date(text: str) -> str | None:
    """The ISO date that a short text *is* ("JUL 21, 2023", "14/5/2021", "١٤ أيار ٢٠٢١"), or None.

    Day, month and year must all be there; a two-way number date is read day first, as the Arabic and European press
    writes it.
    """
    plain = _latin_digits(text)
    if len(plain) > _LONGEST or not _YEAR.search(plain):
        return None
    for month, reads_as in LEVANTINE_MONTHS.items():
        plain = re.sub(rf"{month}(?:\s*/\s*[^\W\d]+)?", reads_as, plain)  # "آذار/مارس": both names of one month
    import dateparser

    settings = {"STRICT_PARSING": True, "DATE_ORDER": "DMY", "PREFER_LOCALE_DATE_ORDER": False}
    found = dateparser.parse(plain.strip(), languages=["en", "ar"], settings=settings)
    return found.date().isoformat() if found else None


def _latin_digits(text: str) -> str:
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)
