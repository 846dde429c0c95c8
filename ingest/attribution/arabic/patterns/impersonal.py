"""Arabic words of speech that are no finite verbs: مضيفا أن, تأكيد S أن, هناك من يرى أن."""

from __future__ import annotations

from ingest.attribution.arabic.agreement import agrees
from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.cues import ArabicCue, attribute, imputed
from ingest.attribution.arabic.discourse import ArabicDiscourse
from ingest.attribution.arabic.patterns.verbs import said_by
from ingest.attribution.arabic.sources.mentions import read_mention
from ingest.attribution.arabic.spans import (
    clause_end,
    content_of,
    is_pause,
    link_at,
    pause_end,
    stretch,
)
from ingest.attribution.arabic.subjects import ArabicSubject, main_subject
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.spans import Attribution, Mention
from vectorstore.records import Polarity


def going_on(sentence: ArabicSentence, at: int, discourse: ArabicDiscourse) -> Attribution | None:
    """..., مضيفا أن C, ..., داعيا إلى C: the holder of the words before goes on, or the sentence's
    subject speaks.
    """
    verb, link = sentence.word(at).participle, link_at(sentence, at + 1)
    if not verb or at == 0 or not (link or is_pause(sentence, at - 1)):
        return None
    if link and any(attribution.start >= sentence.tokens[at].end for attribution in discourse.here):
        return None  # the verb before has told these words: رد قائلا
    mention = discourse.last_here(verb.number, verb.gender)
    if mention is None and (subject := main_subject(sentence)) and subject.end < at:
        mention = subject.mention if agrees(subject.mention, verb) else None
    return (
        said_by(sentence, at, verb, ArabicSubject(mention, "participle", at + 1, True))
        if mention
        else None
    )


def speech_noun(
    sentence: ArabicSentence, at: int, discourse: ArabicDiscourse
) -> Attribution | None:
    """كلام S بأن C, تأكيد S أن C: a noun of speech, a holder that is sure, and what was said."""
    word, holder = sentence.word(at), read_mention(sentence, at + 1)
    if not holder or holder.mention.type in (None, "unnamed") or word.definite:
        return None
    link = link_at(sentence, holder.end)
    if link and link.kind == "that":
        content = content_of(sentence, link, clause_end)
    elif _said_with(sentence, holder.end):
        content = stretch(sentence, holder.end, pause_end(sentence, holder.end))
    else:
        return None
    polarity: Polarity = "denied" if word.has("speech_denied") else "asserted"
    verb = ArabicVerb(
        "say", "one", "he", polarity, "alleged" if word.has("speech_alleged") else "stated", True
    )
    return attribute(
        sentence, ArabicCue(at, at + 1, "speech-noun", 0.7), verb, holder.mention, content
    )


def _said_with(sentence: ArabicSentence, at: int) -> bool:
    """Whether بـ and another noun of speech go on ("كلام الوزير بالإعلان عن ...")."""
    return sentence.word(at).clitic == "ب" and sentence.has(at, "speech")


def some_say(sentence: ArabicSentence, at: int, discourse: ArabicDiscourse) -> Attribution | None:
    """هناك من يرى أن C."""
    length = sentence.phrase("some_say", at)
    verb = sentence.word(at + length).verb if length else None
    link = link_at(sentence, at + length + 1) if verb else None
    if not verb or not link or link.kind != "that":
        return None
    start, end = sentence.tokens[at].start, sentence.tokens[at + length - 1].end
    holder = Mention(start, end, sentence.text[start:end], "noun", type="unnamed", number="many")
    content = content_of(sentence, link, clause_end)
    return attribute(
        sentence,
        ArabicCue(at + length, link.end, "some-say", 0.8),
        imputed(verb, holder),
        holder,
        content,
    )
