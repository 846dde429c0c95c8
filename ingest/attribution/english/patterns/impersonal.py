"""The patterns of what is told without a teller: "it is believed that", "is said to be",
"reportedly".
"""

from __future__ import annotations

from ingest.attribution.english.contents import Content
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.sayings import Found, span_of
from ingest.attribution.english.tokens import TaggedSentence, is_be
from ingest.attribution.spans import Attribution, Mention

_THERE = 5  # tokens back to "there" in "there are many reports that"
_IT = 5
_WIDEST = 6  # tokens between "it is said" and "that"


def read_hearsay(s: TaggedSentence, grammar: Grammar) -> Found:
    """The first clause of a sentence that is told without a teller."""
    for at in range(len(s)):
        attribution = (
            _reports(s, at, grammar) or _adverb(s, at, grammar) or _passive(s, at, grammar)
        )
        if attribution is not None:
            yield attribution
            return


def _reports(s: TaggedSentence, at: int, grammar: Grammar) -> Attribution | None:
    """ "There are reports that ..."."""
    token = s.tokens[at]
    if s.kind(at + 1) != "t" or token.kind != "n" or at + 2 >= len(s):
        return None
    there = any(s.lower(n) == "there" for n in range(max(0, at - _THERE), at))
    if not there or not (
        grammar.is_one_of(token.lower, "documents") or grammar.is_one_of(token.lower, "claims")
    ):
        return None
    mention = Mention(token.start, token.end, token.text, "noun", type="unnamed", number="many")
    span = span_of(s, Content(at + 2, max(s.last, at + 3), "that"))
    return Attribution(
        *span, mention, f"there are {token.text}", "there-are-reports", modality="alleged"
    )


def _adverb(s: TaggedSentence, at: int, grammar: Grammar) -> Attribution | None:
    """ "The bridge has reportedly fallen"; an "allegedly old" bridge tells nothing."""
    if s.lower(at) not in grammar.words["hearsay"] or s.kind(at + 1) == "j":
        return None
    return _nobody(s, 0, s.tokens[at].text, "hearsay-adverb", 0.6)


def _passive(s: TaggedSentence, at: int, grammar: Grammar) -> Attribution | None:
    """ "Is said to be ...", "it is believed that ...", "it was proposed to ..."."""
    word, continued = s.lower(at), s.lower(at) in grammar.words["continued"]
    if not (continued or word in grammar.words["hearsay_verbs"]) or not _is_after_be(s, at):
        return None
    if s.kind(at + 1) == "o" and continued and s.lower(at - 2) == "it" and at + 2 < len(s):
        return _nobody(s, at + 2, f"it was {word}", "continued", 0.8)
    if "m" in s.kinds[max(0, at - 4) : at]:
        return None  # "it should be noted that" is the author's
    if s.kind(at + 1) == "o" and s.kind(at + 2) in "vb" and word in grammar.words["hearsay_to"]:
        opened = max((n + 1 for n in range(at) if s.kinds[n] in ",;ts"), default=0)
        return _nobody(s, opened, f"{s.tokens[at].text} to", "said-to", 0.7)
    impersonal = any(s.lower(n) in ("it", "we", "you") for n in range(max(0, at - _IT), at))
    that = next(
        (n for n in range(at + 1, min(at + _WIDEST, len(s))) if s.kinds[n] in "tvbm,;"), None
    )
    if that is None or s.kinds[that] != "t" or not impersonal or that + 1 >= len(s):
        return None
    return _nobody(
        s, that + 1, f"it is {s.tokens[at].text}", "continued" if continued else "it-is-said", 0.8
    )


def _is_after_be(s: TaggedSentence, at: int) -> bool:
    before = at - 1
    while before > 0 and s.kinds[before] == "a":
        before -= 1
    return before >= 0 and is_be(s.tokens[before])


def _nobody(s: TaggedSentence, start: int, cue: str, rule: str, confidence: float) -> Attribution:
    """What nobody answers for, from a token to the end of the sentence."""
    span = span_of(s, Content(start, max(s.last, start + 1), "that"))
    return Attribution(*span, None, cue, rule, modality="alleged", confidence=confidence)
