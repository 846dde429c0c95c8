"""The words of the Arabic grammar, read from `tables/ar.toml`: what an Arabic word can be, clitics taken off."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from ingest.voices.attribution import Gender, Number
from vectorstore.language.folding import fold
from vectorstore.records import Modality, Polarity

_TABLE = Path(__file__).parent / "tables" / "ar.toml"
_CONJUNCTIONS, _PREPOSITIONS = "وف", "بلك"
_LONGEST_WORD = 30
_WITHOUT_ARTICLE = frozenset({"affirmed", "denied_things"})
_DAMMA = "\u064f"
_SUFFIXES = re.compile(r"\w(?:[\u064b-\u065f\u0670\u0640]*(?:ه|ها|هم|هما))$")
_TANWIN = re.compile("\u064b\u0627?$|\u0627\u064b$")

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Verb:
    """A finite form of a verb of speech or belief.

    `kind` names its row of verbs; `clitic` is the و or ف before it; `object` says that a pronoun is joined to it;
    `passive` that nobody in particular speaks. `maybe_passive`, `maybe_thing` and `maybe_first` say that it can be a
    passive, the deed of a thing, the first person; `background` that it is how an author adds facts.
    """

    kind: str
    number: Number
    gender: Gender
    polarity: Polarity
    modality: Modality
    perfect: bool
    clitic: str = ""
    object: bool = False
    passive: bool = False
    maybe_passive: bool = False
    maybe_thing: bool = False
    background: bool = False
    bare_alif: bool = False
    maybe_first: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """What one written word can be: `labels` of the tables, without its clitic and article.

    `bare` is the folded word without clitic; where the tables do not know the word, only the article is seen. `owned`
    says that it ends like a possessive ("his"), `tanwin` that it is an accusative, `whole` that its first letter is
    its own.
    """

    folded: str
    bare: str
    clitic: str
    definite: bool
    labels: frozenset[str]
    verb: Verb | None = None
    owned: bool = False
    tanwin: bool = False
    whole: bool = False

    def has(self, *labels: str) -> bool:
        """Whether the word bears one of the labels."""
        return not self.labels.isdisjoint(labels)


@dataclass(frozen=True)
class Lexicon:
    """The table by folded words. Phrases are kept by their first word, the longest first; `named` are the
    first words of proper names.
    """

    labels: Mapping[str, frozenset[str]]
    verbs: Mapping[str, Verb]
    objects: tuple[str, ...]
    vowelled_passive: frozenset[str]
    whole: frozenset[str]
    heh_names: frozenset[str]
    phrases: Mapping[str, Phrases]
    named: frozenset[str]


@lru_cache(maxsize=1 << 16)
def word_of(written: str) -> Word:
    """What the tables know of a word as the text writes it."""
    if len(written) > _LONGEST_WORD:
        return Word("", "", "", False, frozenset())
    known, folded = lexicon(), fold(written)
    verb = _verb(known, written, folded)
    clitic, bare, definite, labels = _noun(known, folded)
    if folded == "علي" and not written.endswith("ى"):
        labels = frozenset()
    owned = bool(_SUFFIXES.search(written)) and bare not in known.heh_names
    return Word(
        folded, bare, clitic, definite, labels, verb, owned, bool(_TANWIN.search(written)), folded in known.whole
    )


def _noun(known: Lexicon, folded: str) -> tuple[str, str, bool, frozenset[str]]:
    readings = list(_readings(folded, folded in known.whole))
    for clitic, bare in readings:
        if bare in known.labels or bare in known.named:
            return clitic, bare, bare.startswith("ال"), known.labels.get(bare, frozenset())
        if bare.startswith("ال") and bare[2:] in known.labels:
            return clitic, bare, True, known.labels[bare[2:]] - _WITHOUT_ARTICLE
    for clitic, bare in readings:
        if bare.startswith("ال") and len(bare) > 4:
            return clitic, bare, True, frozenset()
    return "", folded, False, frozenset()


def _readings(folded: str, whole: bool) -> Iterator[tuple[str, str]]:
    """A folded word as clitic and rest, in every way it can be cut, the uncut first; لل is ل and ال."""
    conjoined = [("", folded)]
    if folded[:1] in _CONJUNCTIONS and len(folded) > 3 and not whole:
        conjoined.append((folded[0], folded[1:]))
    yield from conjoined
    for clitic, rest in conjoined:
        if rest[:1] in _PREPOSITIONS and len(rest) > 3 and not whole:
            yield clitic + rest[0], ("ال" + rest[2:] if rest.startswith("لل") else rest[1:])


def _verb(known: Lexicon, written: str, folded: str) -> Verb | None:
    for clitic, stem in (("", folded), (folded[:1], folded[1:])):
        if clitic not in ("", *_CONJUNCTIONS):
            continue
        for suffix in ("", *known.objects):
            form = known.verbs.get(stem.removesuffix(suffix)) if stem.endswith(suffix) else None
            if form and (suffix or stem in known.verbs):
                first = written[len(clitic) :]
                return _as_written(known, replace(form, clitic=clitic, object=bool(suffix)), first, stem)
    return None


def _as_written(known: Lexicon, form: Verb, written: str, stem: str) -> Verb | None:
    """The form with what its hamza and vowel marks say: a first person is nobody's, a damma can be the passive."""
    if form.bare_alif and written.startswith("أ"):
        return None
    damma = written[1:2] == _DAMMA and (form.perfect or stem in known.vowelled_passive)
    return replace(form, passive=form.passive or damma)


