"""Reported and quoted speech in Arabic: a small grammar of sure cues, sentence by sentence.

The verb comes first and its subject after it, pronouns drop, and guillemets are mostly irony: what
no form covers stays the author's. The words are in `tables/ar.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.attribution.arabic.discourse import ArabicDiscourse
from ingest.attribution.arabic.patterns.impersonal import going_on, some_say, speech_noun
from ingest.attribution.arabic.patterns.prepositions import read_according
from ingest.attribution.arabic.patterns.verbs import VERB_FORMS, Form, relay_of
from ingest.attribution.arabic.sources.mentions import read_mention
from ingest.attribution.arabic.subjects import main_subject
from ingest.attribution.arabic.tokens import ArabicSentence, read_sentences
from ingest.attribution.spans import Attribution

_DEEPEST = 3
_SPOKEN_WORDS = 5


def read_attributions(
    text: str, start: int, end: int, discourse: ArabicDiscourse | None = None
) -> list[Attribution]:
    """The words in a paragraph that somebody else than its author answers for, in the order of
    their cues.

    Offsets are into `text`. A dropped subject that the paragraph does not tell is a mention of kind
    "pronoun" that spans the verb, for others to resolve; one `discourse` for the paragraphs of an
    article lets each know those before. Words inside words are told as well. Never raises, and
    takes time linear in the length of the paragraph.
    """
    return list(_read(text, start, end, discourse or ArabicDiscourse(), 0))


def _read(
    text: str, start: int, end: int, discourse: ArabicDiscourse, depth: int
) -> Iterator[Attribution]:
    for sentence in read_sentences(text, start, end):
        yield from _read_sentence(sentence, discourse)
        for token in sentence.tokens:
            if token.inner and depth < _DEEPEST and token.words > _SPOKEN_WORDS:
                inside = _read(text, *token.inner, discourse.inside(), depth + 1)
                yield from (
                    attribution
                    for attribution in inside
                    if attribution.mention is None or attribution.mention.kind != "pronoun"
                )


def _read_sentence(sentence: ArabicSentence, discourse: ArabicDiscourse) -> list[Attribution]:
    """The attributions of one sentence; a form sees those before it, whose holder may go on
    speaking.
    """
    discourse.here = []
    for at, token in enumerate(sentence.tokens):
        if not (token.word.verb or token.word.labels or token.inner):
            continue
        attribution = next(
            filter(None, (form(sentence, at, discourse) for form in _forms(sentence, at))), None
        )
        if attribution:
            _tell(attribution, discourse)
        if attribution and attribution.rule == "quoting":
            for relay in relay_of(sentence, at, attribution):
                _tell(relay, discourse)
        if not attribution and token.word.has("organisations", "media"):
            _meet(sentence, at, discourse)
    subject = main_subject(sentence)
    discourse.subject = subject.mention if subject else discourse.subject
    if subject:
        discourse.meet(subject.mention)
    return discourse.here


def _tell(attribution: Attribution, discourse: ArabicDiscourse) -> None:
    """Notes an attribution, its holder by the fullest words that the text has for it."""
    if attribution.mention:
        attribution = replace(attribution, mention=discourse.fuller(attribution.mention))
    discourse.speak(attribution)


def _meet(sentence: ArabicSentence, at: int, discourse: ArabicDiscourse) -> None:
    """Notes an organisation that is named, for "the ministry" after it."""
    clitic = sentence.word(at).clitic[-1:]
    holder = read_mention(sentence, at, None, clitic if clitic in tuple("بلك") else "")
    if holder and holder.mention.name and holder.mention.type in ("organisation", "media"):
        discourse.meet(holder.mention)


def _forms(sentence: ArabicSentence, at: int) -> tuple[Form, ...]:
    word = sentence.word(at)
    if word.verb:
        return VERB_FORMS
    if word.participle:
        return (going_on,)
    if word.has("speech", "speech_alleged", "speech_denied"):
        return (speech_noun, read_according)
    return (some_say, read_according)
