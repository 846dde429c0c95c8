"""What kind of thing a question asks for, a number, a measure or a time, and whether a text holds
one.
"""

from __future__ import annotations

import re
from typing import Literal

from vectorstore.language.figures.numbers import numbers
from vectorstore.language.figures.units import DUALS, UNITS, Measure
from vectorstore.language.normalise import fold
from vectorstore.language.number_words import NUMBER_WORDS
from vectorstore.language.pack import words_of
from vectorstore.language.time.periods import names_time
from vectorstore.language.time.times import sure_hours
from vectorstore.language.tokenise import words

Kind = Literal[
    "number",
    "share",
    "length",
    "area",
    "weight",
    "duration",
    "hour",
    "date",
    "money",
    "age",
    "person",
    "place",
]

_ASKED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "money",
        re.compile(
            r"\b(?:how much|what (?:sum|amount))\b.*"
            r"\b(?:pay|paid|pays|costs?|worth|earn\w*|spen[dt]\w*|charged?|fees?)\b"
            r"|\bwhat (?:\w+ )?(?:price|salary|sum|fine|fee|cost)\b"
            r"|\bhow much money\b|\bhow many (?:dollars|euros|pounds|rubles)\b"
            r"|\bكم (?:دفعت?|[يت]دفع|ثمن|راتب|كلفت?|[يت]كلف|سعر)\b|\bما (?:ثمن|راتب|سعر|كلفه)\b"
        ),
    ),
    (
        "share",
        re.compile(
            r"\bwhat (?:percentage|percent|share|proportion)\b|\b(?:ما|كم) (?:هي"
            r" )?(?:نسبه|النسبه)\b"
        ),
    ),
    (
        "duration",
        re.compile(
            r"\bhow long\b|\bكم من الوقت\b|\bما مده\b"
            r"|^و?كم (?:\w+ ){0,3}(?:[يت]?ستمر|استمرت?|[يت]دوم|دامت?|[يت]?ستغرق|استغرقت?)\b"
        ),
    ),
    (
        "length",
        re.compile(
            r"\bhow (?:high|far|deep|wide|tall)\b|\bwhat (?:\w+ )?(?:distance|height|depth)\b"
            r"|\bكم (?:[يت]بعد|[يت]بلغ (?:ارتفاع|عمق|عرض))|\bما (?:ارتفاع|عمق|عرض|المسافه)\b"
        ),
    ),
    (
        "hour",
        re.compile(r"\b(?:what|which) (?:time|hour)\b|\b(?:في )?اي ساعه\b|\bكم كانت الساعه\b"),
    ),
    ("age", re.compile(r"\bhow old\b|\bwhat age\b|\bكم (?:كان )?عمر|\bما عمر")),
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|large|big|often|heavy|fast)\b"
            r"|\bwhat (?:number|amount|sum)\b|\bnumber of\b|^(?:و)?كم\b|\bما (?:هو )?عدد\b|^عدد\b"
        ),
    ),
    (
        "date",
        re.compile(
            r"^(?:and |but |so )?when\b|\bwhen\?|\b(?:since|until|by|and) when\b"
            r"|\b(?:what|which) (?:year|date|day|month)\b"
            r"|(?:^|\s)و?متي\b|\b(?:في اي|ما هو|ما) (?:عام|سنه|يوم|تاريخ|شهر)\b"
        ),
    ),
)
_HOW_MANY = re.compile(r"\bhow many (\w+)|\bكم (\w+)")
_SHARE = re.compile(
    r"%|٪|\bper ?cent\b|\bpercentage|بالمئ|بالما[ئي]|في"
    r" المئ|\bhalf\b|\bthirds?\b|\bquarter|نصف|ثلث|ربع"
)
MONEY = re.compile(
    r"[$€£¥₽₺]"
    r"|\b(?:dollar|euro|pound|rouble|ruble|crown|franc|lira|dinar|dirham|riyal|rupee|krona|shekel|peso|yuan|yen|cent)s?\b"
    r"|دولار|يورو|ليره|ليرات|دينار|دنانير|درهم|ريال|روبل|جنيه|فرنك|(?<!\w)تاجا?(?!\w)"
)
_AGE = re.compile(
    r"\baged? \d|\d[ -]years?[ -]old\b|, \d{1,3},"
    r"|\b(?:twen|thir|for|fif|six|seven|eigh|nine)t\w+[ -]years?[ -]old\b|عمره|عمرها|من العمر"
)
_NAME = re.compile(r"(?<=[^.!?:]\s)[A-ZÀ-Þ]\w+|[\u0621-\u064a]")  # Arabic has no capitals
_VAGUE = frozenset(words_of("vague_numbers"))
_NONE = ("", 0.0)
_TOKEN = re.compile(r"\d[\d.,]*|[^\W\d_]+")
_BEFORE = 2  # words between a number and its unit: "six long hours"


def kind_of(question: str) -> Kind | None:
    """The kind of thing that a question asks for, where that is a number, a share, a measure, an
    hour or a date.
    """
    folded = fold(question)
    units = (UNITS.get(english or arabic) for english, arabic in _HOW_MANY.findall(folded))
    counted = next((unit[0] for unit in units if unit), None)
    return counted or next((kind for kind, pattern in _ASKED if pattern.search(folded)), None)


def holds(text: str, kind: Kind) -> bool:
    """Whether a text names a thing of this kind, in digits or words."""
    if kind == "share":
        return _SHARE.search(fold(text)) is not None
    if kind == "date":
        return names_time(text)
    if kind == "hour":
        return bool(sure_hours(fold(text)))
    if kind == "age":
        return _AGE.search(fold(text)) is not None
    if kind == "money":
        return MONEY.search(fold(text)) is not None
    if kind == "person" or kind == "place":
        return _NAME.search(text) is not None
    if kind == "number":
        return bool(numbers(text)) or any(word in NUMBER_WORDS for word in words(text))
    return _measured(text, kind)


def _measured(text: str, measure: Measure) -> bool:
    """Whether a unit of this measure stands behind a number, be it a vague one ("several hours"),
    or is a dual.
    """
    tokens = _TOKEN.findall(fold(text))
    return any(
        DUALS.get(word, _NONE)[0] == measure
        or (
            UNITS.get(word, _NONE)[0] == measure
            and any(map(_counts, tokens[max(0, n - _BEFORE) : n]))
        )
        for n, word in enumerate(tokens)
    )


def _counts(word: str) -> bool:
    return word[0].isdigit() or word in NUMBER_WORDS or word in _VAGUE
