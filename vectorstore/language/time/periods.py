"""The days, months and years that a text names, as periods: "10 November 2020", "آذار 2021", "in
2022".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from vectorstore.language.months import DOUBTFUL_MONTHS, MONTHS, month_names
from vectorstore.language.normalise import fold
from vectorstore.language.pack import words_of

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"

_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:\s*,?\s*(?:of\s+|من\s+(?:عام\s+)?|عام\s+)?(?P<year>{_YEAR})\b)?"
# Each way to write a date: by number, day before month, month before day, month alone, year alone.
_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|\bو?(?:(?P<d1>{_DAY})\s*(?:-|–|or|and|to|او|و)\s*)?(?P<d2>{_DAY})(?:\s+of)?\s+(?P<m1>{_MONTH})\b"
    rf"(?:\s*/\s*{_MONTH}\b)?{_OF_YEAR}"
    rf"|\bو?(?P<m2>{_MONTH})\b\.?(?:\s*/\s*{_MONTH}\b)?(?:\s+(?P<d3>{_DAY})\b(?!\s*%))?"
    rf"{_OF_YEAR.replace('year', 'year2')}"
    rf"|(?<![\d.,])\b(?P<year3>{_YEAR})s?\b(?![.,]\d)"
)
# Times that are no date: days of the week, times of the day, and words such as "yesterday".
_TIMES = (
    "noon|midday|midnight|dawn|dusk|sunrise|sunset|morning|afternoon|evening|tonight|yesterday|today|tomorrow|o'clock|"
    "(?:last|next|this|same)"
    " (?:week|month|year|day|night|summer|winter|spring|autumn)|(?:days?|weeks?|months?|years?) "
    "(?:ago|later|earlier|after|before)|امس|اليوم|غدا|الظهر|ظهرا|الفجر|فجرا|مساء|المساء|صباحا|الصباح|الليل|ليلا|الساعه"
)
_TIME = re.compile(rf"\b(?:{'|'.join(words_of('weekdays'))}|{_TIMES})\b|\b\d{{1,2}}[:.]\d\d\b")
_AFTER = re.compile(
    r"\b(?:since|from|after|starting|منذ|بعد|ابتداء من)\s+(?:the\s+)?(?:year\s+|عام\s+)?$"
)
_BEFORE = re.compile(r"\b(?:before|until|till|up to|by|قبل|حتي)\s+(?:the\s+)?(?:year\s+|عام\s+)?$")
_BETWEEN = re.compile(r"\b(?:between|from|بين|من)\s+$")
_AND = re.compile(r"^\s*(?:and|to|until|-|–|و|الي|حتي)\s*(?:عام\s+)?$")


@dataclass(frozen=True)
class Period:
    """From the first ISO day to the last one."""

    first: str
    last: str

    def meets(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class WrittenDate:
    """A date as it is written: where, and what it says of year, month and days.

    A `doubtful` one may be another word, such as "may".
    """

    start: int
    end: int
    year: int | None
    month: int | None = None
    days: tuple[int, ...] = ()
    doubtful: bool = False


def periods(text: str, year: int | None = None) -> tuple[Period, ...]:
    """The periods that a text names, in order, once each. A month or day without its year is of
    `year`, or is left out where that is None.
    """
    named = (_period(date, date.year or year) for date in written(text) if not date.doubtful)
    return tuple(dict.fromkeys(period for period in named if period))


def asked_periods(question: str) -> tuple[Period, ...]:
    """The periods that a question asks about: "between March and July 2023" is one, "since 2021"
    has no end.

    A month without a year is of the year that the question names later, if any.
    """
    folded = fold(question)
    dates = written(question)
    asked: list[Period] = []
    opened: tuple[WrittenDate, Period] | None = None
    for at, date in enumerate(dates):
        year = date.year or next((later.year for later in dates[at:] if later.year), None)
        before = folded[: date.start]
        period = None if date.doubtful and not _BETWEEN.search(before) else _period(date, year)
        if not period:
            continue
        if opened and _AND.search(folded[opened[0].end : date.start]):
            asked[-1] = Period(opened[1].first, period.last)
            opened = None
            continue
        if _BETWEEN.search(before):
            opened = (date, period)
        asked.append(_opened(period, before))
    return tuple(dict.fromkeys(asked))


def _opened(period: Period, before: str) -> Period:
    if _AFTER.search(before):
        return Period(period.first, LAST_DAY)
    return Period(FIRST_DAY, period.last) if _BEFORE.search(before) else period


def written(text: str) -> list[WrittenDate]:
    """The dates of a text, in order."""
    folded = fold(text)
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in folded)
    return [date for match in _DATE.finditer(digits) if (date := _read(match))]


def _read(match: re.Match[str]) -> WrittenDate | None:
    if match["iso"]:
        of_year, month, day = (int(part) for part in match["iso"].split("-"))
        return WrittenDate(*match.span(), of_year, month, (day,)) if 1 <= month <= 12 else None
    stated = match["year"] or match["year2"] or match["year3"]
    written = match["m1"] or match["m2"]
    days = tuple(
        int(re.sub(r"\D", "", day)) for day in (match["d1"], match["d2"], match["d3"]) if day
    )
    start = min(match.start(group) for group in ("d1", "d2", "m1", "m2", "year3") if match[group])
    doubtful = written in DOUBTFUL_MONTHS and not (stated or days)
    return WrittenDate(
        start,
        match.end(),
        int(stated) if stated else None,
        MONTHS[written] if written else None,
        days,
        doubtful,
    )


def _period(date: WrittenDate, year: int | None) -> Period | None:
    if year is None:
        return None
    if date.month is None:
        return Period(f"{year}-01-01", f"{year}-12-31")
    length = calendar.monthrange(year, date.month)[1]
    first, last = (min(date.days), max(date.days)) if date.days else (1, length)
    if last > length:
        return None
    return Period(f"{year}-{date.month:02}-{first:02}", f"{year}-{date.month:02}-{last:02}")


def written_date(iso: str) -> str:
    """An ISO day as English writes it: "10 November 2020"."""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{day} {month_names('en')[month - 1]} {year}"


def written_dates(iso: str) -> str:
    """An ISO day as questions in English and Arabic may write it: "10 November 2020 نوفمبر"."""
    return f"{written_date(iso)} {month_names('ar')[int(iso.split('-')[1]) - 1]}"


def names_time(text: str) -> bool:
    """Whether a text names a year, a month, a day of the month or week, or a time of the day."""
    folded = fold(text)
    return any(not date.doubtful for date in written(text)) or _TIME.search(folded) is not None
