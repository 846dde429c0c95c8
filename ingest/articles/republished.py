"""Pieces that an article republishes whole: where they stand, and whose they are.

A piece begins below a paragraph that introduces it ("We reproduce his article in full", "The
following is the translation of an article by ..."), and ends where the article takes the word
again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.articles.boilerplate import Mark
from ingest.articles.paragraph import Paragraph
from vectorstore.language.months import MONTHS
from vectorstore.language.time.periods import written
from vectorstore.records import Embedded

_VERBS = r"(?:reproduc|republish|reprint|repost|post|publish|bring|present|share|translat|carr)\w*"
_WHOLE = (
    r"(?:in full|full (?:text|translation|transcript|article)|translation (?:of|from)|whole"
    r" (?:text|article|letter))"
)
_INTRODUCES = re.compile(
    rf"\b(?:{_VERBS}\b.{{0,80}}\b{_WHOLE}|the following"
    r" is\b.{0,60}\b(?:translation|text|article|letter|statement)|"
    r"(?:here|below) (?:is|follows)\b.{0,40}\b(?:translation|text|article|letter|statement))\b",
    re.IGNORECASE,
)
_RESUMES = re.compile(
    r"(?:so far,? |thus far,? |so writes |so ends |thus ends |here ends |that was |end of (?:the"
    r" )?|\[end\b|"
    r"\((?:end of|translated by))",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bby\s+(?:[\w’'-]+\s+){0,6}?(?P<name>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+)")
_PUBLISHED_IN = re.compile(
    r"\b(?:published|posted|appeared)\b.{0,30}?\b(?:in|by|on)\s+(?P<place>[^.,:;]{2,80})"
)
_CAPITALISED = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
# paragraphs between the introduction and the piece's own title or byline
_LONGEST_INTRODUCTION_GAP = 4
_MOST_OF_AN_ARTICLE = 0.8
_USUAL_GAP = 2  # newlines between paragraphs


def introduces(text: str) -> bool:
    """Whether a paragraph says that another's whole piece follows."""
    return bool(_INTRODUCES.search(text))


def read_embedded(text: str, rest: Sequence[Paragraph]) -> tuple[Embedded, ...]:
    """The piece that an article's paragraphs republish, if they do; its words reach to where the
    article resumes.
    """
    for n, paragraph in enumerate(rest):
        if introduces(paragraph.text) and (begin := _beginning(rest, n)) is not None:
            return (_piece(text, rest, n, begin),)
    return ()


def is_translation(rest: Sequence[Paragraph], piece: Embedded) -> bool:
    """Whether an article is, but for a few words around it, the translation of the piece it
    republishes.
    """
    before = [p for p in rest if p.end <= piece.start]
    said = any(introduces(p.text) and "translat" in p.text.casefold() for p in before)
    whole = rest[-1].end - rest[0].start
    return said and piece.end - piece.start >= _MOST_OF_AN_ARTICLE * whole


def _beginning(rest: Sequence[Paragraph], introduction: int) -> int | None:
    """The index of the piece's title or first paragraph.

    It is signed below the introduction, or its author is named in the introduction, which then ends
    with a colon.
    """
    below = rest[introduction + 1 : introduction + 1 + _LONGEST_INTRODUCTION_GAP]
    signed = next((n for n, p in enumerate(below) if p.is_mark(Mark.BYLINE)), None)
    if signed is not None:
        return introduction + 1 + max(0, signed - 1)
    named = rest[introduction].text.endswith(":") and _NAMED.search(rest[introduction].text)
    return introduction + 1 if named and below else None


def _piece(text: str, rest: Sequence[Paragraph], introduction: int, begin: int) -> Embedded:
    byline = next(
        (n for n in range(begin, min(begin + 2, len(rest))) if rest[n].is_mark(Mark.BYLINE)), None
    )
    named = _NAMED.search(rest[introduction].text)
    signed = rest[byline].furniture if byline is not None else None
    first = begin if byline is None else byline + 1
    usual = _usual_gap(text, rest)
    last = (
        next((n for n in range(first + 1, len(rest)) if _resumes(text, rest, n, usual)), len(rest))
        - 1
    )
    return Embedded(
        start=rest[begin].start,
        end=rest[last].end,
        title=rest[begin].text if byline is not None and byline > begin else None,
        author=(signed.name if signed else None) or (named.group("name") if named else None),
        outlet=(signed.outlet if signed else None) or _published_in(rest[introduction].text),
        published=(signed.published if signed else None) or _published_on(rest[introduction].text),
    )


def _published_in(introduction: str) -> str | None:
    """The outlet an introduction names: the last name of "published by the Lower Marsh webzine Reed
    Weekly".
    """
    match = _PUBLISHED_IN.search(introduction)
    names = _CAPITALISED.findall(match.group("place")) if match else []
    # "in the North Post of 3 May"
    names = [name for name in names if name.casefold() not in MONTHS]
    return names[-1] if names else None


def _published_on(introduction: str) -> str | None:
    """The ISO day that an introduction names behind the outlet, if it names it whole."""
    match = _PUBLISHED_IN.search(introduction)
    dates = written(introduction[match.start() :]) if match else []
    day = next((date for date in dates if date.year and date.month and len(date.days) == 1), None)
    return f"{day.year:04}-{day.month:02}-{day.days[0]:02}" if day and day.month else None


def _resumes(text: str, rest: Sequence[Paragraph], n: int, usual: int) -> bool:
    """Whether the article takes the word again: it says so, or a rule, closing lines or a gap wider
    than the usual one stand there.
    """
    gap = text[rest[n - 1].end : rest[n].start].count("\n")
    return (
        bool(_RESUMES.match(rest[n].text))
        or rest[n].is_mark(Mark.RULE, Mark.CLOSING, Mark.DISCLAIMER)
        or gap > usual
    )


def _usual_gap(text: str, rest: Sequence[Paragraph]) -> int:
    gaps = sorted(text[above.end : below.start].count("\n") for above, below in pairwise(rest))
    return max(_USUAL_GAP, gaps[len(gaps) // 2]) if gaps else _USUAL_GAP
