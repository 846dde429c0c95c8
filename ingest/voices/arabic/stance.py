"""What an Arabic verb of speech is worth where it stands: said, denied, or only wished, asked and supposed."""

from __future__ import annotations

from dataclasses import replace

from ingest.voices.arabic_cues import Found, attribute, imputed
from ingest.voices.arabic_lexicon import Verb
from ingest.voices.arabic_sentences import Sentence
from ingest.voices.arabic_spans import (
    Link,
    clause_end,
    content_of,
)
from ingest.voices.attribution import Attribution, Mention


def plain_verb(sentence: Sentence, at: int) -> Verb | None:
    """The verb at a place if it tells what somebody did say: no wish, no question, no "did not say".

    A belief may be denied, speech may not.
    """
    verb = sentence.word(at).verb
    if verb is None or verb.passive or verb.object or is_unreal(sentence, at):
        return None
    return verb if verb.kind == "believe" or not is_negated(sentence, at) else None


def is_negated(sentence: Sentence, at: int) -> bool:
    return sentence.has(at - 1, "negations")


def is_unreal(sentence: Sentence, at: int) -> bool:
    """Whether a particle before a verb makes it a wish, a question or a condition; قد does so to the imperfect only."""
    before, verb = at - 1 - is_negated(sentence, at), sentence.word(at).verb
    maybe = sentence.word(before).folded in ("قد", "وقد") and verb is not None and not verb.perfect
    some = sentence.word(before).folded == "من" and sentence.phrase("some_say", before - 1)
    unreal = sentence.has(before, "unreal") and sentence.word(before).folded not in ("قد", "حتي")
    return maybe or bool(some) or unreal


def subject_at(sentence: Sentence, at: int) -> int:
    """Where the subject after a verb can begin: beyond "for his part", "yesterday"."""
    after = at + 1
    while length := sentence.phrase("adverbials", after):
        after += length
        after += sentence.mark(after) in ("،", ",")
    return after


def takes(sentence: Sentence, at: int, verb: Verb, link: Link) -> bool:
    """Whether a verb takes a link: some bring words only with قائلا or a colon, some never with أن."""
    if verb.kind in ("accuse", "reject", "relay") or (link.provided and verb.kind != "insist"):
        return False
    if verb.kind == "comment":
        return link.kind == "colon" or any(sentence.has(place, "saying") for place in range(at + 1, link.end))
    return verb.kind != "deny" or link.kind == "that"


def attribute_verb(sentence: Sentence, found: Found, verb: Verb, holder: Mention, link: Link) -> Attribution | None:
    verb = denied_if(imputed(verb, holder), is_negated(sentence, found.cue))
    return attribute(sentence, found, verb, holder, content_of(sentence, link, clause_end))


def denied_if(verb: Verb, negated: bool) -> Verb:
    return replace(verb, polarity="denied") if negated else verb
