"""The words of the Arabic grammar, read from its pack and folded (hamzas, ى/ي, ة/ه, vowel
marks).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.attribution.arabic.conjugation import ArabicVerb, conjugate, participles
from vectorstore.language.normalise import fold
from vectorstore.language.pack import read_pack

_SECTIONS = ("clauses", "nouns", "holders", "grammar")
_SEVERAL = ("ون", "ين", "ان")

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class ArabicLexicon:
    """The table by folded words. Phrases are kept by their first word, the longest first; `named`
    are the first words of proper names.
    """

    labels: Mapping[str, frozenset[str]]
    verbs: Mapping[str, ArabicVerb]
    participles: Mapping[str, ArabicVerb]
    objects: tuple[str, ...]
    vowelled_passive: frozenset[str]
    whole: frozenset[str]
    heh_names: frozenset[str]
    phrases: Mapping[str, Phrases]
    named: frozenset[str]


@cache
def lexicon() -> ArabicLexicon:
    """The table, read once."""
    table = read_pack("ar")
    return ArabicLexicon(
        _labels(table),
        conjugate(table),
        participles(table),
        tuple(_folded(table["forms"]["objects"])),
        frozenset(_folded(table["forms"]["vowelled_passive"])),
        frozenset(_folded(table["spelling"]["whole"])),
        frozenset(_folded(table["spelling"]["heh_names"])),
        _phrases(table),
        frozenset(
            fold(name).split()[0] for names in table["names"].values() for name in names.split("|")
        ),
    )


def _folded(words: str) -> Iterable[str]:
    return map(fold, words.split())


def _labels(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Every single word of the sections with the names of its rows, and what is made of it.

    A trade has its feminine, its plural and its dual; kin go with a possessive; the first words of
    phrases are "cues".
    """
    labels_of: dict[str, set[str]] = {}
    for section in _SECTIONS:
        for label, words in table[section].items():
            for word in _folded(words):
                labels_of.setdefault(word, set()).add(label)
    for word, labels in _inflected(table["holders"]):
        if labels_of.get(word, set()) <= {"kin"}:
            labels_of.setdefault(word, set()).update(labels)
    for word in participles(table):
        labels_of.setdefault(word, set()).add("participles")
    for name, phrases in table["phrases"].items():
        for phrase in (
            phrases
            if isinstance(phrases, list)
            and name not in ("times", "topics", "real", "anonymous", "anonymity")
            else ()
        ):
            labels_of.setdefault(fold(phrase).split()[0], set()).add("cues")
    return {word: frozenset(labels) for word, labels in labels_of.items()}


def _inflected(holders: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for office in _folded(holders["offices"]):
        yield f"{office}ه", ("offices",)
        yield from ((office + ending, ("groups",)) for ending in _SEVERAL)
    for kin in _folded(holders["kin"]):
        joined = f"{kin.removesuffix('ه')}ت" if kin.endswith("ه") else kin
        yield from (
            (joined + ending, ("offices", "possessed"))
            for ending in _folded(holders["possessives"])
        )


def _phrases(table: Mapping[str, Any]) -> dict[str, Phrases]:
    lists = {
        name: words if isinstance(words, list) else words.split()
        for name, words in table["phrases"].items()
    }
    lists |= {f"name_{name}": words.split("|") for name, words in table["names"].items()}
    return {name: _by_first_word(phrases) for name, phrases in lists.items()}


def _by_first_word(phrases: list[str]) -> Phrases:
    phrases_of: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(_folded(phrase))
        phrases_of.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in phrases_of.items()}
