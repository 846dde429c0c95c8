"""One form for letters that are written in several ways, so that words compare equal."""

from __future__ import annotations

import re
import unicodedata

ARABIC_LETTERS = "\u0621-\u064a\u0671-\u06d3"
_ARABIC_VARIANTS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ـ": None,
    }
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


class _Bare(dict[int, str]):
    """What becomes of each character: its parts without marks that combine, and of letter variants
    the one form.

    Characters are looked up once. They are taken apart one by one, for to order the marks of a
    whole text, which go anyway, takes Python a time that grows with the square of a row of them.
    """

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).translate(_ARABIC_VARIANTS))
        plain = parts.translate(_ARABIC_VARIANTS).translate(_APOSTROPHES)
        plain_letters = self[code] = "".join(
            part for part in plain if not unicodedata.combining(part)
        )
        return plain_letters


_BARE = _Bare()
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def fold(text: str) -> str:
    """The text in lower case, without accents, vowel marks and invisible marks, Arabic letter
    variants made one.

    Arabic normalisation follows Larkey, Ballesteros and Connell (SIGIR 2002). Offsets are not kept.
    """
    if text.isascii():
        return text.translate(_APOSTROPHES).lower()
    return visible(text).translate(_BARE).casefold()


def visible(text: str) -> str:
    """The text without marks that nobody sees: bidi marks, zero-width spaces, byte order marks."""
    return _INVISIBLE.sub("", text)


def without_direction_marks(text: str) -> str:
    """The text without the marks that turn the direction of writing (UAX #9), by which a text can
    show other words than it holds.
    """
    return _DIRECTION.sub("", text)


def squeeze(text: str) -> str:
    """The text on one line: every run of white space made one space."""
    return " ".join(text.split())
