"""Verbs with which something is said, in all their forms: the one table of them, from the pack of a
language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from vectorstore.language.pack import read_pack

FormKind = Literal["base", "third", "past", "ing"]
_TRAITS = frozenset(
    {
        "belief",
        "denied",
        "alleged",
        "document",
        "claims",
        "address",
        "naming",
        "paper",
        "infinitive",
        "possible",
    }
)
_FRAMES = frozenset({"that", "bare", "quote", "wh", "to", "thing", "as"})
_PARTICLES = frozenset({"it", "attention", "out", "on", "up", "down", "for", "upon", "clear"})


@dataclass(frozen=True)
class Verb:
    """A verb with which something is said: what may follow it, and what it makes of that.

    `particle` is the word that belongs to it ("point out"); `prepositions` are those that open its
    content.
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


@cache
def reporting_verbs(language: str) -> Mapping[str, tuple[VerbForm, ...]]:
    """The verbs of a language by each lower-case form; one with a particle comes before one
    without.
    """
    return _forms(read_pack(language)["verbs"])


@cache
def forms_of(language: str, *kinds: FormKind, frame: str | None = None) -> tuple[str, ...]:
    """The forms of these kinds of the verbs that need no particle, in alphabetical order; of all of
    them, or of those that may be followed in one way, such as by a bare clause.
    """

    def counts(form: VerbForm) -> bool:
        fits = frame is None or frame in form.verb.frames
        return fits and form.kind in kinds and form.verb.particle is None

    return tuple(
        sorted(form for form, verbs in reporting_verbs(language).items() if any(map(counts, verbs)))
    )


def _forms(rows: Mapping[str, Any]) -> dict[str, tuple[VerbForm, ...]]:
    forms: dict[str, tuple[VerbForm, ...]] = {}
    for entry, frames in rows.items():
        verb, irregular = _verb(entry, frozenset(frames.split()))
        for form, kind in _inflected(verb.lemma, irregular).items():
            forms[form] = (*forms.get(form, ()), VerbForm(verb, kind))
    return {
        form: tuple(sorted(verb_forms, key=lambda verb_form: verb_form.verb.particle is None))
        for form, verb_forms in forms.items()
    }


def _verb(entry: str, frames: frozenset[str]) -> tuple[Verb, list[str]]:
    """The verb of a row; its second word is a particle unless it is one of the verb's own forms."""
    lemma, *others = entry.split()
    particle = others.pop(0) if others and others[0] in _PARTICLES else None
    prepositions = frames - _FRAMES - _TRAITS
    return Verb(lemma, frames & _FRAMES, prepositions, frames & _TRAITS, particle), others


def _inflected(lemma: str, irregular: list[str]) -> dict[str, FormKind]:
    """The written forms of a verb; listed ones take the place of the regular past or -ing form."""
    forms: dict[str, FormKind] = {lemma: "base", _third(lemma): "third"}
    stem = lemma.removesuffix("e")
    past = [form for form in irregular if not form.endswith("ing")] or [
        f"{lemma[:-1]}ied" if _ends_in_y(lemma) else f"{stem}ed"
    ]
    ing = [form for form in irregular if form.endswith("ing")] or [
        f"{lemma if lemma.endswith('ee') else stem}ing"
    ]
    return {**dict.fromkeys(past, "past"), **dict.fromkeys(ing, "ing"), **forms}


def _third(lemma: str) -> str:
    if _ends_in_y(lemma):
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x", "z", "go")) else f"{lemma}s"


def _ends_in_y(lemma: str) -> bool:
    return lemma.endswith("y") and lemma[-2] not in "aeiou"
