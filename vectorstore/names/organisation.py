"""The name of an organisation or an outlet: what it is compared by, and its acronym."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vectorstore.language.normalise import fold, visible
from vectorstore.names.name_words import SPELLINGS
from vectorstore.names.skeletons import is_arabic

_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")
_ACRONYM = re.compile(r"[A-Z](?:\.?[A-Z0-9]){1,7}\.?")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|&")
_SHORTEST_GUESS = 3


@dataclass(frozen=True, slots=True)
class BodyName:
    """The name of a body: its words without article; the acronym it gives in brackets; the one its
    capitals make.
    """

    words: tuple[str, ...]
    given: str = ""
    made: str = ""
    acronym: bool = False

    @property
    def key(self) -> str:
        return " ".join(self.words)


@lru_cache(maxsize=1 << 16)
def read_body(name: str) -> BodyName:
    """The parts of a body's name; "Reed Valley Authority (RVA)" and "RVA (Reed Valley Authority)"
    are alike.
    """
    match = _BRACKETED.fullmatch(visible(name))
    if match:
        outer, inner = match.groups()
        for words, short in ((outer, inner), (inner, outer)):
            if _ACRONYM.fullmatch(short) and (
                is_arabic(words) or _capitals(words)[:1] == short[:1]
            ):
                return BodyName(body_words(words), given=plain_acronym(short))
    if is_acronym(name):
        return BodyName((plain_acronym(name),), acronym=True)
    return BodyName(body_words(name), made=_guess(name))


def body_words(name: str) -> tuple[str, ...]:
    """The folded words of a name without its article, in one spelling: "The Ministry of Defense"
    has "defence".
    """
    words = [
        SPELLINGS.get(word, word)
        for word in (w.removesuffix("'s") for w in _WORD.findall(fold(name)))
    ]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return (words[0].removeprefix("ال") or words[0], *words[1:]) if words else (name,)


def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: "RVA", "R.V.A."."""
    return _ACRONYM.fullmatch(name.strip()) is not None


def plain_acronym(acronym: str) -> str:
    return fold(acronym.strip().replace(".", ""))


def _guess(name: str) -> str:
    """The acronym that a name makes, where it is long enough to tell anything."""
    return capitals if len(capitals := _capitals(name)) >= _SHORTEST_GUESS else ""


def _capitals(name: str) -> str:
    """The capitals at the heads of a name's words."""
    words = [
        word for word in _WORD.findall(visible(name)) if word[0].isupper() and fold(word) != "the"
    ]
    return "".join(word[0] for word in words)
