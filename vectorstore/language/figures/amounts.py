"""The amounts of a text, in digits or in words: "1.2 million", "two hundred and fourteen", "٢١٤".

English number words are read by text2num, which lives here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vectorstore.language.figures.arabic import arabic_in_digits
from vectorstore.language.figures.numbers import normal, numbers

_MULTIPLES = {
    "thousand": 3, "million": 6, "billion": 9, "bn": 9, "m": 6,
    "ألف": 3, "الف": 3, "آلاف": 3, "مليون": 6, "ملايين": 6, "مليار": 9, "مليارات": 9,
}  # fmt: skip
_MULTIPLIED = re.compile(rf"(?<![\w.,])([\d.,٫٬]*\d)\s?({'|'.join(_MULTIPLES)})\b")
# what text2num makes of "one point two million"
_POINT = re.compile(r"(\d+\.\d+) 1(000(?:000)*)\b")
_ONE = re.compile(
    r"(?<![\w-])(?<!and )one\b(?![- ](?:hundred|thousand|million|billion|point))", re.IGNORECASE
)
# the Arabic "and" is written with the number after it
_JOINED = re.compile(r"(?<=[\u0621-\u064a])(?=\d)")


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[str, ...]:
    """The values of a text's amounts as normal decimal strings, in order, once each; "one" alone is
    none.
    """
    return tuple(dict.fromkeys(number.value for number in numbers(in_digits(text))))


@lru_cache(maxsize=4096)
def in_digits(text: str) -> str:
    """A text with its amounts in digits: "3 thousand" and "three thousand" become "3000"."""
    from text_to_num import alpha2digit

    multiplied = _multiplied(_JOINED.sub(" ", arabic_in_digits(text)))
    spelled = str(alpha2digit(_ONE.sub("a", multiplied), "en", 0))
    return _POINT.sub(lambda match: _moved(match[1], len(match[2])), spelled)


def _multiplied(text: str) -> str:
    return _MULTIPLIED.sub(lambda match: _moved(match[1], _MULTIPLES[match[2]]), text)


def _moved(written: str, zeros: int) -> str:
    """A number with its decimal point moved right by some places."""
    whole, _, part = normal(written).partition(".")
    return normal(f"{whole}{part[:zeros].ljust(zeros, '0')}.{part[zeros:] or '0'}")
