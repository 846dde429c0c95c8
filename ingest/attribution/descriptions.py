"""Whom a description means: "the spokesman", "the veteran diplomat", "the same sources"."""

from __future__ import annotations

import re

from ingest.attribution.discourse import Discourse, Speaking
from ingest.attribution.english.grammar import singular
from ingest.attribution.name_register import NameRegister
from ingest.attribution.pronouns import Found
from ingest.attribution.spans import Mention
from vectorstore.language.normalise import fold
from vectorstore.records import Holder

_FURTHEST_NOUN = 6000  # characters back to somebody with such a role
_FURTHEST_NEW = 700  # and to a speaker who is described anew
_HANGING = re.compile(r"\s(?:of|in|at|from|for|with|who|which|published|familiar|close)\s")
_OFFICE = re.compile(r"(?:[Tt]he )?([A-Z][\w-]+(?: [A-Z][\w-]+)* ?)$")


def read_description(mention: Mention, scene: Discourse, names: NameRegister) -> Found | None:
    """The holder a description means: the last one with such a role; None where it is nobody the
    article names.
    """
    head = head_of(mention.text)
    if mention.type == "unnamed":
        return _same_group(mention, head, scene)
    holder = _with_role(mention, head, scene, names, kin=False) or _with_role(
        mention, head, scene, names, kin=True
    )
    return holder or _office(mention, head, names) or _described_anew(mention, head, scene, names)


def head_of(text: str) -> str:
    """The head noun of a description, in the singular."""
    core = _HANGING.split(fold(text))[0].split()
    return singular(core[-1]) if core else ""


def _with_role(
    mention: Mention, head: str, scene: Discourse, names: NameRegister, kin: bool
) -> Found | None:
    """The last speaker of whom the article says such a noun, or else the last person named; of kin
    only the last.
    """
    for n, heard in enumerate(scene.speakers(mention.start, _FURTHEST_NOUN)):
        if heard.holder.name and not (kin and n) and _can_be(heard, head, mention, names, kin):
            return heard.holder, 0.75
    named = scene.names_in(mention.start - _FURTHEST_NOUN, mention.start)
    for name in reversed(named[-1:] if kin else named):
        if _is_said(head, names.roles(name), names, kin):
            return Holder(name, None, "person"), 0.6
    return None


def _can_be(heard: Speaking, head: str, mention: Mention, names: NameRegister, kin: bool) -> bool:
    name, earlier = heard.holder.name, heard.mention
    if heard.holder.type == "person" and name:
        return _is_said(head, names.roles(name), names, kin) and names.can_be(name, mention.gender)
    # "the British weekly The Gazette"
    before = " ".join(names.words_before(earlier.start, 30)).rpartition(".")[2]
    words = frozenset(fold(f"{name} {earlier.text} {before}").split())
    return heard.holder.type in ("organisation", "media") and _is_said(head, words, names, kin)


def _is_said(head: str, words: frozenset[str], names: NameRegister, kin: bool) -> bool:
    """Whether a noun, or one of its kin, is among the words said of somebody."""
    return any(
        names.grammar.are_kin(head, word) if kin else head == singular(word) for word in words
    )


def _office(mention: Mention, head: str, names: NameRegister) -> Found | None:
    """A title written like a name: "the Prime Minister"."""
    office = _OFFICE.match(mention.text)
    if office is None or head not in names.grammar.words["titles"]:
        return None
    return Holder(office[1].strip(), None, "person"), 0.5


def _described_anew(
    mention: Mention, head: str, scene: Discourse, names: NameRegister
) -> Found | None:
    """A person described otherwise ("the veteran diplomat") right after they spoke, if nothing
    speaks against it.
    """
    last = next(scene.speakers(mention.start, _FURTHEST_NEW), None)
    if last is None or last.holder.type != "person" or not last.holder.name:
        return None
    roles = names.roles(last.holder.name)
    fits = not roles or _is_said(head, roles, names, kin=True)
    human = names.grammar.is_one_of(head, "people")
    return (
        (last.holder, 0.6)
        if human and fits and names.can_be(last.holder.name, mention.gender)
        else None
    )


def _same_group(mention: Mention, head: str, scene: Discourse) -> Found | None:
    """The first, fuller mention of a group that "the sources" or "the same officials" repeats."""
    words = fold(mention.text).split()
    if (
        not words
        or words[0] not in ("the", "these", "those")
        or len([w for w in words[1:] if w != "same"]) > 1
    ):
        return None
    first = scene.first_group(head, mention.number)
    return (first, 0.7) if first else None
