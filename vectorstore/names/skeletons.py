"""Whether two words of a name are two ways of writing one word, within a script and across Latin
and Arabic.

A word is read as sounds, in all the ways its letters allow (`letters`). Its skeleton is the classes
of its consonants: alike for all spellings, so that candidates are found by it, as Soundex and
Double Metaphone find theirs. Equal skeletons make no more than a candidate (Hassan and Hussein have
one): the consonants must also agree sound by sound, after Editex (Zobel and Dart, "Phonetic String
Matching: Lessons from Information Retrieval", SIGIR 1996) and Freeman, Condon and Ackerman (NAACL
2006), and the vowels between them must be near.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from vectorstore.language.normalise import ARABIC_LETTERS, fold, visible
from vectorstore.names.letters import CLASSES, READINGS
from vectorstore.names.vowels import arabic_nearness, colours, nearness, written_as

_MOST_READINGS = 8
_WRITINGS = sorted(READINGS, key=lambda writing: (-len(writing), writing))
_LETTERS = {letter for writing in READINGS for letter in writing}
_TOKEN = re.compile("|".join(_WRITINGS))
_DOUBLED = re.compile(r"([^\Waeiou\d_ء-ۿ])\1+")
_ARTICLE = re.compile(
    r"^(?:(?:[AaEeUu]l|[Aa](?:sh|dh|[rnsdtz]))[-'’ ](?=\w{2})|(?:Al|El)(?=[A-Z][a-z])|ال(?=\w\w))"
)
_ARABIC = re.compile(f"[{ARABIC_LETTERS}]")
# Latin letters that stand for one initial: "Y. Kashtel" may be Jevrim.
_INITIALS = str.maketrans("jcqw", "ykkv")


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """One way to read a word: consonants, each the sounds it may be, and before, between and after
    them the vowels.
    """

    consonants: tuple[str, ...]
    vowels: tuple[str, ...]
    arabic: bool

    @property
    def skeleton(self) -> str:
        return "".join(CLASSES[sounds[0]] for sounds in self.consonants)

    def colours(self, at: int) -> str:
        return colours(self.vowels[at], at == 0, at == len(self.consonants))


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """The folded word, remembered: names share their words."""
    return fold(word)


def is_arabic(text: str) -> bool:
    """Whether any letter of a text is Arabic script."""
    return _ARABIC.search(text) is not None


def without_article(word: str) -> str:
    """The word without the Arabic article: "al-Orleni", "as-Sahli", "ElOrleni" and "الأورلني" lose
    it.
    """
    return _ARTICLE.sub("", visible(word))


def skeleton(word: str) -> str:
    """The consonants of one word of a name as letters of their classes, read in the likeliest way.

    "Toshirev", "Toschireff" and "توشيريف" are TSRF.
    """
    return readings(word)[0].skeleton


@lru_cache(maxsize=1 << 16)
def skeletons(word: str) -> frozenset[str]:
    """The skeletons of all ways to read a word: those of two spellings of one word have one in
    common.
    """
    return frozenset(reading.skeleton for reading in readings(word))


def alike(left: str, right: str, loose: bool = False) -> bool:
    """Whether two words can be spellings of one.

    `loose` also lets a long word (a surname) have one vowel more or less, and several vowels near
    each other.
    """
    left, right = sorted((left, right))
    return _alike(left, right, loose)


def begins_alike(initial: str, word: str) -> bool:
    """Whether an initial can stand for a word."""
    if is_arabic(initial) == is_arabic(word):
        return _initial(initial) == _initial(word)
    return any(_same_start(a, b) for a in readings(initial) for b in readings(word))


@lru_cache(maxsize=1 << 16)
def readings(word: str) -> tuple[Pronunciation, ...]:
    """All ways to read a word, the likeliest first, at most 16. Arabic words are read without and
    with the article.
    """
    arabic = is_arabic(word)
    spellings = dict.fromkeys(
        (_spelled(without_article(word)), *((_spelled(word),) if arabic else ()))
    )
    paths = (
        path
        for spelling in spellings
        for path in islice(product(*_places(spelling)), _MOST_READINGS)
    )
    return tuple(
        dict.fromkeys(
            _reading([sound for place in path for sound in place], arabic) for path in paths
        )
    )


@lru_cache(maxsize=1 << 16)
def _alike(left: str, right: str, loose: bool) -> bool:
    if fold_word(left) == fold_word(right):
        return True
    return any(
        _agree(a, b, loose)
        for a in readings(left)
        for b in readings(right)
        if a.skeleton == b.skeleton
    )


def _spelled(word: str) -> str:
    """The word in small letters that the tables know, doubled Latin consonants once."""
    small = unicodedata.normalize("NFC", visible(word)).casefold()
    known = "".join(char if char in _LETTERS else fold(char) for char in small)
    return _DOUBLED.sub(r"\1", "".join(char for char in known if char in _LETTERS))


def _places(spelling: str) -> list[tuple[tuple[str, ...], ...]]:
    """What may be read at each place of a word; a row for its edge is meant before one for
    anywhere.
    """
    places = []
    for match in _TOKEN.finditer(spelling):
        writing = match.group()
        first, last = match.start() == 0, match.end() == len(spelling)
        rows = (f"^{writing}" * first, f"{writing}$" * last, writing)
        places.append(next(READINGS[row] for row in rows if row in READINGS))
    return places


def _reading(sounds: list[str], arabic: bool) -> Pronunciation:
    consonants: list[str] = []
    vowels = [""]
    for sound in sounds:
        if sound[0] in CLASSES:
            consonants.append(sound)
            vowels.append("")
        else:
            vowels[-1] += sound
    return Pronunciation(tuple(consonants), tuple(vowels), arabic)


def _agree(left: Pronunciation, right: Pronunciation, loose: bool) -> bool:
    if not all(set(a) & set(b) for a, b in zip(left.consonants, right.consonants, strict=True)):
        return False
    if left.arabic != right.arabic:
        return _agree_across(*((left, right) if left.arabic else (right, left)))
    compare, long = (arabic_nearness, 5) if left.arabic else (nearness, 4)
    end = len(left.consonants)
    agreements = [
        compare(left.colours(at), right.colours(at), at in {0, end}) for at in range(end + 1)
    ]
    near, dropped = agreements.count("near"), agreements.count("dropped")
    if "unlike" in agreements or end < 2:
        return set(agreements) == {"same"}
    return near + dropped <= 1 + 2 * loose and dropped <= (loose and end >= long)


def _agree_across(arabic: Pronunciation, latin: Pronunciation) -> bool:
    end = len(latin.consonants)
    return all(
        written_as(arabic.colours(at), latin.colours(at), len(latin.vowels[at]), at == 0, at == end)
        for at in range(end + 1)
    )


def _initial(word: str) -> str:
    return fold_word(word)[:1].translate(_INITIALS)


def _same_start(left: Pronunciation, right: Pronunciation) -> bool:
    if bool(left.vowels[0]) != bool(right.vowels[0]):
        return False
    return bool(left.vowels[0]) or bool(set(left.consonants[0]) & set(right.consonants[0]))
