"""Phrases whose head is a proper name: a person with role and titles, a body, a place, a people."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.attribution.english.phrases import Phrase
from ingest.attribution.english.sources.noun_phrases import (
    INDEFINITE,
    NounPhrase,
    gender_of,
    is_role,
    is_title,
    text_of,
    without_article,
)
from ingest.attribution.english.tokens import TaggedSentence
from ingest.attribution.spans import Mention, Number
from vectorstore.records import HolderType

_PARTICLES = frozenset(
    "al el bin ibn bint von van de da di du la le ter abu ben of the der".split()
)
_ADDRESSES = frozenset("mr mrs ms miss dr prof".split())
_NAMES = re.compile(r"j*p+(?:cp+)*")


def read_name(noun: NounPhrase, phrase: Phrase) -> Mention | None:
    """The holder whose name a phrase is; None for a day or "God"."""
    s, first = noun.s, _first_of_name(noun)
    named = _behind_titles(noun, first)
    if _are_people(noun, named):
        return _people(noun)
    kind = _type(noun, first, named)
    body = kind in ("organisation", "media")
    name = _body(noun, first) if body else text_of(s, named, noun.core)
    if (
        name.casefold() in noun.grammar.words["times"]
        or name.casefold() in noun.grammar.words["nobody"]
    ):
        return None
    many: Number = "many" if kind == "organisation" and noun.head.lower.endswith("s") else "one"
    return noun.mention(
        noun.end if kind == "organisation" else noun.core,
        "name",
        name=name,
        role=None if kind == "organisation" else _role(s, noun.start, named, phrase),
        type=kind,
        number=many,
        gender=gender_of(s.tokens[noun.start : named], noun.grammar),
    )


def read_name_aside(noun: NounPhrase, phrase: Phrase) -> Mention | None:
    """The holder whose name stands between commas behind a description: "its lead delegate, Siv
    Karreda, said".
    """
    if phrase.aside is None or noun.s.kinds[noun.core - 1] != "n" or phrase.many:
        return None
    start, end = phrase.aside
    if not _NAMES.fullmatch(noun.s.kinds[start:end]) or noun.is_one_of("abstract"):
        return None
    aside = NounPhrase(noun.s, start, end, end, noun.grammar)
    if is_office(aside):
        return None
    named = read_name(aside, Phrase(start, end))
    if named is None:
        return None
    kind: HolderType | None = "media" if noun.is_one_of("media") else named.type
    if noun.is_one_of("bodies") and kind == "person":
        kind = "organisation"
    described = without_article(text_of(noun.s, phrase.start, noun.core))
    return replace(
        named, role=", ".join(filter(None, (described, named.role))), type=kind or "person"
    )


def is_office(noun: NounPhrase) -> bool:
    """Whether a name is a title only: "the Prime Minister"."""
    first = _first_of_name(noun)
    return _behind_titles(noun, first) >= noun.core - 1 and is_title(noun.head, noun.grammar)


def body_name(noun: NounPhrase, first: int) -> str:
    """The name of a body with the "of" that belongs to it: "Health Ministry of Armenia"."""
    s, at = noun.s, noun.core
    while at < noun.end - 1 and s.lower(at) in ("of", "for") and s.kinds[at + 1] in "pdjn":
        at += 1
        while at < noun.end and s.kinds[at] in "pdjnk":
            at += 1
    return without_article(text_of(s, first, at))


def _first_of_name(noun: NounPhrase) -> int:
    """Where the proper nouns before the head begin, with the particles between them."""
    s, first = noun.s, noun.core
    while first > noun.start and (
        s.kinds[first - 1] == "p" or (s.lower(first - 1) in _PARTICLES and first - 1 > noun.start)
    ):
        first -= 1
    while s.lower(first) in ("of", "the") and first < noun.core - 1:
        first += 1
    return first


def _behind_titles(noun: NounPhrase, first: int) -> int:
    """Where a name begins behind its titles; a last word that is a title stays."""
    titles = [
        n + 1 for n in range(first, noun.core - 1) if is_title(noun.s.tokens[n], noun.grammar)
    ]
    return max(titles, default=first)


def _are_people(noun: NounPhrase, named: int) -> bool:
    """Whether a name stands for many: "the Turks", "some Velts"."""
    indefinite = named > noun.start and noun.s.lower(named - 1) in INDEFINITE
    return noun.head.tag == "NNPS" or (indefinite and noun.head.lower.endswith("s"))


def _people(noun: NounPhrase) -> Mention:
    """ "the Turks" stand for a people; "some Turks" are nobody in particular."""
    if noun.picks_some or "other" in noun.lowers:
        return noun.mention(noun.core, "noun", type="unnamed", number="many")
    return noun.mention(noun.core, "name", name=noun.words, type="organisation", number="many")


def _body(noun: NounPhrase, first: int) -> str:
    """The name of a body, with what stands before it unless that is only an article and
    adjectives.
    """
    plain = noun.s.kinds[noun.start : first].strip("dj")
    return body_name(noun, first if plain else noun.start)


def _type(noun: NounPhrase, first: int, named: int) -> HolderType | None:
    """What a name is of; None for one word that nothing tells."""
    s, grammar, words = (
        noun.s,
        noun.grammar,
        [token.lower for token in noun.s.tokens[named : noun.core]],
    )
    beside = (s.lower(named - 1), s.lower(noun.start - 1))
    if any(grammar.is_one_of(word, "media") for word in (words[-1], *beside)):
        return "media"
    if len(words) > 1 and words[-1] in grammar.words["papers"]:
        return "media"
    if any(grammar.is_one_of(word, "bodies") for word in words):
        return "organisation"
    if named > first or (first > noun.start and is_role(s.tokens[first - 1], grammar)):
        return "person"
    if (
        _is_place(noun, words)
        or _is_abbreviation(noun.head.text)
        or _has_article(s, noun, named, words)
    ):
        return "organisation"
    return "person" if len(words) > 1 else None


def _is_place(noun: NounPhrase, words: list[str]) -> bool:
    known = noun.grammar.words
    return any(word in known["states"] or word in known["capitals"] for word in words)


def _is_abbreviation(text: str) -> bool:
    return text.isupper() and len(text) > 1


def _has_article(s: TaggedSentence, noun: NounPhrase, named: int, words: list[str]) -> bool:
    """Whether a name is one that persons do not have: "the Velts", "the Harbour Watch"."""
    before = s.lower(named - 1) if named > noun.start else ""
    if len(words) > 1:
        return before == "the"
    return before in ("the", "these", "many", "most") and noun.head.text.endswith("s")


def _role(s: TaggedSentence, start: int, named: int, phrase: Phrase) -> str | None:
    """What stands before a name and in the aside behind it."""
    before = without_article(text_of(s, start, named)) if s.kinds[start:named].strip("d") else ""
    before = "" if before.casefold().rstrip(".") in _ADDRESSES else before
    aside = (
        without_article(text_of(s, *phrase.aside))
        if phrase.aside and s.kind(phrase.aside[0]) in "dnpj"
        else ""
    )
    return ", ".join(part for part in (before, aside) if part) or None
