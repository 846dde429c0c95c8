"""The figures of a text with what they count, and when two of them are of one thing and not the
same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rag.semantics.claims import stem
from rag.semantics.kinds import MONEY, Kind, kind_of
from vectorstore.bilingual.translate_terms import crossed
from vectorstore.language.figures.arabic import arabic_in_digits
from vectorstore.language.figures.numbers import numbers
from vectorstore.language.figures.units import DUALS, UNITS
from vectorstore.language.normalise import fold
from vectorstore.language.number_words import number_words
from vectorstore.language.time.periods import written
from vectorstore.language.time.times import sure_hours
from vectorstore.language.tokenise import content_words, words
from vectorstore.language.word_lists import PERSONS

ON_TOPIC = 0.35  # share of a question that a text must cover to speak of what it asks
NEAR_TOPIC = 0.25  # and to give a figure of the very thing that it counts
_SIZES = ("length", "area", "weight", "duration")
_ORDER = 10  # times a size is another that may be told of the same thing
_AFTER = 40  # characters after a figure in which the word stands for what it counts
_COUNTED = 3  # words
# Where the words end that say what a figure counts.
_CLAUSE = re.compile(
    r"[.;:!?()،؛؟]|,\s|\b(?:in|of|from|at|on|for|by|with|to|and|or|than|during|since|were|was|are|is|had|have|has|who|that|"
    r"which|as|after|before|في|من|على|إلى|خلال|منذ|الذين|التي)\b"
)
_SHARE = re.compile(r"%|٪|\bper ?cent\b|\bpercentage\b|بالمي|بالماي|في المي")
_NAME = re.compile(r"\b[A-ZÀ-Þ]\w+")
_UNITS, _TENS = number_words("units", "en"), number_words("tens", "en")
_SMALL = _UNITS | _TENS | number_words("teens", "en")
_MULTIPLES = {word: len(str(value)) - 1 for word, value in number_words("multiples").items()}
_JOINED = re.compile(r"[-–:/]\d|[-–][a-z]|[^\W\d_]")
_JOINING = re.compile(r"\d[-–:/]$")
_WRITTEN = "|".join(word for word in _SMALL if word != "one")
_SPELLED = re.compile(
    rf"\b(?:(?:{'|'.join(_TENS)})-(?:{'|'.join(_UNITS)})|one(?=["
    rf" -](?:hundred|thousand|million|billion))|{_WRITTEN})"
    r"(?:[ -](?:hundred|thousand|million|billion))*\b"
)


@dataclass(frozen=True)
class Quantity:
    """A number, its unit (money, share, length, duration, hour or none), the stems of the words
    after it in the form that both languages have in common, and those of them that are names:
    "2,783 Northern soldiers" are other soldiers than "2,718 Southern" ones.

    A length is in metres, a duration in seconds, an hour in minutes of half a day, which it leaves
    open.
    """

    value: float
    unit: str
    counted: frozenset[str]
    names: frozenset[str]
    written: str

    @property
    def is_year(self) -> bool:
        return not self.unit and self.value.is_integer() and 1900 <= self.value <= 2100


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Quantity, ...]:
    """The figures of a text, in digits and then in words: "1.5 million people" counts 1,500,000 of
    them, and "three thousand people" 3,000; then its hours. "One" alone is no figure: it is more
    often no number.
    """
    in_digits = arabic_in_digits(text)
    dated = [(written_date.start, written_date.end) for written_date in written(in_digits)]
    digits = [(number.start, number.end, float(number.value)) for number in numbers(in_digits)]
    spelled = [
        (*match.span(), _value(match.group())) for match in _SPELLED.finditer(in_digits.lower())
    ]
    counts = (
        _figure(in_digits, start, end, value)
        for start, end, value in [*digits, *spelled]
        if not (
            _JOINED.match(in_digits, end)
            or _JOINING.search(in_digits[max(0, start - 2) : start])  # an age, a range, the 15th
            or any(first <= start < last for first, last in dated)
        )
    )
    return (*counts, *_doubles(in_digits), *_hours(text))


def _figure(text: str, start: int, end: int, value: float) -> Quantity:
    beside = _CLAUSE.split(text[end : end + _AFTER])[0]
    after = fold(beside)
    following = [word for word in content_words(after) if not word[0].isdigit()]
    multiple = _MULTIPLES.get(following[0], 0) if following else 0
    measure, size = UNITS.get(next(iter(words(after)), ""), ("", 1.0))
    near = f"{fold(text[max(0, start - 3) : start])} {after[:16]}"
    unit = measure or ("share" if _SHARE.search(near) else "money" if MONEY.search(near) else "")
    counted = common_stems(" ".join(following[bool(multiple) :][:_COUNTED]))
    names = frozenset(stem(fold(name)) for name in _NAME.findall(beside))
    shown = following[0] if multiple else words(beside)[0] if measure else ""
    return Quantity(
        value * 10**multiple * size,
        unit,
        counted,
        names,
        f"{text[start:end].lower()} {shown}".rstrip(),
    )


def common_stems(text: str) -> frozenset[str]:
    """The stems of a text's words in the form that both languages have in common."""
    return frozenset(stem(word) for word in crossed(text).split())


