"""A sentence in, its attributions out: the patterns by which English (and its like) says who says
what.

Each file of patterns yields what it finds; the name of a pattern is the rule that a statement
shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.attribution.english.contents import Content
from ingest.attribution.english.cues import find_cues
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.patterns.impersonal import read_hearsay
from ingest.attribution.english.patterns.nouns import read_announced, read_claims
from ingest.attribution.english.patterns.prepositions import read_sources
from ingest.attribution.english.patterns.verbs import read_verb
from ingest.attribution.english.phrases import phrase_after, phrase_before
from ingest.attribution.english.sayings import Found, Lead, span_of
from ingest.attribution.english.sources.mentions import read_mention
from ingest.attribution.english.tokens import TaggedSentence
from ingest.attribution.spans import Attribution

_MOST_CUES = 20  # in one sentence; what has more is a list of words
_SUBJECT_VERB = re.compile(r"(?:[djnpk]*[np]|r)a?v")


@dataclass(frozen=True)
class SentenceReading:
    """What a sentence says of who says what, and the leads whose content stands outside it."""

    attributions: tuple[Attribution, ...] = ()
    below: Lead | None = None
    above: Lead | None = None


def read_reports(s: TaggedSentence, grammar: Grammar) -> SentenceReading:
    """The attributions and leads of a sentence."""
    cues = list(islice(find_cues(s, grammar), _MOST_CUES))
    reports: list[Attribution | Lead] = [
        report for cue in cues for report in read_verb(s, cue, cues, grammar)
    ]
    reports += read_sources(s, grammar)
    reports += read_claims(s, grammar)
    reports += read_hearsay(s, grammar)
    reports += read_announced(s, _is_told_behind_colon(s, reports), grammar)
    if not reports and not cues:
        reports += _by_place(s, grammar)
    leads = {report.where: report for report in reports if isinstance(report, Lead)}
    attributions = _without_echoes(
        [report for report in reports if isinstance(report, Attribution)]
    )
    return SentenceReading(attributions, leads.get("below"), leads.get("above"))


def _is_told_behind_colon(s: TaggedSentence, reports: Sequence[Attribution | Lead]) -> bool:
    colon = s.kinds.find(":")
    return colon >= 0 and any(
        isinstance(report, Lead) or s.tokens[colon].start < report.end for report in reports
    )


def _by_place(s: TaggedSentence, grammar: Grammar) -> Found:
    """A quotation that its place gives to somebody, whatever the verb: "...", she laughed."""
    at = next((n for n in range(1, len(s)) if s.kinds[n] not in ",.-"), len(s))
    if s.kind(0) != "Q" or s.kind(at) in "Q.":
        return
    said = _SUBJECT_VERB.match(s.kinds, at)
    verb = said.end() - 1 if said else at
    if s.kind(verb) != "v":
        return
    phrase = phrase_before(s, verb) if said else phrase_after(s, verb + 1, grammar)
    mention = read_mention(s, phrase, grammar) if phrase and s.kind(at - 1) != "Q" else None
    if mention is not None and (mention.kind != "pronoun" or mention.number):
        content = Content(0, 1 + (s.kind(1) == "."), "quote")
        yield Attribution(
            *span_of(s, content),
            mention,
            s.tokens[verb].text,
            "quote-by-place",
            "direct",
            confidence=0.7,
        )


def _without_echoes(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions that add a voice: what somebody says that a body welcomes or demands is
    still the speaker's.
    """
    return tuple(
        attribution
        for attribution in attributions
        if not (
            attribution.rule.endswith(("-thing", "-to", "hearsay-adverb", "agent"))
            and _lies_within(attribution, attributions)
        )
    )


def _lies_within(attribution: Attribution, attributions: Sequence[Attribution]) -> bool:
    others = [other for other in attributions if other is not attribution]
    if attribution.mention is None:
        return any(attribution.start <= other.start <= attribution.end for other in others)
    return any(
        other.start <= attribution.mention.start
        and attribution.end <= other.end
        and other.span != attribution.span
        and other.rule != "hearsay-adverb"
        for other in others
    )
