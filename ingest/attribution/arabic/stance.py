"""What an Arabic verb of speech is worth where it stands: said, denied, or only wished, asked and
supposed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.phrases import is_preposition
from ingest.attribution.arabic.spans import Complementiser
from ingest.attribution.arabic.tokens import ArabicSentence


def plain_verb(
    sentence: ArabicSentence, at: int, with_object: Collection[str] = ()
) -> ArabicVerb | None:
    """The verb at a place if it tells what somebody did say: no wish, no question, no "did not
    say".

    A belief may be denied, speech may not. A pronoun joined to it ("promised us") only the first
    person may be, or that of a verb of the kinds `with_object`.
    """
    word = sentence.word(at)
    verb = word.verb
    if verb is None or verb.passive or is_unreal(sentence, at):
        return None
    if verb.object and verb.kind not in with_object and not word.folded.endswith(("نا", "ني")):
        return None
    return verb if verb.kind == "believe" or not is_negated(sentence, at) else None


def is_negated(sentence: ArabicSentence, at: int) -> bool:
    return sentence.has(at - 1, "negations")


def is_unreal(sentence: ArabicSentence, at: int) -> bool:
    """Whether a particle before a verb makes it a wish, a question or a condition; قد does so to
    the imperfect only.
    """
    before, verb = at - 1 - is_negated(sentence, at), sentence.word(at).verb
    maybe = sentence.word(before).folded in ("قد", "وقد") and verb is not None and not verb.perfect
    some_say = sentence.word(before).folded == "من" and sentence.phrase("some_say", before - 1)
    if (
        sentence.phrase("real", before - 1)
        or sentence.phrase("topics", before - 1) > 1
        or sentence.phrase("topics", before) > 1
    ):
        return maybe
    unreal = sentence.has(before, "unreal") and sentence.word(before).folded not in ("قد", "حتي")
    return maybe or bool(some_say) or unreal


def subject_at(sentence: ArabicSentence, at: int) -> int:
    """Where the subject after a verb can begin: beyond "for his part", "yesterday"."""
    after = at + 1
    while length := sentence.phrase("adverbials", after) or sentence.phrase("times", after):
        after += length
        after += sentence.mark(after) in ("،", ",")
    return after


def takes(sentence: ArabicSentence, at: int, verb: ArabicVerb, link: Complementiser) -> bool:
    """Whether a verb takes a link: some bring words only with قائلا or a colon, some never with
    أن.
    """
    if verb.kind in ("accuse", "reject", "relay") or (link.provided and verb.kind != "insist"):
        return False
    if verb.kind == "comment":
        return link.kind == "colon" or any(
            sentence.has(place, "saying") for place in range(at + 1, link.end)
        )
    return verb.kind != "deny" or link.kind == "that"


def denied_if(verb: ArabicVerb, negated: bool) -> ArabicVerb:
    return replace(verb, polarity="denied") if negated else verb


def at_rest(sentence: ArabicSentence, at: int) -> bool:
    """Whether a clause may end before a place: at a mark, a preposition, or "while he"."""
    if sentence.mark(at) in (".", "،", ",", "!", "؟", "…"):
        return True
    return is_preposition(sentence, at) or sentence.has(at, "pronouns")
