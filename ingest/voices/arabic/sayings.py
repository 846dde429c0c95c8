"""Reported and quoted speech in Arabic: a small grammar of sure cues, one function a form.

The verb comes first and its subject after it, pronouns drop, and guillemets are mostly irony: what no form below covers
stays the author's. The words are in `tables/ar.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.voices.arabic_according import read_according
from ingest.voices.arabic_cues import Found, attribute, imputed
from ingest.voices.arabic_lexicon import Verb
from ingest.voices.arabic_mentions import read_mention
from ingest.voices.arabic_sentences import Sentence, read_sentences
from ingest.voices.arabic_spans import (
    clause_end,
    content_of,
    link_at,
    pause_end,
    stretch,
)
from ingest.voices.arabic_verbs import VERB_FORMS, Form, relay_of
from ingest.voices.attribution import Attribution, Mention
from vectorstore.records import Modality, Polarity

_DEEPEST = 3
_SPOKEN_WORDS = 5


def read_attributions(text: str, start: int, end: int) -> list[Attribution]:
    """The words in a paragraph that somebody else than its author answers for, in the order of their cues.

    Offsets are into `text`. A dropped subject is a mention of kind "pronoun" that spans the verb, for others to
    resolve. Words inside words are told as well. Never raises, and takes time linear in the length of the paragraph.
    """
    return list(_read(text, start, end, 0))


def _read(text: str, start: int, end: int, depth: int) -> Iterator[Attribution]:
    for sentence in read_sentences(text, start, end):
        found = _read_sentence(sentence)
        yield from found
        for token in sentence.tokens:
            if token.inner and depth < _DEEPEST and token.words > _SPOKEN_WORDS:
                inside = _read(text, *token.inner, depth + 1)
                yield from (one for one in inside if one.mention is None or one.mention.kind != "pronoun")


def _read_sentence(sentence: Sentence) -> list[Attribution]:
    """The attributions of one sentence; a form sees those before it, whose holder may go on speaking."""
    found: list[Attribution] = []
    for at, token in enumerate(sentence.tokens):
        if token.word.verb or token.word.labels or token.inner:
            attribution = next(filter(None, (form(sentence, at, found) for form in _forms(sentence, at))), None)
            if attribution:
                found.append(attribution)
            if attribution and attribution.rule == "quoting":
                found.extend(relay_of(sentence, at, attribution))
    return found


def _forms(sentence: Sentence, at: int) -> tuple[Form, ...]:
    word = sentence.word(at)
    if word.verb:
        return VERB_FORMS
    if word.has("participles"):
        return (_participle,)
    if word.has("speech", "speech_alleged", "speech_denied"):
        return (_speech_noun, read_according)
    return (_some_say, read_according)


def _participle(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """..., مضيفا أن C: the holder of the words before goes on."""
    link = link_at(sentence, at + 1)
    if not link or not before or before[-1].mention is None:
        return None
    word, gender = sentence.word(at), "she" if sentence.word(at).folded.endswith("ه") else "he"
    if before[-1].mention.number != "one" or before[-1].mention.gender not in (None, gender):
        return None
    polarity: Polarity = "denied" if word.has("participles_denied") else "asserted"
    modality: Modality = "alleged" if word.has("participles_alleged") else "stated"
    verb = Verb("say", "one", "he", polarity, modality, True)
    content = content_of(sentence, link, clause_end)
    return attribute(sentence, Found(at, link.end, "participle", 0.7), verb, before[-1].mention, content)


def _speech_noun(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
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
    verb = Verb("say", "one", "he", polarity, "alleged" if word.has("speech_alleged") else "stated", True)
    return attribute(sentence, Found(at, at + 1, "speech-noun", 0.7), verb, holder.mention, content)


def _said_with(sentence: Sentence, at: int) -> bool:
    """Whether بـ and another noun of speech go on ("كلام الوزير بالإعلان عن ...")."""
    return sentence.word(at).clitic == "ب" and sentence.has(at, "speech")


def _some_say(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """هناك من يرى أن C."""
    length = sentence.phrase("some_say", at)
    verb = sentence.word(at + length).verb if length else None
    link = link_at(sentence, at + length + 1) if verb else None
    if not verb or not link or link.kind != "that":
        return None
    start, end = sentence.tokens[at].start, sentence.tokens[at + length - 1].end
    holder = Mention(start, end, sentence.text[start:end], "noun", type="unnamed", number="many")
    content = content_of(sentence, link, clause_end)
    return attribute(sentence, Found(at + length, link.end, "some-say", 0.8), imputed(verb, holder), holder, content)
