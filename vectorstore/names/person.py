"""The parts of a person's written name, and whether two written names can be one person's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from vectorstore.language.normalise import squeeze, visible
from vectorstore.names.name_words import (
    FAMILY_FIRST,
    FUNCTION_WORDS,
    GIVEN_PARTICLES,
    OFFICES,
    PARTICLES,
    QUALIFIERS,
    RANKS,
    TITLES,
)
from vectorstore.names.skeletons import alike, begins_alike, fold_word, without_article

_TITLES = OFFICES | TITLES | QUALIFIERS
_MOST_WORDS = 5
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_INVERTED = re.compile(r"([^\s,]+), ([^\s,]+(?: [^\s,]+)?)")
_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ‘][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ‘]s$")
# Servant-of names are one word, however they are cut: Abd al-Sahli, Abdul Sahli, Abdulsahli, عبد
# السهلي.
_SERVANT = re.compile(
    r"\b(abd)(?:[ -]?[aeuü]l[ -]?|[aeuü]r[ -](?=r)|[ -](?:[aeu]?[rsndtz]|ash)-)(?=\w{3})|(عبد)"
    r" ?ال(?=\w\w)"
)
_PINYIN = re.compile(r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?[aeiou]{1,3}(?:ng|n)?){1,2}")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A written name without titles and particles; its `rank` (junior, II) is kept apart.

    `titled` says that there were titles. `described` is a holder that is described rather than
    named ("head of the harbour"): nothing but itself is like it.
    """

    words: tuple[str, ...]
    rank: str = ""
    described: bool = False
    titled: bool = False
    key: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """The key is equal for names that differ in nothing but titles, particles, marks, hyphens
        and spaces.
        """
        words = [fold_word(word) for word in self.words]
        ordered = sorted(words) if len(words) == 2 and self.family_first else words
        object.__setattr__(self, "key", " ".join(filter(None, ("".join(ordered), self.rank))))

    @property
    def bare(self) -> bool:
        return len(self.words) == 1 and not self.described

    @property
    def full(self) -> bool:
        return len(self.words) > 1 and not self.described

    @property
    def fullness(self) -> tuple[int, int]:
        """How much of the name is written: its words, then its initials."""
        return sum(len(word) > 1 for word in self.words), len(self.words)

    @property
    def family_first(self) -> bool:
        """Whether the first word may be the family's: Chinese and Korean names."""
        first, *rest = map(fold_word, self.words)
        return any(
            family in FAMILY_FIRST and all(_PINYIN.fullmatch(word) for word in given)
            for family, given in ((first, rest), ((rest or [first])[-1], [first, *rest[:-1]]))
        )

    @property
    def surnames(self) -> frozenset[str]:
        """The words by which alone the person may be called."""
        return frozenset({self.words[-1], *self.words[: self.family_first]})


@lru_cache(maxsize=1 << 16)
def read_person(name: str) -> PersonName:
    """The parts of a person's name as written in an article."""
    plain = _INVERTED.sub(_turned, squeeze(_BRACKETS.sub(" ", visible(name))))
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(plain)]
    named = words[_titles(words) :]
    if not named or _described(named):
        return PersonName(tuple(word.casefold() for word in words or [name]), described=True)
    rank = fold_word(named[-1]) if len(named) > 1 and fold_word(named[-1]) in RANKS else ""
    parts = _without_particles(named[: len(named) - bool(rank)])
    whole = _SERVANT.sub(r"\1\2", " ".join(parts).casefold())
    bare = tuple(re.sub("[-'’ʼ‘]", "", without_article(word)) for word in whole.split())
    return PersonName(bare, rank, titled=len(named) < len(words))


def same_person(left: PersonName, right: PersonName) -> bool:
    """Whether two full names can be one person's: their surnames are spellings of one word, and all
    given names of the shorter are spellings or initials of given names of the longer, in their
    order; or the longer goes on where the shorter ends (Ana Velmar, Ana Velmar Sorrel).
    """
    if not (left.full and right.full and left.rank == right.rank):
        return False
    if left.key == right.key:
        return True
    short, long = sorted((left.words, right.words), key=lambda words: (len(words), words))
    return _same_surname(long, short) or (len(short) < len(long) and _opens(long, short))


def same_given(left: str, right: str) -> bool:
    """Whether two given names are spellings of one, or one an initial of the other."""
    if len(left) == 1 or len(right) == 1:
        return begins_alike(*sorted((left, right), key=len))
    return alike(left, right)


def _same_surname(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    rest = iter(long[:-1])
    pairs = [
        next(((given, known) for known in rest if same_given(given, known)), None)
        for given in short[:-1]
    ]
    written_out = any(pair and min(map(len, pair)) > 1 for pair in pairs)
    return None not in pairs and alike(long[-1], short[-1], loose=written_out)


def _opens(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return all(
        len(word) > 1 and alike(word, known) for word, known in zip(short, long, strict=False)
    )


def _turned(inverted: re.Match[str]) -> str:
    """ "Orlen, Mara" the right way round; what follows a comma may also be an office or a rank."""
    family, given = inverted.groups()
    known = {fold_word(word) for word in _WORD.findall(given)} & (OFFICES | QUALIFIERS | RANKS)
    return inverted.group() if known else f"{given} {family}"


def _titles(words: list[str]) -> int:
    """How many words at the head are titles, with what stands before an office ("Veskaran President
    Mara Orlen").
    """
    offices = [at for at, word in enumerate(words[:-1], 1) if fold_word(word) in OFFICES]
    if offices and fold_word(words[-1]) not in OFFICES and not _small_words(words):
        return offices[-1]
    return next((at for at, word in enumerate(words) if fold_word(word) not in _TITLES), len(words))


def _described(words: list[str]) -> bool:
    """Whether these words describe somebody: small words of no name, too many words, an office at
    the end.
    """
    return (
        _small_words(words)
        or len(words) > _MOST_WORDS
        or fold_word(words[-1]) in OFFICES
        or (len(words) == 1 and len(words[0]) == 1)
    )


def _small_words(words: list[str]) -> bool:
    """Whether there is a word that belongs to no name: a small one among capitals, or an Arabic
    function word.
    """
    cased = any(not word.islower() for word in words)
    small = [
        word for word in words if cased and word.islower() and fold_word(word) not in PARTICLES
    ]
    spoken = any(without_article(word) == word and fold_word(word) != "the" for word in small)
    return spoken or not FUNCTION_WORDS.isdisjoint(map(fold_word, words))


def _without_particles(words: list[str]) -> list[str]:
    """Particles left out; one at the head that is a given name as well is one ("Al Orlen", not "al
    Orlen").
    """
    left = [
        w
        for at, w in enumerate(words)
        if fold_word(w) not in PARTICLES or (at == 0 and w in GIVEN_PARTICLES)
    ]
    return left or words
