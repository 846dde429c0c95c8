"""The sides of a question that has some, and which of them a text takes: yes or no, one or the
other, whose fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag.semantics.claims import Claim, claim, name_stems, stem
from vectorstore.language.normalise import fold
from vectorstore.language.opposites import OPPOSITES

Taken = Literal["one", "other"]

_YES_OR_NO = re.compile(
    r"^(?:and |but |so"
    r" )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b"
    r"|^و?هل\s"
)
_OR = re.compile(
    r"\b(\w+)\s+or\s+(?:of\s+|a\s+|an\s+|the\s+)?(\w+)|(\w+)\s+(?:أم|او|ام|أو)\s+(\w+)"
)
# Words with which somebody is held to account for something.
_BLAMES = re.compile(
    r"\b(?:blam\w+|responsib\w+|culprits?|faults?|guilty?|culpab\w+|accus\w+|because|caused?|due"
    r" to|betray\w*|mistakes?"
    r"|decision|orders?|ordered)\b|مسؤول|مسوول|ذنب|بسبب|خطا|خيانه|يتهم|اتهم|يحمل|حمل"
)
_ASKS_WHOM_TO_BLAME = re.compile(
    r"^(?:and |but |so )?(?:on"
    r" )?who(?:m|se)?\b.*\b(?:blam\w+|responsib\w+|faults?|guilty?|culprits?|caused?)\b"
    r"|^و?(?:من|علي من) .*(?:مسؤول|مسوول|ذنب|سبب)"
)


@dataclass(frozen=True)
class Stances:
    """What a question leaves open: the claim that it makes, for yes or no, or the stems of `one`
    thing and the `other`; the stems of its names, which nobody denies.
    """

    asked: Claim
    names: frozenset[str]
    one: frozenset[str]
    other: frozenset[str]

    @classmethod
    def of(cls, question: str, named: Sequence[str]) -> Stances | None:
        """The sides of a question; None for one that has none."""
        folded = fold(question)
        alternative = _alternative(folded)
        if alternative is None and not _YES_OR_NO.search(folded):
            return None
        first, second = alternative or (frozenset[str](), frozenset[str]())
        return cls(claim(question), name_stems(question, named), first, second)

    def taken_by(self, asserting: Claim) -> Taken | None:
        """Which side a claim takes, if any: of one thing or the other, that which it asserts, or
        whose opposite it denies, where it speaks of what the question names. No is "other".
        """
        if not (self.one or self.other):
            yes = asserting.asserted & self.asked.asserted - self.names
            return (
                "other"
                if self.asked.contradicts(asserting) - self.names
                else "one"
                if yes
                else None
            )
        if self.names and not asserting.stems & self.names:
            return None
        first = bool(asserting.asserted & self.one or asserting.denied & self.other)
        second = bool(asserting.asserted & self.other or asserting.denied & self.one)
        return "one" if first else "other" if second else None

    def denied_by(self, asserting: Claim) -> frozenset[str]:
        """The stems of the question that a claim denies or says the opposite of."""
        return self.asked.asserted & (asserting.denied | asserting.opposites) - self.names


def asks_whom_to_blame(question: str) -> bool:
    """Whether a question asks who is to answer for something."""
    return _ASKS_WHOM_TO_BLAME.search(fold(question)) is not None


def blames(text: str) -> bool:
    """Whether a text says who is to answer for something, or for what reason it came about."""
    return _BLAMES.search(fold(text)) is not None


def _alternative(folded: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The stems of the two sides of "stronger or weaker", each with the opposites of the other."""
    match = _OR.search(folded)
    if not match:
        return None
    first, second = (word for word in match.groups() if word)
    sides = [
        {stem(word), *(stem(opposite) for opposite in OPPOSITES.get(against, ()))}
        for word, against in ((first, second), (second, first))
    ]
    return frozenset(sides[0] - sides[1]), frozenset(sides[1] - sides[0])
