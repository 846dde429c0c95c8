"""Arabic number words as digits: "مئتان وأربعة عشر" is 214, "خمسة آلاف" 5000."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vectorstore.language.normalise import fold
from vectorstore.language.tables import ARABIC_MONTHS

_WORD = re.compile(r"[^\W\d_]+")
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول")


def _table(*rows: str) -> Mapping[str, int]:
    """The values of words, from rows of a value and the words for it, folded."""
    split = (row.split() for row in rows)
    return {fold(word): int(value) for value, *words in split for word in words}


_UNITS = _table(
    "1 واحد واحدة إحدى أحد", "2 اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي", "3 ثلاثة ثلاث", "4 أربعة أربع",
    "5 خمسة خمس", "6 ستة ست", "7 سبعة سبع", "8 ثمانية ثماني ثمان", "9 تسعة تسع", "10 عشرة عشر",
)  # fmt: skip
_ORDINALS = _table(
    "1 حادي حادية", "2 ثاني ثانية", "3 ثالث ثالثة", "4 رابع رابعة", "5 خامس خامسة", "6 سادس سادسة", "7 سابع سابعة",
    "8 ثامن ثامنة", "9 تاسع تاسعة", "10 عاشر عاشرة",
)  # fmt: skip
_TENS = _table(
    "20 عشرون عشرين", "30 ثلاثون ثلاثين", "40 أربعون أربعين", "50 خمسون خمسين", "60 ستون ستين", "70 سبعون سبعين",
    "80 ثمانون ثمانين", "90 تسعون تسعين",
)  # fmt: skip
_HUNDREDS = _table(
    "100 مئة مائة مية", "200 مئتان مئتين مائتان مائتين مئتا مئتي", "300 ثلاثمئة ثلاثمائة", "400 أربعمئة أربعمائة",
    "500 خمسمئة خمسمائة", "600 ستمئة ستمائة", "700 سبعمئة سبعمائة", "800 ثمانمئة ثمانمائة ثمانيمئة",
    "900 تسعمئة تسعمائة",
)  # fmt: skip
_MULTIPLES = _table("1000 ألف آلاف", "1000000 مليون مليونا ملايين", "1000000000 مليار مليارا مليارات")
_DOUBLES = _table("2000 ألفان ألفين ألفا", "2000000 مليونان مليونين", "2000000000 ملياران مليارين")
_OF_MONTH = re.compile(rf"\s+من\s+(?:{'|'.join(ARABIC_MONTHS)})")
_ALONE = frozenset({1})  # more often no number


@dataclass(frozen=True)
class _Part:
    """A number word: its value, where it stands, whether it multiplies what is before it, and whether it only counts
    beside others.
    """

    value: int
    start: int
    end: int
    joined: bool
    multiple: bool = False
    ordinal: bool = False


def arabic_in_digits(text: str) -> str:
    """A text with its Arabic number words in digits. "One" alone is left, and so are ordinals of one word."""
    made, last = [], 0
    for run in _runs(text):
        if len(run) == 1 and (run[0].value in _ALONE or run[0].multiple):
            continue
        if len(run) == 1 and run[0].ordinal and not _OF_MONTH.match(fold(text[run[0].end : run[0].end + 20])):
            continue
        made += [text[last : run[0].start], str(_value(run))]
        last = run[-1].end
    return "".join([*made, text[last:]])


def _runs(text: str) -> Iterator[list[_Part]]:
    """Number words that belong together: the next one joined by "and", a teen's ten, or a multiple."""
    run: list[_Part] = []
    for match in _WORD.finditer(text):
        part = _part(match)
        goes_on = part and run and not text[run[-1].end : part.start].strip(" ") and _goes_on(run, part)
        if run and not goes_on:
            yield run
            run = []
        if part:
            run.append(part)
    if run:
        yield run


def _goes_on(run: list[_Part], part: _Part) -> bool:
    """Whether a number word belongs to those before it: Arabic says hundreds, then units, then tens."""
    last = run[-1].value
    if part.multiple:
        return True
    if not part.joined:
        return last < 10 and part.value in (10, 100)
    if part.value < 100:
        return last >= 100 or last < 10 <= part.value
    return last >= 1000


def _part(match: re.Match[str]) -> _Part | None:
    folded = fold(match.group())
    for clitic in _CLITICS:
        if not folded.startswith(clitic):
            continue
        word, joined = folded[len(clitic) :], clitic.startswith("و")
        if word in _MULTIPLES and clitic in ("", "ال", "و"):
            return _Part(_MULTIPLES[word], *match.span(), joined, multiple=not joined)
        for table in (_UNITS, _TENS, _HUNDREDS, _DOUBLES):
            if word in table:
                return _Part(table[word], *match.span(), joined)
        if word in _ORDINALS:
            return _Part(_ORDINALS[word], *match.span(), joined, ordinal=True)
    return None


def _value(run: list[_Part]) -> int:
    total = small = 0
    for part in run:
        if part.multiple:
            total, small = total + max(small, 1) * part.value, 0
        elif part.value == 100 and 2 < small < 10:
            small *= 100
        else:
            small += part.value
    return total + small
