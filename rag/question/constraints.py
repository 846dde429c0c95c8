"""What a question asks of a corpus: whose words, of which outlets, from which time, with which
words.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from rag.answer import Reading, ReadingKind, Understood
from rag.question.speakers import Speakers, read_speakers
from vectorstore.language.normalise import fold
from vectorstore.language.pack import language_name, read_pack
from vectorstore.language.time.periods import FIRST_DAY, LAST_DAY, Period, asked_periods
from vectorstore.names.directory import HolderDirectory

_QUOTED = re.compile(r'"([^"]{3,200})"|“([^”]{3,200})”|«([^»]{3,200})»')
_PIECES = (
    "articles|reports|pieces|texts|sources|press|media|outlets|newspapers|papers|writers|"
    "commentators"
)
_ARABIC_PIECES = "المقالات|المصادر|الصحف|الصحافه|النصوص"
# The others are a nation's as well, whose press may write in any language: "Russian-language
# articles" names one.
_OWN_NAMES = frozenset({"en", "ar", "hy", "he", "fa"})
_LANGUAGES = {
    code: re.compile(
        rf"\b{english.lower()}[- ]language\s+(?:{_PIECES})\b|\b(?:written|published) in"
        rf" {english.lower()}\b"
        + (
            rf"|\b{english.lower()}\s+(?:{_PIECES})\b|\bin {english.lower()}\b"
            if code in _OWN_NAMES
            else ""
        )
        + rf"|(?:{_ARABIC_PIECES}) {fold(language_name(code, 'ar'))}"
    )
    for code, english in read_pack("en")["languages"].items()
}
# A time beside one of these is when something was published, and not when it happened.
_PUBLISHED = re.compile(
    rf"\b(?:published|written|wrote|(?:{_PIECES})\s+(?:of|from|in|since|before|after|between|until))\b"
    r"|(?:المقالات|المنشوره?|نشرت|كتبت)\s+(?:في|منذ|قبل|بعد|بين)?"
)


@dataclass(frozen=True)
class Constraints:
    """What is read from a question. `named` are holders of the corpus; `periods` are when something
    happened.
    """

    named: tuple[str, ...] = ()
    speakers: Speakers = field(default_factory=Speakers)
    periods: tuple[Period, ...] = ()
    published: tuple[Period, ...] = ()
    phrases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def voices(self) -> tuple[str, ...]:
        """Everybody whose words are asked for, holders and outlets."""
        return self.speakers.holders + self.speakers.outlets


def read_request(
    understood: Understood, naming: HolderDirectory, outlets: Sequence[str], ignored: Sequence[str]
) -> Constraints:
    """What a question asks for, but for the readings whose keys are `ignored`."""

    def kept(kind: ReadingKind, values: Iterable[str]) -> tuple[str, ...]:
        return tuple(value for value in values if Reading(kind, value).key not in ignored)

    question = understood.question
    asked_of = read_speakers(question, naming, outlets)
    speakers = Speakers(
        kept("speaker", asked_of.holders),
        kept("outlet", asked_of.outlets),
        kept("speaker", asked_of.unknown),
    )
    dates = asked_periods(question)
    is_published = bool(_PUBLISHED.search(fold(question)))
    return Constraints(
        named=kept("named", naming.named_in(question)),
        speakers=speakers,
        periods=_kept_periods(() if is_published else dates, "period", ignored),
        published=_kept_periods(dates if is_published else (), "published", ignored),
        phrases=kept(
            "phrase", (next(filter(None, groups)) for groups in _QUOTED.findall(question))
        ),
        languages=kept(
            "language", (code for code, words in _LANGUAGES.items() if words.search(fold(question)))
        ),
    )


def readings(
    request: Constraints, understood: Understood, narrowed: Collection[ReadingKind]
) -> tuple[Reading, ...]:
    """The same for people; the search was narrowed to what was read of the kinds `narrowed`."""
    speakers = request.speakers
    rows: tuple[tuple[ReadingKind, Iterable[str]], ...] = (
        ("context", (understood.question,) if understood.carried else ()),
        ("speaker", speakers.holders + speakers.unknown),
        ("outlet", speakers.outlets),
        ("named", (name for name in request.named if name not in request.voices)),
        ("period", map(written_period, request.periods)),
        ("published", map(written_period, request.published)),
        ("phrase", request.phrases),
        ("language", request.languages),
    )
    read: list[Reading] = []
    for kind, values in rows:
        read.extend(
            Reading(kind, value, "narrowed" if kind in narrowed else "preferred")
            for value in values
        )
    return tuple(read)


def written_period(period: Period) -> str:
    """A period as ISO writes it, as short as it may be: `2020`, `2020-11`, `2020-11-10`,
    `2023-03..2023-07`; an open end is left out.
    """
    ends = (period.first, period.last)
    whole = next((length for length in (4, 7) if _within(period, length)), 10)
    first, last = ("" if day in (FIRST_DAY, LAST_DAY) else day[:whole] for day in ends)
    return first if first == last else f"{first}..{last}"


def _within(period: Period, length: int) -> bool:
    """Whether a period begins with the first day of a year (4 characters of it) or month (7) and
    ends with the last.
    """
    year, month = int(period.last[:4]), int(period.last[5:7])
    first, last = (
        ("01-01", "12-31") if length == 4 else ("01", f"{calendar.monthrange(year, month)[1]:02}")
    )
    return period.first[length + 1 :] == first and period.last[length + 1 :] == last


def _kept_periods(
    dates: Sequence[Period], kind: ReadingKind, ignored: Sequence[str]
) -> tuple[Period, ...]:
    return tuple(
        period for period in dates if Reading(kind, written_period(period)).key not in ignored
    )
