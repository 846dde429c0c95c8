"""Arabic forms that begin with a verb of speech or belief, one function a form: the subject follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.voices.arabic_cues import Found, attribute
from ingest.voices.arabic_mentions import read_mention
from ingest.voices.arabic_phrases import is_head, is_preposition
from ingest.voices.arabic_sentences import Sentence
from ingest.voices.arabic_spans import (
    Content,
    clause_end,
    content_of,
    find_link,
    link_at,
    pause_end,
    spoken,
    stretch,
)
from ingest.voices.arabic_stance import attribute_verb, is_negated, is_unreal, plain_verb, subject_at, takes
from ingest.voices.arabic_subjects import dropped, hearsay, topic
from ingest.voices.attribution import Attribution

_QUOTING = ("say", "insist", "comment")

Form = Callable[[Sentence, int, Sequence[Attribution]], Attribution | None]


def _accusation(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """تتهمها S بـC, and اتهم S O بـC: the accused and the deed are the words."""
    verb = sentence.word(at).verb
    if not verb or verb.kind != "accuse" or is_unreal(sentence, at) or is_negated(sentence, at):
        return None
    holder = read_mention(sentence, subject_at(sentence, at), verb)
    if not holder or not (holder.known or is_head(sentence, holder.end)):
        return None
    first = holder.end
    if verb.object:
        if not _charge(sentence, first):
            return None
    elif not any(_charge(sentence, place) for place in range(first + 1, min(first + 10, len(sentence.tokens)))):
        return None
    content = stretch(sentence, first, pause_end(sentence, first))
    return attribute(sentence, Found(at, at + 1, "accusation", 0.8), verb, holder.mention, content)


def _charge(sentence: Sentence, at: int) -> bool:
    """Whether ب or بأن opens what somebody is accused of, in quotation marks or not."""
    token = sentence.tokens[at] if at < len(sentence.tokens) else None
    if token is None:
        return False
    quoted = token.inner is not None and sentence.text[token.inner[0]] == "ب"
    return quoted or (token.word.folded.startswith("ب") and not token.word.whole)


def _quoting(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """نقل R عن S قوله إن C: the words are S's."""
    verb = plain_verb(sentence, at)
    if not verb or verb.kind != "relay" or is_negated(sentence, at):
        return None
    relay = read_mention(sentence, at + 1, verb)
    source = relay.end if relay else at + 1
    holder = read_mention(sentence, source + 1) if sentence.word(source).folded == "عن" else None
    if not holder:
        return None
    link = find_link(sentence, holder.end + sentence.has(holder.end, "telling"))
    if not link or link.provided:
        return None
    found = Found(at, link.end, "quoting", 0.9 if holder.known else 0.7)
    return attribute(sentence, found, verb, holder.mention, content_of(sentence, link, clause_end))


def relay_of(sentence: Sentence, at: int, quoted: Attribution) -> Iterator[Attribution]:
    """The words of a source with the source, as those of whoever quotes it."""
    verb = sentence.word(at).verb
    relay = read_mention(sentence, at + 1, verb)
    if verb and relay and quoted.mention:
        content = Content((quoted.mention.start, quoted.end), "indirect")
        told = attribute(sentence, Found(at, at + 1, "relay", 0.8), verb, relay.mention, content)
        yield from filter(None, [told])


def _what_was_said(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """ما أعلنه S من C."""
    verb = sentence.word(at).verb
    if not verb or not verb.object or not sentence.has(at - 1, "what") or verb.kind in ("accuse", "comment"):
        return None
    holder = read_mention(sentence, subject_at(sentence, at), verb)
    if not holder or not sentence.has(holder.end, "about"):
        return None
    content = stretch(sentence, holder.end + 1, pause_end(sentence, holder.end + 1))
    return attribute(sentence, Found(at, at + 1, "what-was-said", 0.7), verb, holder.mention, content)


def _verb_subject(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """V S أن C, V S: C, V S «C», with anything that surely is an insertion between S and the link."""
    verb = plain_verb(sentence, at)
    if not verb:
        return None
    holder = read_mention(sentence, subject_at(sentence, at), verb)
    link = holder and find_link(sentence, holder.end)
    if not holder or not link or not takes(sentence, at, verb, link):
        return None
    rule = {"that": "verb-subject-that", "colon": "colon", "quote": "verb-subject-quote"}[link.kind]
    near = link_at(sentence, holder.end) is not None
    found = Found(at, link.end, rule, 0.9 if holder.known and near else 0.8 if near else 0.7)
    return attribute_verb(sentence, found, verb, holder.mention, link)


def _verb_subject_noun(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """أكد S ضرورة C, نفى S صحة C: what is affirmed or denied is a noun of its own."""
    verb = plain_verb(sentence, at)
    if not verb or verb.kind not in ("say", "insist", "deny", "reject") or is_negated(sentence, at):
        return None
    holder = read_mention(sentence, subject_at(sentence, at), verb)
    if not holder:
        return None
    affirms = verb.kind in ("say", "insist")
    first = holder.end + (affirms and sentence.word(holder.end).folded == "علي")
    if not sentence.has(first, "affirmed" if affirms else "denied_things"):
        return None
    content = stretch(sentence, first, pause_end(sentence, first))
    return attribute(sentence, Found(at, at + 1, "verb-subject-noun", 0.7), verb, holder.mention, content)


def _quote_then_verb(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """«C»، قال S."""
    verb = plain_verb(sentence, at)
    quote = at - 1 - (sentence.mark(at - 1) in ("،", ",", "–", "-"))
    if (
        not verb
        or verb.clitic
        or verb.kind not in ("say", "insist", "comment")
        or quote < 0
        or sentence.mark(quote) != "«»"
    ):
        return None
    holder = read_mention(sentence, subject_at(sentence, at), verb)
    if not holder or sentence.tokens[quote].words < 3 or not _at_rest(sentence, holder.end):
        return None
    found = Found(at, at + 1, "quote-then-verb", 0.9 if holder.known else 0.8)
    return attribute(sentence, found, verb, holder.mention, spoken(sentence, quote))


def _at_rest(sentence: Sentence, at: int) -> bool:
    return (
        sentence.mark(at) in (".", "،", ",", "!", "؟", "…")
        or is_preposition(sentence, at)
        or sentence.has(at, "pronouns")
    )


VERB_FORMS: tuple[Form, ...] = (
    _accusation,
    _quoting,
    _what_was_said,
    _verb_subject,
    _verb_subject_noun,
    _quote_then_verb,
    topic,
    hearsay,
    dropped,
)
