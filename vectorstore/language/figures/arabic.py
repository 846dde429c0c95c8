"""Arabic number words as digits: "مئتان وأربعة عشر" is 214, "خمسة آلاف" 5000."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vectorstore.language.months import months_of
from vectorstore.language.normalise import fold
from vectorstore.language.number_words import number_words

_WORD = re.compile(r"[^\W\d_]+")
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "وب", "ول")


_UNITS, _ORDINALS, _TENS, _HUNDREDS, _MULTIPLES, _DOUBLES = (
    number_words(kind, "ar")
    for kind in ("units", "ordinals", "tens", "hundreds", "multiples", "doubles")
)
_MONTHS = sorted(months_of("ar"), key=len, reverse=True)
_OF_MONTH = re.compile(rf"\s+من\s+(?:{'|'.join(_MONTHS)})")
_ALONE = frozenset({1})  # more often no number


@dataclass(frozen=True)
class _Part:
    """A number word: its value, where it stands, whether it multiplies what is before it, and
    whether it only counts beside others.
    """

    value: int
    start: int
    end: int
    joined: bool
    multiple: bool = False
    ordinal: bool = False


def arabic_in_digits(text: str) -> str:
    """A text with its Arabic number words in digits. "One" alone is left, and so are ordinals of
    one word.
    """
    made, last = [], 0
    for run in _runs(text):
        if len(run) == 1 and (run[0].value in _ALONE or run[0].multiple):
            continue
        if (
            len(run) == 1
            and run[0].ordinal
            and not _OF_MONTH.match(fold(text[run[0].end : run[0].end + 20]))
        ):
            continue
        made += [text[last : run[0].start], str(_value(run))]
        last = run[-1].end
    return "".join([*made, text[last:]])


def _runs(text: str) -> Iterator[list[_Part]]:
    """Number words that belong together: the next one joined by "and", a teen's ten, or a
    multiple.
    """
    run: list[_Part] = []
    for match in _WORD.finditer(text):
        part = _part(match)
        goes_on = (
            part and run and not text[run[-1].end : part.start].strip(" ") and _goes_on(run, part)
        )
        if run and not goes_on:
            yield run
            run = []
        if part:
            run.append(part)
    if run:
        yield run


def _goes_on(run: list[_Part], part: _Part) -> bool:
    """Whether a number word belongs to those before it: Arabic says hundreds, then units, then
    tens.
    """
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
