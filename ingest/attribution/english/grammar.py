"""The tables of a language, read into what the patterns ask for."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from vectorstore.language.pack import read_pack
from vectorstore.language.reporting_verbs import VerbForm, reporting_verbs

_SECTIONS = ("speech", "nouns", "phrases", "places")


@dataclass(frozen=True, eq=False)
class Grammar:
    """The language knowledge of one table: forms of verbs, and sets of words by name."""

    forms: Mapping[str, tuple[VerbForm, ...]]
    words: Mapping[str, frozenset[str]]
    phrases: tuple[tuple[str, ...], ...]
    kin: tuple[frozenset[str], ...] = field(default=())

    def is_one_of(self, word: str, name: str) -> bool:
        """Whether a lower-case word, or the singular of it, stands in a set of the table."""
        known = self.words[name]
        return word in known or singular(word) in known

    @cached_property
    def _telling(self) -> frozenset[str]:
        phrases = frozenset(max(phrase, key=len) for phrase in self.phrases)
        return phrases.union(
            self.forms, *(self.words[name] for name in ("hearsay", "hearsay_verbs", "grounds"))
        )

    def may_tell(self, words: Set[str]) -> bool:
        """Whether any of some lower-case words is one with which something can be said."""
        if not words.isdisjoint(self._telling):
            return True
        return any(
            self.is_one_of(word, "claims") or self.is_one_of(word, "documents") for word in words
        )

    def are_kin(self, left: str, right: str) -> bool:
        """Whether two nouns can name one person or body: they are the same, or stand in one line of
        kin.
        """
        left, right = singular(left), singular(right)
        return left == right or any(left in line and right in line for line in self.kin)


@cache
def read_grammar(language: str) -> Grammar:
    """The grammar of a language whose pack has one; a KeyError or FileNotFoundError is a mistake of
    ours.
    """
    table = read_pack(language)
    words = {
        name: frozenset(row.split())
        for section in _SECTIONS
        for name, row in table[section].items()
        if isinstance(row, str)
    }
    return Grammar(
        forms=reporting_verbs(language),
        words=words,
        phrases=tuple(tuple(phrase.split()) for phrase in table["phrases"]["sources"]),
        kin=tuple(frozenset(line.split()) for line in table["nouns"]["kin"]),
    )


@lru_cache(maxsize=1 << 14)
def singular(noun: str) -> str:
    """A noun without the ending of its plural; good enough to look it up in a table."""
    if noun.endswith("men"):
        return f"{noun[:-3]}man"
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
