"""Arabic forms that begin with a verb of speech or belief: who, found by its subject, and what, by
its complement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.attribution.arabic.agreement import may_follow
from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.contents import complements, noun_end
from ingest.attribution.arabic.cues import ArabicCue, attribute, imputed
from ingest.attribution.arabic.discourse import ArabicDiscourse
from ingest.attribution.arabic.sources.mentions import read_mention
from ingest.attribution.arabic.spans import (
    ArabicContent,
    clause_end,
    content_of,
    find_link,
    is_pause,
    link_at,
    spoken,
    stretch,
)
from ingest.attribution.arabic.stance import (
    at_rest,
    denied_if,
    is_negated,
    is_unreal,
    plain_verb,
    subject_at,
)
from ingest.attribution.arabic.subjects import ArabicSubject, subjects
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.spans import Attribution, Mention

_QUOTING = ("say", "insist", "comment")
_TAKES_OBJECT = ("accuse", "describe", "tell")

Form = Callable[[ArabicSentence, int, ArabicDiscourse], Attribution | None]


def _speaks(sentence: ArabicSentence, at: int, discourse: ArabicDiscourse) -> Attribution | None:
    """Whoever is the verb's subject said what is its complement."""
    verb = plain_verb(sentence, at, _TAKES_OBJECT)
    if not verb or verb.kind == "relay":
        return None
    for subject in subjects(sentence, at, verb, discourse):
        if verb.object and verb.kind == "tell":
            subject = subject._replace(known=True)
        if attribution := said_by(sentence, at, verb, subject):
            return attribution
    return None


def said_by(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Attribution | None:
    """The attribution of a verb's complement to its subject; somebody unknown opens no more than a
    report.
    """
    for said in complements(sentence, at, verb, subject):
        unsure = subject.mention.kind == "pronoun" and said.rule not in (
            "dropped-subject",
            "accusation",
        )
        if not unsure:
            worth = denied_if(imputed(verb, subject.mention), is_negated(sentence, at))
            cue = ArabicCue(at, said.end, said.rule, round(said.confidence, 2))
            return attribute(sentence, cue, worth, subject.mention, said.content)
    return None


def _quoting(sentence: ArabicSentence, at: int, discourse: ArabicDiscourse) -> Attribution | None:
    """نقل R عن S قوله إن C: the words are S's."""
    verb = plain_verb(sentence, at)
    if not verb or verb.kind != "relay" or is_negated(sentence, at):
        return None
    relay = read_mention(sentence, at + 1, verb)
    source = relay.end if relay else at + 1
    holder = (
        read_mention(sentence, source + 1)
        if sentence.word(source).folded in ("عن", "الي")
        else None
    )
    if not holder:
        return None
    end = holder.end
    while sentence.has(end, "telling", "adverbs"):
        end += 1
    link = find_link(sentence, end)
    if not link or link.provided:
        return None
    cue = ArabicCue(at, link.end, "quoting", 0.9 if holder.known else 0.7)
    return attribute(sentence, cue, verb, holder.mention, content_of(sentence, link, clause_end))


def relay_of(sentence: ArabicSentence, at: int, quoted: Attribution) -> Iterator[Attribution]:
    """The words of a source with the source, as those of whoever quotes it."""
    verb = sentence.word(at).verb
    relay = read_mention(sentence, at + 1, verb)
    if verb and relay and quoted.mention:
        content = ArabicContent((quoted.mention.start, quoted.end), "indirect")
        attribution = attribute(
            sentence, ArabicCue(at, at + 1, "relay", 0.8), verb, relay.mention, content
        )
        yield from filter(None, [attribution])


def _what_was_said(
    sentence: ArabicSentence, at: int, discourse: ArabicDiscourse
) -> Attribution | None:
    """ما أعلنه S من C."""
    verb = sentence.word(at).verb
    if (
        not verb
        or not verb.object
        or not sentence.has(at - 1, "what")
        or verb.kind in ("accuse", "comment")
    ):
        return None
    holder = read_mention(sentence, subject_at(sentence, at), verb)
    if not holder or not sentence.has(holder.end, "about"):
        return None
    content = stretch(sentence, holder.end + 1, noun_end(sentence, holder.end + 1))
    return attribute(
        sentence, ArabicCue(at, at + 1, "what-was-said", 0.7), verb, holder.mention, content
    )


def _quote_then_verb(
    sentence: ArabicSentence, at: int, discourse: ArabicDiscourse
) -> Attribution | None:
    """«C»، قال S; where the quotation opens the sentence, its speaker may be whoever spoke
    before.
    """
    verb = plain_verb(sentence, at)
    quote = at - 1 - (sentence.mark(at - 1) in ("،", ",", "–", "-"))
    if (
        not verb
        or verb.clitic
        or verb.kind not in _QUOTING
        or quote < 0
        or sentence.mark(quote) != "«»"
    ):
        return None
    if sentence.tokens[quote].words < 3:
        return None
    first = subject_at(sentence, at)
    holder = read_mention(sentence, first, verb)
    if holder and at_rest(sentence, holder.end) and may_follow(sentence, first, verb):
        cue = ArabicCue(at, at + 1, "quote-then-verb", 0.9 if holder.known else 0.8)
        return attribute(sentence, cue, verb, holder.mention, spoken(sentence, quote))
    if quote == 0 and not discourse.here and at_rest(sentence, at + 1):
        start, end = sentence.tokens[at].start, sentence.tokens[at].end
        somebody = Mention(
            start, end, sentence.text[start:end], "pronoun", number=verb.number, gender=verb.gender
        )
        mention = discourse.dropped(verb) or somebody
        return attribute(
            sentence,
            ArabicCue(at, at + 1, "quote-then-verb", 0.6),
            verb,
            mention,
            spoken(sentence, quote),
        )
    return None


def _hearsay(sentence: ArabicSentence, at: int, discourse: ArabicDiscourse) -> Attribution | None:
    """يُعتقد أن C: nobody's words."""
    verb, link = sentence.word(at).verb, link_at(sentence, at + 1)
    if (
        not verb
        or not link
        or link.kind != "that"
        or verb.object
        or verb.background
        or is_unreal(sentence, at)
    ):
        return None
    spoken_of = is_pause(sentence, at - 1) or bool(verb.clitic) or sentence.has(at - 1, "also")
    unsure = (
        verb.maybe_passive and spoken_of and not discourse.here and not is_negated(sentence, at)
    )
    if not (verb.passive and not is_negated(sentence, at)) and not unsure:
        return None
    cue = ArabicCue(at, link.end, "hearsay", 0.8 if verb.passive else 0.6)
    return attribute(sentence, cue, verb, None, content_of(sentence, link, clause_end))


VERB_FORMS: tuple[Form, ...] = (_quoting, _what_was_said, _quote_then_verb, _speaks, _hearsay)