@lru_cache(maxsize=1)
def number_stems() -> frozenset[str]:
    """The stems of the small numbers, which nobody denies by denying what they count."""
    return frozenset(map(stem, _SMALL))


@lru_cache(maxsize=1)
def person_stems() -> frozenset[str]:
    """The stems of the words for people that are counted."""
    return common_stems(" ".join(PERSONS))


def _doubles(text: str) -> Iterator[Quantity]:
    for word in words(text):
        if word in DUALS:
            unit, size = DUALS[word]
            yield Quantity(size, unit, frozenset(), frozenset(), word)


def _hours(text: str) -> Iterator[Quantity]:
    folded = fold(text)
    for hour in sure_hours(folded):
        yield Quantity(
            hour.minutes % 720,
            "hour",
            frozenset(),
            frozenset(),
            folded[hour.start : hour.end].strip(),
        )


def _value(spelled: str) -> float:
    """The value of "three thousand" or "thirty-seven": the small number times its multiples."""
    parts = re.split(r"[\s-]+", spelled.lower())
    small = sum(_SMALL[word] for word in parts if word in _SMALL)
    return float(small * 10 ** sum(_MULTIPLES[word] for word in parts if word in _MULTIPLES))


@dataclass(frozen=True)
class WantedQuantity:
    """What a question wants of figures: the stems of its words, and the kind and unit of the figure
    it asks for.
    """

    topic: frozenset[str]
    kind: Kind | None
    unit: str | None

    @classmethod
    def of(cls, question: str) -> WantedQuantity:
        kind = kind_of(question)
        unit = None if kind in ("number", "date", None) else kind
        return cls(common_stems(question), kind, unit)


def in_conflict(
    left: Sequence[Quantity], right: Sequence[Quantity], wanted: WantedQuantity, covered: float
) -> tuple[Quantity, Quantity] | None:
    """The first two figures that two texts give for one thing, if those differ: of the unit that
    the question asks for, or of something that it names, where each text covers so much of it.
    Texts that have one such figure in common do not differ.
    """
    pairs = [
        (first, second)
        for first, second in product(left, right)
        if _of_one_thing(first, second, wanted, covered)
    ]
    differ = all(first.value != second.value for first, second in pairs)
    return pairs[0] if pairs and differ else None


def _of_one_thing(left: Quantity, right: Quantity, wanted: WantedQuantity, covered: float) -> bool:
    if wanted.unit is not None:
        return left.unit == right.unit == wanted.unit and (
            left.unit not in _SIZES or _of_one_order(left, right)
        )
    if covered < (NEAR_TOPIC if wanted.kind == "number" else ON_TOPIC):
        return False
    if left.unit != right.unit or left.is_year or right.is_year:
        return False
    if left.names and right.names and not left.names & right.names:
        return False
    if not (left.counted & wanted.topic and right.counted & wanted.topic):
        return False
    return bool(left.counted & right.counted) or (wanted.kind == "number" and covered >= ON_TOPIC)


def _of_one_order(left: Quantity, right: Quantity) -> bool:
    """Whether two sizes are near enough to be two accounts of one: nobody takes thirty years for
    six hours.
    """
    return max(left.value, right.value) <= _ORDER * min(left.value, right.value)