@cache
def lexicon() -> Lexicon:
    """The table, read once."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return Lexicon(
        _labels(table),
        _verbs(table),
        tuple(map(fold, table["forms"]["objects"].split())),
        frozenset(map(fold, table["forms"]["vowelled_passive"].split())),
        frozenset(map(fold, table["spelling"]["whole"].split())),
        frozenset(map(fold, table["spelling"]["heh_names"].split())),
        _phrases(table),
        frozenset(fold(name).split()[0] for names in table["names"].values() for name in names.split("|")),
    )


def _labels(table: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Every single word of the sections with the names of its rows; a trade has its feminine too.

    The first words of phrases are "cues".
    """
    found: dict[str, set[str]] = {}
    for section in ("clauses", "nouns", "holders", "grammar"):
        for label, words in table[section].items():
            for word in map(fold, words.split()):
                found.setdefault(word, set()).add(label)
                if label == "offices":
                    found.setdefault(f"{word}ه", set()).add(label)
    for phrases in table["phrases"].values():
        for phrase in phrases if isinstance(phrases, list) else ():
            found.setdefault(fold(phrase).split()[0], set()).add("cues")
    return {word: frozenset(labels) for word, labels in found.items()}


def _phrases(table: dict[str, Any]) -> dict[str, Phrases]:
    lists = {name: words if isinstance(words, list) else words.split() for name, words in table["phrases"].items()}
    lists |= {f"name_{name}": words.split("|") for name, words in table["names"].items()}
    return {name: _by_first_word(phrases) for name, phrases in lists.items()}


def _by_first_word(phrases: list[str]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(fold(phrase).split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(rows, key=len, reverse=True)) for first, rows in found.items()}


def _verbs(table: dict[str, Any]) -> dict[str, Verb]:
    """Every form of every verb; where two verbs share a form, the first in the table has it."""
    found: dict[str, Verb] = {}
    for kind, row in table["verbs"].items():
        for line in row["verbs"].strip().splitlines():
            perfect, imperfect = line.split()
            plain = Verb(kind, "one", "he", row["polarity"], row["modality"], True)
            for form, verb in (
                *_perfect(plain, perfect, table["forms"]),
                *_imperfect(plain, imperfect, table["forms"]),
            ):
                found.setdefault(fold(form), verb)
    for form in table["forms"]["not_verbs"].split():
        found.pop(fold(form), None)
    for form in table["forms"]["hearsay"].split():
        found[fold(form)] = Verb("say", "one", "he", "asserted", "stated", True, passive=True)
    return found


def _perfect(plain: Verb, perfect: str, forms: dict[str, Any]) -> Iterator[tuple[str, Verb]]:
    verb = replace(
        plain,
        bare_alif=perfect.startswith("ا"),
        maybe_thing=perfect in forms["done_by_things_too"].split(),
        maybe_first=perfect in forms["maybe_first_person"].split(),
    )
    weak = perfect.endswith("ى")
    for ending, person in forms["perfect_weak" if weak else "perfect"].items():
        yield (perfect[:-1] if weak else perfect) + ending, _in_person(verb, person)


def _imperfect(plain: Verb, imperfect: str, forms: dict[str, Any]) -> Iterator[tuple[str, Verb]]:
    """The persons of an imperfect: another prefix, and an ending before which a weak last letter falls (يرى، يرون)."""
    verb = replace(plain, perfect=False, maybe_thing=imperfect in forms["done_by_things"].split())
    for affixes, person in forms["imperfect"].items():
        prefix, _, ending = affixes.partition(" ")
        stem = imperfect[1:]
        if ending == "ون" and stem[-1] in "ىي":
            stem = stem[:-1]
        elif ending == "ان" and stem[-1] == "ى":
            stem = f"{stem[:-1]}ي"
        he = person == "one he"
        made = replace(
            _in_person(verb, person),
            maybe_passive=he and imperfect in forms["read_as_passive"].split(),
            background=he and imperfect in forms["background"].split(),
        )
        yield prefix + stem + ending, made


def _in_person(verb: Verb, person: str) -> Verb:
    number, gender = person.split()
    return replace(verb, number=cast(Number, number), gender=cast(Gender, gender))
