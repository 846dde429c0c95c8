"""The tables of a language, read into what the patterns ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

FormKind = Literal["base", "third", "past", "ing"]
_TABLES = Path(__file__).parent.parent / "tables"
_TRAITS = frozenset(
    {"belief", "denied", "alleged", "document", "claims", "address", "naming", "paper", "infinitive", "possible"}
)
_FRAMES = frozenset({"that", "bare", "quote", "wh", "to", "thing", "as"})


@dataclass(frozen=True)
class Verb:
    """A verb with which something is said: what may follow it, and what it makes of that.

    `particle` is the word that belongs to it ("point out"); `prepositions` are those that open its content.
    """

    lemma: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    traits: frozenset[str]
    particle: str | None = None


@dataclass(frozen=True)
class VerbForm:
    """One written form of a verb."""

    verb: Verb
    kind: FormKind


@dataclass(frozen=True, eq=False)
class Grammar:
    """The language knowledge of one table: forms of verbs, and sets of words by name."""

    forms: Mapping[str, tuple[VerbForm, ...]]
    words: Mapping[str, frozenset[str]]
    phrases: tuple[tuple[str, ...], ...]
    kin: tuple[frozenset[str], ...] = field(default=())

    def is_one_of(self, word: str, name: str) -> bool:
        """Whether a lower-case word, or the singular of it, stands in a set of the table."""
        found = self.words[name]
        return word in found or singular(word) in found

    @cached_property
    def _telling(self) -> frozenset[str]:
        phrases = frozenset(max(phrase, key=len) for phrase in self.phrases)
        return phrases.union(self.forms, *(self.words[name] for name in ("hearsay", "hearsay_verbs", "grounds")))

    def may_tell(self, words: Set[str]) -> bool:
        """Whether any of some lower-case words is one with which something can be said."""
        if not words.isdisjoint(self._telling):
            return True
        return any(self.is_one_of(word, "claims") or self.is_one_of(word, "documents") for word in words)

    def are_kin(self, one: str, other: str) -> bool:
        """Whether two nouns can name one person or body: they are the same, or stand in one line of kin."""
        one, other = singular(one), singular(other)
        return one == other or any(one in line and other in line for line in self.kin)


@cache
def read_grammar(language: str) -> Grammar:
    """The grammar of a language that has a table; a KeyError or FileNotFoundError is a mistake of ours."""
    table = tomllib.loads((_TABLES / f"{language}.toml").read_text(encoding="utf-8"))
    words = {
        name: frozenset(row.split())
        for section in table.values()
        for name, row in section.items()
        if section is not table["verbs"] and isinstance(row, str)
    }
    return Grammar(
        forms=_forms(table["verbs"]),
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


def _forms(rows: Mapping[str, Any]) -> dict[str, tuple[VerbForm, ...]]:
    forms: dict[str, tuple[VerbForm, ...]] = {}
    for entry, frames in rows.items():
        verb, irregular = _verb(entry, frozenset(frames.split()))
        for form, kind in _inflected(verb.lemma, irregular).items():
            forms[form] = (*forms.get(form, ()), VerbForm(verb, kind))
    return {form: tuple(sorted(found, key=lambda one: one.verb.particle is None)) for form, found in forms.items()}


def _verb(entry: str, frames: frozenset[str]) -> tuple[Verb, list[str]]:
    """The verb of a row; its second word is a particle unless it is one of the verb's own forms."""
    lemma, *others = entry.split()
    particle = others.pop(0) if others and others[0] in _PARTICLES else None
    prepositions = frames - _FRAMES - _TRAITS
    return Verb(lemma, frames & _FRAMES, prepositions, frames & _TRAITS, particle), others


_PARTICLES = frozenset({"it", "attention", "out", "on", "up", "down", "for", "upon", "clear"})


def _inflected(lemma: str, irregular: list[str]) -> dict[str, FormKind]:
    """The written forms of a verb; listed ones take the place of the regular past or -ing form."""
    forms: dict[str, FormKind] = {lemma: "base", _third(lemma): "third"}
    stem = lemma.removesuffix("e")
    past = [form for form in irregular if not form.endswith("ing")] or [
        f"{lemma[:-1]}ied" if _ends_in_y(lemma) else f"{stem}ed"
    ]
    ing = [form for form in irregular if form.endswith("ing")] or [f"{lemma if lemma.endswith('ee') else stem}ing"]
    return {**dict.fromkeys(past, "past"), **dict.fromkeys(ing, "ing"), **forms}


def _third(lemma: str) -> str:
    if _ends_in_y(lemma):
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z", "go")) else f"{lemma}s"


def _ends_in_y(lemma: str) -> bool:
    return lemma.endswith("y") and lemma[-2] not in "aeiou"
