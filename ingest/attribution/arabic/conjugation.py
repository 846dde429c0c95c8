"""The forms of Arabic verbs of speech and belief: persons of the perfect and the imperfect, and
participles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from ingest.attribution.spans import Gender, Number
from vectorstore.language.normalise import fold
from vectorstore.records import Modality, Polarity


@dataclass(frozen=True, slots=True)
class ArabicVerb:
    """A finite form of a verb of speech or belief.

    `kind` names its row of verbs; `frames` are the prepositions before a noun that is what was
    said, "" for none; `clitic` is the و or ف before it; `object` says that a pronoun is joined to
    it; `passive` that nobody in particular speaks. `maybe_passive`, `maybe_thing` and `maybe_first`
    say that it can be a passive, the deed of a thing, the first person; `background` that it is how
    an author adds facts.
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
    frames: frozenset[str] = frozenset()
    goes_on: bool = False


def conjugate(table: Mapping[str, Any]) -> dict[str, ArabicVerb]:
    """Every folded form of every verb; where two verbs share a form, the first in the table has
    it.
    """
    verb_of: dict[str, ArabicVerb] = {}
    for plain, perfect, imperfect in _rows(table):
        for form, verb in (
            *_perfect(plain, perfect, table["forms"]),
            *_imperfect(plain, imperfect, table["forms"]),
        ):
            verb_of.setdefault(fold(form), verb)
    for form in table["forms"]["not_verbs"].split():
        verb_of.pop(fold(form), None)
    for form in table["forms"]["hearsay"].split():
        verb_of[fold(form)] = ArabicVerb(
            "say", "one", "he", "asserted", "stated", True, passive=True
        )
    return verb_of


def participles(table: Mapping[str, Any]) -> dict[str, ArabicVerb]:
    """The folded participles that go on with a sentence ("adding that"), as the verbs they are made
    of.
    """
    plain = {perfect: verb for verb, perfect, _ in _rows(table)}
    verb_of: dict[str, ArabicVerb] = {}
    for line in table["participles"]["verbs"].strip().splitlines():
        stem, perfect = line.split()
        for ending, person in table["participles"]["endings"].items():
            verb_of[fold(stem + ending)] = _in_person(plain[perfect], person)
    return verb_of


def _rows(table: Mapping[str, Any]) -> Iterator[tuple[ArabicVerb, str, str]]:
    going_on = table["forms"]["goes_on"].split()
    for kind, row in table["verbs"].items():
        for line in row["verbs"].strip().splitlines():
            perfect, imperfect = line.split()
            frames = frozenset(
                fold(frame) for frame, verbs in table["frames"].items() if perfect in verbs.split()
            )
            verb = ArabicVerb(
                kind, "one", "he", row["polarity"], row["modality"], True, frames=frames
            )
            yield replace(verb, goes_on=perfect in going_on), perfect, imperfect


def _perfect(
    plain: ArabicVerb, perfect: str, forms: Mapping[str, Any]
) -> Iterator[tuple[str, ArabicVerb]]:
    verb = replace(
        plain,
        bare_alif=perfect.startswith("ا"),
        maybe_thing=perfect in forms["done_by_things_too"].split(),
        maybe_first=perfect in forms["maybe_first_person"].split(),
    )
    last = perfect[-1]
    persons = forms[{"ى": "perfect_weak", "ا": "perfect_alif"}.get(last, "perfect")]
    for ending, person in persons.items():
        yield (perfect[:-1] if last in "ىا" else perfect) + ending, _in_person(verb, person)


def _imperfect(
    plain: ArabicVerb, imperfect: str, forms: Mapping[str, Any]
) -> Iterator[tuple[str, ArabicVerb]]:
    """The persons of an imperfect: another prefix, and an ending before which a weak last letter
    falls (يرى، يرون).
    """
    verb = replace(plain, perfect=False, maybe_thing=imperfect in forms["done_by_things"].split())
    for affixes, person in forms["imperfect"].items():
        prefix, _, ending = affixes.partition(" ")
        stem = imperfect[1:]
        if ending == "ون" and stem[-1] in "ىيو":
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


def _in_person(verb: ArabicVerb, person: str) -> ArabicVerb:
    number, gender = person.split()
    return replace(verb, number=cast(Number, number), gender=cast(Gender, gender))
