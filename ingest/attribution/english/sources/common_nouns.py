"""Phrases whose head is a common noun: a group, a body, a paper, or somebody named elsewhere."""

from __future__ import annotations

import re

from ingest.attribution.english.sources.noun_phrases import NounPhrase, is_title, text_of
from ingest.attribution.english.sources.proper_names import body_name
from ingest.attribution.spans import Mention
from vectorstore.records import HolderType

# who does something
_AGENT = re.compile(r"(?:[a-z]{3}(?:er|or|ist|ian|eer|ess|man|woman)|[a-z]{4}(?:ant|ee))$")
_NEWS = "reports"  # papers when the media have them, and else hearsay


def read_noun(noun: NounPhrase) -> Mention | None:
    """The holder that a description can stand for; None where it can stand for nobody who says
    anything.
    """
    grammar, head = noun.grammar, noun.head
    if head.lower in ("us", "you", "me"):
        return None
    if noun.is_one_of("documents"):
        return _paper(noun)
    if noun.is_one_of("media") and head.lower != _NEWS:
        return _media(noun)
    if _is_body(noun):
        return _body(noun)
    if noun.is_one_of("abstract"):
        return None
    if not noun.is_one_of("people") and not is_title(head, grammar):
        return _unlisted(noun)
    many, source = noun.number == "many", head.lower.startswith("source")
    kind: HolderType | None = "unnamed" if many or noun.is_indefinite or source else None
    role = text_of(noun.s, noun.start, noun.core)
    return noun.mention(
        noun.end, "noun", type=kind, number=noun.number, gender=noun.gender, role=role
    )


def _paper(noun: NounPhrase) -> Mention:
    """A report, a census, information: the media's, a body's when it has a name or a year, or
    nobody's.
    """
    if any(noun.grammar.is_one_of(token.lower, "media") for token in noun.modifiers):
        return noun.mention(noun.core, "name", name=noun.words, type="media", number=noun.number)
    named = any(token.kind == "p" or token.tag == "CD" for token in noun.modifiers)
    if noun.s.kinds[noun.start] == "d" and named:
        return noun.mention(
            noun.core, "name", name=noun.words, type="organisation", number=noun.number
        )
    return noun.mention(noun.end, "noun", type="unnamed", number=noun.number)


def _media(noun: NounPhrase) -> Mention:
    """ "the newspaper" is one named before; "the Tolvesk newspaper" has a name, if only a general
    one.
    """
    if not noun.modifiers and not noun.is_indefinite:
        return noun.mention(noun.core, "noun", type="media", number=noun.number)
    return noun.mention(noun.core, "name", name=noun.words, type="media", number=noun.number)


def _is_body(noun: NounPhrase) -> bool:
    officials = noun.head.lower in noun.grammar.words["officials"] and not noun.picks_some
    return (officials and any(m.kind in "jp" for m in noun.modifiers)) or noun.is_one_of("bodies")


def _body(noun: NounPhrase) -> Mention:
    """ "the ministry" is one named before; "the Tolvesk ministry" has a name."""
    if (
        not noun.modifiers
        and noun.end == noun.core
        and noun.head.lower not in noun.grammar.words["capitals"]
    ):
        return noun.mention(
            noun.core, "noun", type=None if noun.number == "one" else "unnamed", number=noun.number
        )
    name = body_name(noun, noun.start)
    return noun.mention(noun.end, "name", name=name, type="organisation", number=noun.number)


def _unlisted(noun: NounPhrase) -> Mention | None:
    """A head that no table knows: several are people ("shipowners"), one with a name's modifier is
    a body.
    """
    if noun.number == "many":
        return noun.mention(noun.end, "noun", type="unnamed", number="many")
    of_name = any(token.kind == "p" for token in noun.modifiers) and not noun.is_indefinite
    if of_name or "k" in noun.s.kinds[noun.start : noun.core]:
        return noun.mention(noun.core, "name", name=noun.words, type="organisation", number="one")
    if _AGENT.search(noun.head.lower) is None:
        return None
    return noun.mention(
        noun.core, "noun", type="unnamed" if noun.is_indefinite else None, number="one"
    )
