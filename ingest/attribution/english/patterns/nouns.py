"""The patterns of nouns: "the ministry's claim that ...", "his demands to ...", "published three
demands:".
"""

from __future__ import annotations

import re

from ingest.attribution.english.contents import Content
from ingest.attribution.english.cues import main_subject
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.phrases import phrase_after, phrase_before
from ingest.attribution.english.sayings import Found, Lead, span_of
from ingest.attribution.english.sources.mentions import pronoun, read_mention
from ingest.attribution.english.tokens import TaggedSentence, TaggedToken
from ingest.attribution.spans import Attribution, Mention

_WIDEST = 8  # tokens between what is announced and its colon
_INFINITIVE = re.compile(r"[^,;tswcbm]*[vnp](?=[bm])")  # up to a finite verb
_CLAUSE_END = re.compile(r"[,;][vbmcsgw]|(?<=v)[bm]")


def read_claims(s: TaggedSentence, grammar: Grammar) -> Found:
    """What nouns attribute for what somebody puts forward."""
    for at, token in enumerate(s.tokens):
        if token.lower in grammar.words["grounds"] and s.kind(at + 1) == "t":
            yield from _grounds(s, at, grammar)
        if token.kind == "n" and grammar.is_one_of(token.lower, "claims"):
            yield from _claim(s, at, token, grammar)


def read_announced(s: TaggedSentence, is_told: bool, grammar: Grammar) -> Found:
    """ "The clubs published three demands:", "The ministry sent a message: '...'": words behind a
    colon.
    """
    colon = s.kinds.find(":")
    if colon < 3 or is_told:
        return
    near = range(colon - 1, max(0, colon - _WIDEST) - 1, -1)
    noun = next((s.tokens[n].text for n in near if grammar.is_one_of(s.lower(n), "claims")), None)
    subject = main_subject(s, colon) if noun else None
    mention = read_mention(s, subject.phrase, grammar) if subject else None
    if mention is None or noun is None:
        return
    if colon == len(s) - 1:
        yield Lead("below", mention, noun, "words-below")
    elif s.kind(colon + 1) == "Q":
        end = min(len(s), colon + 2 + (s.kind(colon + 2) == "."))
        content = Content(colon + 1, end, "quote")
        yield Attribution(
            *span_of(s, content), mention, noun, "announced-quote", form="direct", confidence=0.7
        )


def owner_of(s: TaggedSentence, at: int, grammar: Grammar) -> Mention | None:
    """Whose a noun at `at` is: "X's", "his", "their"."""
    start = at
    while start and s.kinds[start - 1] in "jna" and s.kinds[start] != "k":
        start -= 1
    if not start:
        return None
    if s.kind(start - 1) == "k":
        phrase = phrase_before(s, start - 1)
        return read_mention(s, phrase, grammar) if phrase else None
    return _possessor(s.tokens[start - 1])


def _possessor(token: TaggedToken) -> Mention | None:
    if token.lower == "their":
        return pronoun(token, "many")
    if token.lower in ("his", "her"):
        return pronoun(token, "one", "he" if token.lower == "his" else "she")
    return None


def _grounds(s: TaggedSentence, at: int, grammar: Grammar) -> Found:
    """ "closed the market on the grounds that ..."."""
    subject = main_subject(s, at)
    argued = read_mention(s, subject.phrase, grammar) if subject else None
    if argued is not None and at + 2 < len(s):
        content = Content(at + 2, _clause_end(s, at + 2), "that")
        yield Attribution(
            *span_of(s, content), argued, "on the grounds", "claim-noun", confidence=0.7
        )


def _claim(s: TaggedSentence, at: int, token: TaggedToken, grammar: Grammar) -> Found:
    """A claim with its owner before it or its agent behind it, and what is claimed."""
    mention, opened = owner_of(s, at, grammar), at + 1
    if mention is None:
        mention, opened = _agent(s, at, grammar)
    if mention is None:
        return
    infinitive = s.kind(opened) == "o" and s.kind(opened + 1) in "vbn"
    if infinitive or (s.kind(opened) == "t" and s.kind(opened + 1) not in "vbm."):
        content = Content(opened + 1, _clause_end(s, opened + 1, infinitive), "that")
        yield Attribution(*span_of(s, content), mention, token.text, "claim-noun", confidence=0.7)
    elif s.kind(opened) == ":" and s.kind(opened + 1) == "Q":
        content = Content(opened + 1, opened + 2, "quote")
        yield Attribution(*span_of(s, content), mention, token.text, "claim-noun", form="direct")


def _agent(s: TaggedSentence, at: int, grammar: Grammar) -> tuple[Mention | None, int]:
    """Who stands behind a claim ("a call by the clubs to"), and where they end; "of" only before a
    name.
    """
    agent = phrase_after(s, at + 2, grammar) if s.lower(at + 1) in ("by", "from", "of") else None
    if agent is None or s.kind(agent.end) not in "to:":
        return None, at + 1
    mention = read_mention(s, agent, grammar)
    of_nobody = s.lower(at + 1) == "of" and mention is not None and mention.kind != "name"
    return (None if of_nobody else mention), agent.end  # "the rejection of his demands"


def _clause_end(s: TaggedSentence, start: int, infinitive: bool = False) -> int:
    """A clause that hangs on a noun ends where another verb follows its own, or with the
    sentence.
    """
    if infinitive and (match := _INFINITIVE.match(s.kinds, start)):
        return match.end()
    match = _CLAUSE_END.search(s.kinds, start + 2)
    return match.start() if match else max(s.last, start + 1)
