"""The hours of the day that a text names: "23:14", "11.14 p.m.", "ten past five", "الواحدة وعشرين
دقيقة".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vectorstore.language.normalise import fold
from vectorstore.language.number_words import number_words

_SPELLED = {
    word: n for kind in ("units", "teens", "tens") for word, n in number_words(kind, "en").items()
}
_UNITS = [word for word, n in _SPELLED.items() if n <= 12]
_HOURS: Mapping[str, int] = {word: _SPELLED[word] for word in _UNITS} | {
    "midnight": 0,
    "noon": 12,
    "midday": 12,
}
_MINUTES = {word: n for word, n in _SPELLED.items() if n < 60} | {
    "quarter": 15, "a quarter": 15, "twenty-five": 25, "half": 30,
}  # fmt: skip
_ARABIC = fold(
    "الواحدة الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة"
).split()
_ARABIC_HOURS = {word: n for n, word in enumerate(_ARABIC, 1)}
_ARABIC_PARTS = {fold(word): n for word, n in {
    "والنصف": 30, "والربع": 15, "والثلث": 20, "وعشر دقائق": 10, "وخمس دقائق": 5, "وعشرين دقيقة": 20,
    "وعشرون دقيقة": 20, "وثلاثين دقيقة": 30, "وأربعين دقيقة": 40, "وخمسين دقيقة": 50,
}.items()}  # fmt: skip
_HALF_DAY = r"\s*(?P<half>[ap]\.?m\b\.?)"
_DIGITS = re.compile(
    rf"(?<![\d:.])(?P<h1>[01]?\d|2[0-4]):(?P<m1>[0-5]\d)(?![\d:])(?:{_HALF_DAY})?"
    rf"|(?<![\d:.])(?P<h2>1[0-2]|0?\d)(?:\.(?P<m2>[0-5]\d))?{_HALF_DAY.replace('half', 'half2')}"
)
_WORDS = re.compile(
    rf"\b(?P<minutes>{'|'.join(sorted(_MINUTES, key=len, reverse=True))}|\d\d?)(?:\s+minutes)?"
    rf"\s+(?P<way>past|to|after|before)\s+(?P<hour>{'|'.join(_HOURS)})\b|\b(?P<sharp>{'|'.join(_HOURS)})\s+o'clock\b|\b(?P<named>midnight|noon|midday)\b"
    rf"|\b(?P<about>{'|'.join(_UNITS)})\s+(?:in the (?:morning|afternoon|evening)|at night)\b"
)
_IN_ARABIC = re.compile(
    rf"(?<!\w)ب?(?P<hour>{'|'.join(_ARABIC_HOURS)})(?:\s+(?:و(?P<minutes>\d\d?)\s+دقي\w*|(?P<part>{'|'.join(_ARABIC_PARTS)})))?"
)
_ORDINAL = re.compile(rf"ب?(?:{'|'.join(_ARABIC_HOURS)})")
_PART_OF_DAY = re.compile(r"\s+(?:من\s+)?(?:ال)?(?:صباحا?|ظهرا?|فجرا?|مساء|ليلا?|عصرا?)(?!\w)")


@dataclass(frozen=True)
class Hour:
    """An hour and minute, where it stands in the folded text, and whether that leaves open which
    half of the day.
    """

    minutes: int  # after midnight
    start: int
    end: int
    open: bool

    def agrees(self, other: Hour) -> bool:
        """Whether both can be one time."""
        either = self.open or other.open
        return (self.minutes - other.minutes) % (720 if either else 1440) == 0


def hours(folded: str) -> list[Hour]:
    """The times of a folded text, in order."""
    named = [_digits(match) for match in _DIGITS.finditer(folded)]
    named += [_words(match) for match in _WORDS.finditer(folded)]
    named += [_arabic(match) for match in _IN_ARABIC.finditer(folded)]
    return sorted(named, key=lambda hour: hour.start)


def sure_hours(folded: str) -> list[Hour]:
    """The times of a folded text but for the Arabic ordinals that are more often no hour: "the
    second one".
    """
    return [
        hour
        for hour in hours(folded)
        if not _ORDINAL.fullmatch(folded, hour.start, hour.end) or _timed(folded, hour)
    ]


def _timed(folded: str, hour: Hour) -> bool:
    before, after = folded[max(0, hour.start - 8) : hour.start], folded[hour.end : hour.end + 16]
    return "الساعه" in before or _PART_OF_DAY.match(after) is not None


def without_hours(text: str) -> str:
    """A text, folded, without its times."""
    folded = fold(text)
    for hour in reversed(hours(folded)):
        folded = folded[: hour.start] + folded[hour.end :]
    return folded


def _digits(match: re.Match[str]) -> Hour:
    half = (match["half"] or match["half2"] or "")[:1]
    hour, minute = int(match["h1"] or match["h2"]), int(match["m1"] or match["m2"] or 0)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    certain = bool(half) or hour > 12 or (match["h1"] or "").startswith("0")
    return Hour(hour % 24 * 60 + minute, *match.span(), not certain)


def _words(match: re.Match[str]) -> Hour:
    if not match["way"]:
        named = match["sharp"] or match["named"] or match["about"]
        return Hour(_HOURS[named] * 60, *match.span(), named not in ("midnight", "noon", "midday"))
    spelled = match["minutes"]
    minutes = int(spelled) if spelled.isdigit() else _MINUTES[spelled]
    back = match["way"] in ("to", "before")
    minutes = _HOURS[match["hour"]] * 60 + (-minutes if back else minutes)
    return Hour(minutes % 1440, *match.span(), match["hour"] not in ("midnight", "noon", "midday"))


def _arabic(match: re.Match[str]) -> Hour:
    minutes = int(match["minutes"] or 0) + _ARABIC_PARTS.get(match["part"] or "", 0)
    return Hour(_ARABIC_HOURS[match["hour"]] * 60 + minutes, *match.span(), True)
