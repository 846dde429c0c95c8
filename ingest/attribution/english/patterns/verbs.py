"""The patterns of verbs: "Orlen said that ...", "“...”, said Orlen", "... was disclosed by
Orlen".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.attribution.english.contents import Content, content_after, content_before
from ingest.attribution.english.cues import Cue, CueSubject, subject_of
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.phrases import Phrase, phrase_after, phrase_before
from ingest.attribution.english.sayings import Found, attribution_of, fits, lead_of
from ingest.attribution.english.sources.mentions import read_mention
from ingest.attribution.english.tokens import TaggedSentence
from ingest.attribution.spans import Attribution, Mention

_BELOW = frozenset("following these this below".split())
_BACKWARD = frozenset("this that it which".split())
_FURTHEST_AGENT = 8  # tokens behind a passive


def read_verb(s: TaggedSentence, cue: Cue, cues: Sequence[Cue], grammar: Grammar) -> Found:
    """What one verb attributes: to its agent, to the subject behind it, or to the subject before
    it.
    """
    if cue.passive or _is_reduced(s, cue):
        yield from _by_agent(s, cue, grammar)
    elif not cue.unsaid and (not cue.negated or cue.verb.traits & {"belief", "possible"}):
        attribution = _as_noted(s, cue, grammar) or _inverted(s, cue, grammar)
        yield from (attribution,) if attribution else _by_subject(s, cue, cues, grammar)


def _by_subject(s: TaggedSentence, cue: Cue, cues: Sequence[Cue], grammar: Grammar) -> Found:
    """ "Orlen said that ...", "..., Orlen said.", "Orlen said:"."""
    subject = subject_of(s, cue)
    mention = read_mention(s, subject.phrase, grammar) if subject else None
    if subject is None or mention is None or not fits(cue, mention, grammar):
        return
    if (
        mention.number == "many"
        and mention.kind == "pronoun"
        and _is_anybody(s, subject.phrase.start)
    ):
        mention = replace(mention, kind="noun", type="unnamed")
    content = _before(s, subject, cue, grammar) or content_after(s, cue, cues, grammar)
    if content is None or (content.frame == "thing" and _is_empty(s, content)):
        return
    if content.frame in ("thing", "to") and not _may_take_object(cue, subject, mention, grammar):
        return
    following = s.kinds[-1] == ":" and any(s.lower(n) in _BELOW for n in range(cue.end, len(s)))
    if content.start >= content.end or following:
        yield lead_of(s, "below", mention, cue, "words-below")
    else:
        yield attribution_of(s, content, mention, cue, f"{subject.way}-{content.frame}")


def _is_empty(s: TaggedSentence, content: Content) -> bool:
    """Whether an object tells nothing by itself: "has explained it to everybody"."""
    return (
        s.lower(content.start) in ("it", "this", "that", "them")
        and s.kind(content.start + 1) in "oi.,"
    )


def _is_anybody(s: TaggedSentence, at: int) -> bool:
    """Whether "they" are just people somewhere: "In the capital they say"."""
    return 2 <= at <= 5 and s.lower(0) == "in" and not s.kinds[1:at].strip("dpjn,")


def _may_take_object(cue: Cue, subject: CueSubject, mention: Mention, grammar: Grammar) -> bool:
    """Whether an object or infinitive gives content: not behind "protesters demanding"; of papers
    only as listed.
    """
    if cue.loose and subject.way == "subject":
        return False
    return (
        not _is_paper(mention, grammar) or "paper" in cue.verb.traits or bool(cue.verb.prepositions)
    )


def _is_paper(mention: Mention, grammar: Grammar) -> bool:
    """Whether a mention is of a report, a study or the like."""
    words = mention.text.casefold().split()
    return (
        any(grammar.is_one_of(word, "documents") for word in words[:4]) and mention.type != "media"
    )


def _before(s: TaggedSentence, subject: CueSubject, cue: Cue, grammar: Grammar) -> Content | None:
    """The content that stands before a subject and its cue, where nothing that the cue governs
    follows.
    """
    if "quote" not in cue.verb.frames or subject.way not in ("subject", "aside"):
        return None
    phrase = subject.phrase
    as_clause = s.lower(phrase.start - 1) == "as"
    start = phrase.start - 1 if as_clause else phrase.start
    conjoined = s.kind(start - 1) == "c" or (s.kind(start - 1) == "," and s.kind(start - 2) == "c")
    if (
        as_clause
        and s.kind(cue.end) == ","
        and (start <= 2 or s.kind(cue.end + 1) == "Q" or conjoined)
    ):
        return Content(cue.end + 1, s.last, "as") if cue.end + 1 < s.last else None
    return content_before(s, Phrase(start, phrase.end), cue, grammar)


def _inverted(s: TaggedSentence, cue: Cue, grammar: Grammar) -> Attribution | None:
    """ "...", said Mara Orlen, a hydrologist."""
    if "quote" not in cue.verb.frames or "address" in cue.verb.traits:
        return None  # "Orlen, the minister, told reporters"
    if not cue.start or cue.start != cue.at or s.kind(cue.start - 1) not in ",Q.-":
        return None
    phrase = phrase_after(s, cue.end, grammar)
    if phrase is None or s.kind(phrase.end) in "vbm":
        return None
    mention = read_mention(s, phrase, grammar)
    content = content_before(s, phrase, cue, grammar)
    if mention is None or content is None or not fits(cue, mention, grammar):
        return None
    return attribution_of(s, content, mention, cue, f"inverted-{content.frame}")


def _as_noted(s: TaggedSentence, cue: Cue, grammar: Grammar) -> Attribution | None:
    """ "As noted the head of the committee, ...", the order of translations."""
    if s.lower(cue.start - 1) != "as" or cue.start > 2 or "that" not in cue.verb.frames:
        return None
    phrase = phrase_after(s, cue.end, grammar)
    if phrase is None or s.kind(phrase.end) != "," or phrase.end + 1 >= s.last:
        return None
    mention = read_mention(s, Phrase(phrase.start, phrase.end), grammar)
    content = Content(phrase.end + 1, s.last, "that")
    return attribution_of(s, content, mention, cue, "as-inverted") if mention else None


def _is_reduced(s: TaggedSentence, cue: Cue) -> bool:
    """Whether a past form is a participle behind its noun: "the deployment boasted of by the
    capital".
    """
    at = cue.end + (s.lower(cue.end) in cue.verb.prepositions)
    return (
        cue.kind == "past"
        and s.lower(at) == "by"
        and cue.start == cue.at
        and s.kind(cue.at - 1) in "np"
    )


def _by_agent(s: TaggedSentence, cue: Cue, grammar: Grammar) -> Found:
    """A passive with its agent: what was said is the subject, what follows, or the sentence
    before.
    """
    agent = _agent(s, cue, grammar)
    mention = read_mention(s, agent, grammar) if agent else None
    if agent is None or mention is None or not fits(cue, mention, grammar):
        return
    patient = phrase_before(s, cue.start)
    as_something = "as" in cue.verb.frames and s.lower(agent.end) == "as"
    if s.kind(agent.end) == "t" and "that" in cue.verb.frames and agent.end + 1 < s.last:
        yield attribution_of(s, Content(agent.end + 1, s.last, "that"), mention, cue, "agent")
    elif (
        patient is not None
        and patient.end - patient.start == 1
        and s.lower(patient.start) in _BACKWARD
    ):
        if patient.start == 0 and "that" in cue.verb.frames:
            yield lead_of(s, "above", mention, cue, "revealed-by")
    elif (
        patient is not None and s.kind(patient.start) != "w" and (as_something or _has_object(cue))
    ):
        content = Content(patient.start, patient.end, "thing")
        if s.lower(agent.end) in ("as", "of", "for", "to") and agent.end < s.last:
            content = Content(agent.end, s.last, "thing")
        yield attribution_of(s, content, mention, cue, "agent")


def _agent(s: TaggedSentence, cue: Cue, grammar: Grammar) -> Phrase | None:
    """The phrase behind "by", of a passive that somebody has said."""
    behind = range(cue.end, min(len(s), cue.end + _FURTHEST_AGENT))
    by = next((n for n in behind if s.lower(n) == "by"), None)
    return (
        phrase_after(s, by + 1, grammar)
        if by is not None and not cue.negated and not cue.unsaid
        else None
    )


def _has_object(cue: Cue) -> bool:
    return bool(cue.verb.frames & {"thing", "that"} or cue.verb.prepositions)
