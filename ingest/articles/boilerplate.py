"""What newspapers call furniture: the lines around an article's own text, and what each of them is.

A line is judged by itself, by the tables below. Which article it belongs to, and what it says of
it, is for others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from vectorstore.language.normalise import ARABIC_LETTERS, fold, squeeze, visible
from vectorstore.language.pack import written_words_of
from vectorstore.language.time.dates import read_date
from vectorstore.language.word_lists import PRONOUNS
from vectorstore.names.keys import small_capitals


class Mark(StrEnum):
    """What a line is."""

    DATE = "date"
    BYLINE = "byline"
    TRANSLATOR = "translator"
    NAME = "name"
    DATELINE = "dateline"
    PICTURE = "picture"
    STAFF = "staff"
    LINK = "link"
    RULE = "rule"
    ELISION = "elision"
    EDITORIAL = "editorial"
    CLOSING = "closing"
    DISCLAIMER = "disclaimer"
    KIND = "kind"


@dataclass(frozen=True)
class Boilerplate:
    """A line that is no prose, with the facts it states."""

    mark: Mark
    name: str | None = None
    outlet: str | None = None
    published: str | None = None
    kind: str | None = None


_PART = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
_BYLINE = re.compile(
    r"(?:(?:guest |a )?(?:post |story |text |words |report |reporting |column )?by|written"
    r" by|submitted by|"
    r"author:|from:|"
    r"بقلم|كتب|كتبت|الكاتب)\s*:?\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_FOR_OUTLET = re.compile(
    r"(?:\s+[–—-]\s+|,\s+|\s+)(?:exclusively\s+)?for\s+(?P<outlet>(?:the\s+)?[A-Z].*)$"
)
_TRANSLATOR = re.compile(
    r"(?:translated|translation)\b(?:\s+from(?:\s+the)?\s+\w+)?\s*(?:by|:)\s*(?P<name>\S.*)|ترجمة\s*:?\s*(?P<arabic>\S.*)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:source|link|original[\w ]*|المصدر)?\s*:?\s*(?:https?://\S+|www\.\S+)?\s*$", re.IGNORECASE
)
_PICTURE = re.compile(
    r"(?:photo|image|picture|illustrati(?:on|ve)|video|caption|file photo|الصورة|صورة)\b"
    r"(?:\s+(?:credit|by|image|courtesy))?.{0,120}$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\b(?:Photo|Image|Picture|Credit|Photograph)s?: (?-i:[A-Z])[^.!?]{2,60}$", re.IGNORECASE
)
_STAFF = re.compile(
    r"(?:presenter|presented by|host|hosted"
    r" by|interviewer|guests?|editor|producer|camera|تقديم|إعداد|تحرير)\s*:"
    r"\s*(?-i:[A-Z\u0621-\u064a])[^.!?:]{2,80}$",
    re.IGNORECASE,
)
_ELISION = re.compile(r"[<(\[]?\s*(?:\.{3,}|…)\s*[>)\]]?$")
_EDITORIAL = re.compile(
    r"(?:update|updated|editor[’']?s note|ed\.|correction|note to readers|ملاحظة|تحديث)\s*:.*|"
    r"(?:this is )?(?:the|a) (?:live ?stream|video|transcript|recording|full"
    r" (?:text|transcript))\b.*"
    r"\b(?:video|posted|available|complete|below|follows|updated)\b.*|transcript complete\.?|"
    r"\(?to be continued\.*\)?|\(?continued (?:below|tomorrow|next week)\.*\)?|\(?ends\)?|يتبع\.*",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r".*\b(?:donat(?:e|ion|ions)|patreon|paypal|buy me a coffee|newsletter)\b.*|"
    r"(?:please |if you )?(?:like|follow|join|find) us (?:on|at)\b.*",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?:[-*_=~•·#]\s*){3,}$")
_CLOSING = re.compile(
    r"(?:related(?: (?:news|posts?|videos?|articles?|links?))?(?:/\w+)?|more on the topic|more on"
    r" this|"
    r"read (?:more|also|next)|see also|share this.*|"
    r"leave a (?:comment|reply)|comments?|tags?:.*|filed under.*|posted in.*|like this|loading\.*|"
    r"follow us.*|subscribe.*|sign up.*|"
    r"support (?:us|our)\b.*|donate\b.*|advertisement|continue reading.*|"
    r"اقرأ أيضا.*|مواضيع ذات صلة|شارك(?:ها|ه)?(?: (?:هذا|المقال|الخبر|على|عبر)\b.*)?)\s*:?\s*$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"the (?:views|opinions|statements)\b.{0,60}\bexpressed\b.{0,120}?"
    r"(?:\b(?:of|by|bind) (?P<outlet>(?-i:(?:[Tt]he )?[A-Z][\w’' -]{2,40}?))(?: (?:or|and)"
    r" .*)?)?\.?$",
    re.IGNORECASE,
)
_KINDS = {
    "opinion": "opinion",
    "comment": "opinion",
    "op-ed": "opinion",
    "analysis": "analysis",
    "transcript": "transcript",
    "news": "news",
    "رأي": "opinion",
    "تحليل": "analysis",
}
_DATED = re.compile(
    r"(?:.{0,40}\b)?(?:published|updated|posted|broadcast|aired|recorded|delivered|dated|نُشر|نشر)\b"
    r"(?:\s+(?:on|of|at|في))?:?\s+(?P<date>.+)",
    re.IGNORECASE,
)
_WORD_COUNT = re.compile(r"[\d,]+\s+(?:words|min(?:ute)?s?(?: read)?)", re.IGNORECASE)
_SINGLE_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+$")
_PARTICLES = frozenset(
    "de da di del della der den van von la le bin bint ibn al el and of the for".split()
)
_OUTLET_WORDS = frozenset(written_words_of("outlet_words"))
_LONGEST_NAME = 60
_LONGEST_CLOSING = 160
_LONGEST_LINE = 200


def furniture(line: str) -> Boilerplate | None:
    """What a line is when it is no prose of the article; None when it may be prose or a title."""
    text = squeeze(visible(line))
    if _RULE.match(text):
        return Boilerplate(Mark.RULE)
    text = text.strip("*_ ")
    if published := read_date(text):
        return Boilerplate(Mark.DATE, published=published)
    if _ELISION.fullmatch(text):
        return Boilerplate(Mark.ELISION)
    if len(text) <= _LONGEST_CLOSING and (_CLOSING.match(text) or _is_appeal(text)):
        return Boilerplate(Mark.CLOSING)
    if len(text) <= _LONGEST_CLOSING and _EDITORIAL.fullmatch(text):
        return Boilerplate(Mark.EDITORIAL)
    if match := _DISCLAIMER.match(text):
        return Boilerplate(Mark.DISCLAIMER, outlet=match.group("outlet"))
    if len(text) > _LONGEST_LINE:
        return None
    return _credit(text) or _dated(text) or _several(text) or _lone_name(text)


def _is_appeal(text: str) -> bool:
    """Whether a short line asks the reader for money or to follow: it speaks to "you", or to
    whoever pleases.
    """
    return bool(_APPEAL.fullmatch(text)) and bool(
        re.search(r"\b(?:you|your|us|our|please)\b", text, re.IGNORECASE)
    )


def _credit(text: str) -> Boilerplate | None:
    if match := _TRANSLATOR.match(text):
        return Boilerplate(
            Mark.TRANSLATOR, name=_person(match.group("name") or match.group("arabic"))
        )
    if (match := _BYLINE.match(text)) and len(text) <= 120:
        return _byline(match.group("rest"))
    if text and _LINK.match(text):
        return Boilerplate(Mark.LINK)
    if (_PICTURE.match(text) and not text.endswith((".", "؟", "?"))) or _CAPTION.search(text):
        return Boilerplate(Mark.PICTURE)
    if _STAFF.match(text):
        return Boilerplate(Mark.STAFF)
    if kind := _KINDS.get(text.casefold().rstrip(":")):
        return Boilerplate(Mark.KIND, kind=kind)
    return None


def _byline(rest: str) -> Boilerplate | None:
    """ "Name", "Name, for Outlet", "Name – role – for Outlet", "Name | Outlet | date"."""
    match = _FOR_OUTLET.search(rest)
    outlet = match.group("outlet") if match else None
    parts = _PART.split(rest[: match.start()] if match else rest)
    name = parts[0].split(",")[0].strip().rstrip(".")
    published = next((date for part in parts[1:] if (date := read_date(part))), None)
    if outlet is None:
        outlet = next((part for part in parts[1:] if is_outlet_shaped(part)), None)
    if fold(name) in PRONOUNS:
        return None
    return (
        Boilerplate(Mark.BYLINE, name=_person(name), outlet=outlet, published=published)
        if is_name_shaped(name) or _SINGLE_NAME.match(name)
        else None
    )


def _dated(text: str) -> Boilerplate | None:
    """A line that says when it was published: "Updated on 3 May 2020", "Morning News, broadcast of
    3 May 2020".
    """
    match = _DATED.fullmatch(text)
    published = read_date(match.group("date")) if match else None
    return Boilerplate(Mark.DATE, published=published) if published else None


def _several(text: str) -> Boilerplate | None:
    """A line of several parts, one of them a date: "Outlet | 14 May 2021", "NAME • MAY 14, 2021 •
    900 WORDS".
    """
    whole = [part for part in _PART.split(text) if part]
    parts = [part for part in whole if not _WORD_COUNT.fullmatch(part)]
    dates = [date for part in parts if (date := read_date(part))]
    names = [part for part in parts if is_name_shaped(part) and not read_date(part)]
    if not dates and "," in text and (date := read_date(text.partition(",")[2])):
        dates, names = [date], [text.partition(",")[0].strip()]
    if len(dates) != 1 or len(parts) > 4:
        return None
    if not names:
        return Boilerplate(Mark.DATE, published=dates[0])
    if not is_name_shaped(names[0]):
        return None
    counted = len(parts) < len(whole)  # a reading time stands beside the author's name
    outlets = [
        name for name in names if is_outlet_shaped(name) and not (counted and len(names) == 1)
    ]
    outlet = next(iter(outlets), names[-1] if len(names) > 1 else None)
    person = next((name for name in names if name != outlet), None)
    return Boilerplate(
        Mark.DATELINE,
        name=_person(person) if person else None,
        outlet=small_capitals(outlet) if outlet else None,
        published=dates[0],
    )


def _lone_name(text: str) -> Boilerplate | None:
    return Boilerplate(Mark.NAME, name=text) if is_name_shaped(text) else None


def is_name_shaped(text: str) -> bool:
    """Whether a line could be the name of a person or an outlet: a few words, all capitalised (or
    Arabic), nothing else.
    """
    parts = text.split()
    if (
        not parts
        or len(text) > _LONGEST_NAME
        or len(parts) > 6
        or re.search(r"[\d:;!?؟…“”\"«»|/]|[^A-Z]\.$", text)
    ):
        return False
    if re.search(f"[{ARABIC_LETTERS}]", text):
        return 2 <= len(parts) <= 4 and len(text) <= 35
    capital = all(
        part[0].isupper() or part.casefold() in _PARTICLES or part.startswith("al-")
        for part in parts
    )
    return capital and parts[-1][0].isupper() and (len(parts) > 1 or is_outlet_shaped(text))


def is_outlet_shaped(text: str) -> bool:
    """Whether a name says of itself that it is an outlet's: a word such as "Post" or "Agency", or a
    leading "The".
    """
    parts = text.casefold().split()
    return bool(parts) and (
        parts[0] == "the" or any(part.strip(".,") in _OUTLET_WORDS for part in parts)
    )


def _person(name: str) -> str:
    return small_capitals(name.split(",")[0].strip(" ."))
