"""The names of an article, read ahead, so that a surname finds its owner wherever the full name
stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.tags import is_common
from ingest.attribution.spans import Gender
from vectorstore.language.normalise import fold
from vectorstore.records import Span

RUN = re.compile(
    r"(?<![^\W_])(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]{0,60})"
    r"(?:[  ](?:(?:al|el|bin|ibn|bint|von|van|de|da|di|del|la|der|ter|abu)[ "
    r" -]){0,3}[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]{0,60}){0,5}"
)
_LONGEST_NAME = 4  # words
_MOST_NAMESAKES = 40  # full names with one surname
_MOST_ROLES = 60  # words said of one person
_PLACES_BEFORE = frozenset("in at of the from to on near into".split())
_COMMON = frozenset(
    """
    the a an in on at by for from of to and but or as if when while after before since although
    though however moreover meanwhile instead according earlier later yesterday today now then also
    even still only this that these those his her its their our my your he she it they we i you
    there here what who why how where which not no yes so yet thus
    """.split()
)


@dataclass(frozen=True)
class Person:
    """Somebody the article names: the words it says of them, and whether "he" or "she"."""

    roles: frozenset[str] = frozenset()
    gender: Gender | None = None


@dataclass
class NameRegister:
    """The names of one article: full ones by their surnames, the people, and what may be a person's
    name.
    """

    text: str
    grammar: Grammar
    start: int = 0  # where the article begins
    full: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    people: dict[str, Person] = field(default_factory=dict)
    likely: set[str] = field(default_factory=set)

    def read_ahead(self, span: Span) -> None:
        """Notes every name of a span; one that is written out once and a surname elsewhere is a
        person's.
        """
        surnames = {person for run in RUN.finditer(self.text, *span) if (person := self._read(run))}
        for surname in surnames & self.full.keys():
            if not self.is_place(surname):
                for name in self.full[surname]:
                    self.know(name)

    def canonical(self, name: str, at: int) -> str:
        """The fullest form of a name in this article; of several people with one surname the last
        one named before.
        """
        words = _keys(name)
        fitting = {
            full: places
            for full, places in self.full.get(words[-1], {}).items()
            if _ends(full, words)
        }
        if not fitting:
            return name
        if len({_keys(full) for full in fitting}) == 1:
            return min(fitting)
        if len(words) > 1:
            return max(sorted(fitting), key=len)
        before = {
            full: places[n - 1]
            for full, places in fitting.items()
            if (n := bisect_right(places, at))
        }
        return max(sorted(before), key=before.__getitem__) if before else name

    def add(self, name: str, at: int) -> None:
        """Notes where a full name stands."""
        namesakes = self.full[_keys(name)[-1]]
        if name in namesakes or len(namesakes) < _MOST_NAMESAKES:
            insort(namesakes.setdefault(name, []), at)

    def know(self, name: str, role: str = "", gender: Gender | None = None) -> None:
        """Notes that a name is a person's, and what is said of them."""
        old = self.people.get(name, Person())
        said = (
            frozenset(word.strip("(),.;") for word in fold(role).split()) if role else frozenset()
        )
        roles = old.roles | said if len(old.roles) < _MOST_ROLES else old.roles
        self.people[name] = replace(old, roles=roles, gender=old.gender or gender)

    def roles(self, name: str | None) -> frozenset[str]:
        """The words that the article says of a person; none of somebody it does not know."""
        return self.people[name].roles if name in self.people else frozenset()

    def can_be(self, name: str, gender: Gender | None) -> bool:
        """Whether nothing speaks against "he" or "she" for a name."""
        known = self.people.get(name)
        return known is None or known.gender is None or gender is None or known.gender == gender

    def words_before(self, at: int, reach: int) -> list[str]:
        """The words that stand close before a place in the article."""
        return self.text[max(self.start, at - reach) : at].split()

    def in_run(self, run: str) -> tuple[str, bool]:
        """The name in a run of capitalised words without the titles before it, and whether there
        were any.
        """
        return _name_in(run, self.grammar)

    def is_place(self, name: str) -> bool:
        return _is_place(_keys(name), self.grammar)

    def _read(self, run: re.Match[str]) -> str | None:
        """Notes the name of a run; returns its key where it is one word."""
        name, titled = self.in_run(run.group())
        if not name:
            return None
        words = name.split()
        if 1 < len(words) <= _LONGEST_NAME:
            self.add(name, run.start())
        who = self.text[run.end() : run.end() + 6].replace(",", "").startswith(" who ")
        if titled or who or self._follows_role(run.start()):
            self.know(name, role=" ".join(run.group().split()[: -len(words)]))
        elif 1 < len(words) <= 3 and not self.is_place(name) and not self._hangs(run):
            self.likely.add(name)
        return _keys(name)[0] if len(words) == 1 else None

    def _hangs(self, run: re.Match[str]) -> bool:
        """Whether a preposition or article stands before, or a colon behind: places and things are
        named like that.
        """
        before = self.words_before(run.start(), 12)
        return (bool(before) and before[-1].casefold() in _PLACES_BEFORE) or self.text[
            run.end() : run.end() + 1
        ] == ":"

    def _follows_role(self, at: int) -> bool:
        """Whether a word for one person stands before: "the hydrologist Mara Orlen"."""
        role = (self.words_before(at, 24) or [""])[-1]
        return role.islower() and self.grammar.is_one_of(role, "people") and not role.endswith("s")


@lru_cache(maxsize=1 << 14)
def _name_in(run: str, grammar: Grammar) -> tuple[str, bool]:
    words = [word.removesuffix("’s").removesuffix("'s") for word in run.split()]
    titles = grammar.words["titles"]
    last_title = max((n for n, word in enumerate(words[:-1]) if _key(word) in titles), default=-1)
    words = words[last_title + 1 :]
    while len(words) > 2 and _is_place((_key(words[0]),), grammar):
        words = words[1:]  # "President of Russia Mara Orlen"
    while words and (_key(words[0]) in _COMMON or _key(words[0]) in titles or is_common(words[0])):
        words = words[1:]
    return (
        ("", False)
        if not words or _is_no_name(words, grammar)
        else (" ".join(words), last_title >= 0)
    )


def _is_no_name(words: list[str], grammar: Grammar) -> bool:
    """Whether capitalised words are a body's, a place's, a day's, or a heading."""
    keys = tuple(map(_key, words))
    if len(words) == 1 and _is_place(keys, grammar):
        return True
    if len(words) > 1 and all(word.isupper() for word in words):
        return True
    body = any(grammar.is_one_of(key, "bodies") for key in keys)
    return body or is_common(words[-1]) or keys[-1] in grammar.words["times"]


def _is_place(keys: tuple[str, ...], grammar: Grammar) -> bool:
    return any(key in grammar.words["states"] or key in grammar.words["capitals"] for key in keys)


@lru_cache(maxsize=1 << 14)
def _keys(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    return tuple(map(_key, name.split())) or ("",)


@lru_cache(maxsize=1 << 14)
def _key(word: str) -> str:
    return fold(word).strip(".,'’")


def _ends(full: str, words: tuple[str, ...]) -> bool:
    """Whether a name as written can be a full one: its words are the last ones, or all of them."""
    return _keys(full)[-len(words) :] == words
