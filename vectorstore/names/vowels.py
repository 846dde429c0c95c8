"""How near the vowels of two spellings are: what tells Karim from Karam where all consonants agree.

Each stretch of vowels between two consonants is read as its colours, a row of A E I U (Y: a glide
that opens a word). Arabic script leaves short vowels out and writes the long ones; there * is any
vowel and ã is A or I.
"""

from __future__ import annotations

from typing import Literal

Nearness = Literal["same", "near", "dropped", "unlike"]

# Ways of writing one vowel, in the order in which they are made one; ^ opens a word, $ ends it.
_SPELLINGS = (
    ("^ye", "^e"),
    ("ie$", "i$"),
    ("ee", "i"),
    ("oo", "u"),
    ("ou", "u"),
    ("oe", "o"),
    ("ue", "u"),
    ("ae", "e"),
)
_COLOURS = str.maketrans({"a": "A", "e": "E", "i": "I", "y": "I", "o": "U", "u": "U"})
_NEAR = {frozenset("AE"), frozenset("EI")}
# The colours in Latin script that a letter of Arabic script may stand for.
_ARABIC = {"A": "AE", "I": "IEY", "U": "U", "ã": "AEI", "*": "AEIUY"}


def colours(vowels: str, first: bool = False, last: bool = False) -> str:
    """The colours of a stretch of vowels; `first` and `last` say that it opens or ends the word."""
    marked = "^" * first + vowels + "$" * last
    for spelling, plain in _SPELLINGS:
        marked = marked.replace(spelling, plain)
    plain = marked.strip("^$")
    glide = first and len(plain) > 1 and plain[0] == "y"
    read = ("Y" if glide else "") + plain[glide:].translate(_COLOURS)
    return "".join(colour for at, colour in enumerate(read) if read[at - 1 : at] != colour)


def nearness(left: str, right: str, edge: bool) -> Nearness:
    """How near two stretches of Latin vowels are.

    `near` is a matter of transliteration (Salma, Selma; Petr, Peter), `dropped` a vowel more or
    less. The edges of a word, where endings tell Mario from Maria and Elena from Alina, are the
    same or unlike.
    """
    if left == right:
        return "same"
    if edge:
        return "unlike"
    if len(left) == len(right) and all(
        a == b or {a, b} in _NEAR for a, b in zip(left, right, strict=True)
    ):
        return "near"
    return "near" if {left, right} == {"", "E"} else _dropped(left, right)


def arabic_nearness(left: str, right: str, edge: bool) -> Nearness:
    """How near two stretches of Arabic long vowels are; a letter tells Salim from Salem, so nothing
    is merely near.
    """
    if len(left) == len(right) and all(
        a == b or "ã" in {a, b} for a, b in zip(left, right, strict=True)
    ):
        return "same"
    return "unlike" if edge else _dropped(left, right)


def written_as(arabic: str, latin: str, letters: int, first: bool, last: bool) -> bool:
    """Whether a stretch of Arabic long vowels can stand for one of Latin vowels, of so many
    `letters`.

    What Arabic script writes must be heard; what is heard must be written where a word begins or
    ends, and where it is a diphthong or a long vowel.
    """
    if any(not set(_ARABIC[letter]) & set(latin) for letter in arabic if letter != "*"):
        return False
    if first:
        return bool(arabic) == bool(latin)
    if last:
        return (
            latin in {"", "E"}
            if not arabic
            else latin[-1:] in {*_ARABIC[arabic[-1]], *("E" if latin else "")}
        )
    return bool(arabic) or letters < 2


def _dropped(left: str, right: str) -> Nearness:
    short, long = sorted((left, right), key=len)
    rest = iter(long)
    return (
        "dropped"
        if len(short) < len(long) and all(colour in rest for colour in short)
        else "unlike"
    )
