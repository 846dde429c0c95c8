"""What kind of thing a question asks for, a number or a date, and whether a text holds one."""

from __future__ import annotations

import re
from typing import Literal

from vectorstore.language.folding import fold
from vectorstore.language.numbers import numbers
from vectorstore.language.periods import names_time
from vectorstore.language.words import words

Kind = Literal["number", "share", "date"]

_ASKED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("share", re.compile(r"\bwhat (?:percentage|percent|share|proportion)\b|\b(?:ما|كم) (?:هي )?(?:نسبه|النسبه)\b")),
    (
        "number",
        re.compile(
            r"\bhow (?:many|much|long|old|wide|large|far|big|high|tall|often|deep|heavy|fast)\b"
            r"|\bwhat (?:number|amount|sum)\b|\bnumber of\b|^(?:و)?كم\b|\bما (?:هو )?عدد\b|^عدد\b"
        ),
    ),
    (
        "date",
        re.compile(
            r"\bwhen\b|\b(?:what|which) (?:year|date|day|month)\b"
            r"|(?:^|\s)و?متي\b|\b(?:في اي|ما هو|ما) (?:عام|سنه|يوم|تاريخ|شهر)\b"
        ),
    ),
)
_NUMBER_WORDS = frozenset(
    fold(
        """
        one two three four five six seven eight nine ten eleven twelve dozen dozens twenty thirty forty fifty sixty
        seventy eighty ninety hundred hundreds thousand thousands million millions billion billions half third quarter
        none nobody several once twice
        واحد واحدة اثنان اثنين اثنتين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر
        عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة
        مئات ألف آلاف ألفا ألفي مليون ملايين مليار نصف ثلث ربع عشرات أسبوع أسبوعين يومين شهرين عامين سنتين
        """
    ).split()
)
_SHARE = re.compile(
    r"%|٪|\bper ?cent\b|\bpercentage|بالمئ|بالما[ئي]|في المئ|\bhalf\b|\bthirds?\b|\bquarter|نصف|ثلث|ربع"
)


def kind_of(question: str) -> Kind | None:
    """The kind of thing that a question asks for, where that is a number, a share or a date."""
    folded = fold(question)
    return next((kind for kind, pattern in _ASKED if pattern.search(folded)), None)


def holds(text: str, kind: Kind) -> bool:
    """Whether a text names a thing of this kind, in digits or words."""
    if kind == "share":
        return _SHARE.search(fold(text)) is not None
    if kind == "date":
        return names_time(text)
    return bool(numbers(text)) or any(word in _NUMBER_WORDS for word in words(text))
