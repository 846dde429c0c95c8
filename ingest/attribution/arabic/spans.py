"""Where reported words begin and end in an Arabic sentence: what joins them to a verb, and where
the author is back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ingest.attribution.arabic.phrases import is_preposition
from ingest.attribution.arabic.tokens import ArabicSentence
from vectorstore.records import Form, Span

_PAUSES = frozenset("،,؛;–—-()")
_ENDS = frozenset("،,؛;:.!؟?…")
_TRIMMED = frozenset("،,؛;:.–—-")
_OPENED = frozenset('«“”„"')
_LONGEST_INSERTION = 30
_SPOKEN_WORDS, _MIXED_WORDS = 5, 4


class Complementiser(NamedTuple):
    """What joins a verb to the words: `that`, a colon, or nothing but quotation marks. The words
    begin at `content`.

    `provided` says that it is a على أن far from its verb.
    """

    kind: str
    content: int
    end: int
    provided: bool = False


class ArabicContent(NamedTuple):
    """An exact span of words, and whether they are quoted."""

    span: Span
    form: Form


def is_pause(sentence: ArabicSentence, at: int) -> bool:
    """Whether a clause may begin after a place: a comma, a dash, a bracket, or an end of the
    sentence.
    """
    return sentence.mark(at) in _PAUSES or not 0 <= at < len(sentence.tokens)


def link_at(sentence: ArabicSentence, at: int) -> Complementiser | None:
    """The link that stands right at a place, or None; قائلا and a comma before quotation marks are
    passed over.
    """
    while sentence.has(at, "saying"):
        at += 1
    if sentence.has(at, "that"):
        return Complementiser("that", at + 1, at + 1)
    if sentence.has(at, "that_pronoun"):
        return Complementiser("that", at, at + 1)
    if sentence.has(at, "that_prepositions") and sentence.has(at + 1, "that", "that_pronoun"):
        return link_at(sentence, at + 1)
    if sentence.mark(at) == ":" and at + 1 < len(sentence.tokens):
        return Complementiser("colon", at + 1, at)
    if sentence.mark(at) in ("،", ",") and sentence.mark(at + 1) == "«»":
        at += 1
    if sentence.mark(at) == "«»" and sentence.tokens[at].words >= _SPOKEN_WORDS:
        return Complementiser("quote", at, at)
    return None


def find_link(sentence: ArabicSentence, at: int) -> Complementiser | None:
    """The link of a verb whose subject ends at a place: right there, or after an insertion that is
    surely one.

    An insertion opens with a pause, a preposition, a relative or a time, and holds no verb of
    speech and no new clause.
    """
    while length := sentence.phrase("times", at):
        at += length
    if link := link_at(sentence, at):
        return link
    if not (
        is_pause(sentence, at) or is_preposition(sentence, at) or _opens_insertion(sentence, at)
    ):
        return None
    for place in range(at, min(at + _LONGEST_INSERTION, len(sentence.tokens))):
        if _new_clause(sentence, place):
            return None
        link = link_at(sentence, place)
        if link and not (link.kind == "that" and sentence.has(place - 1, "other_that")):
            far = place > at and sentence.word(place).folded == "علي"
            return link._replace(provided=far) if link.kind != "quote" else None
    return None


def _opens_insertion(sentence: ArabicSentence, at: int) -> bool:
    word = sentence.word(at)
    return (
        word.has("adverbs", "relatives", "saying", "cues")
        or word.clitic.endswith("ل")
        or word.folded == "ل"
        or word.tanwin
    )


def _new_clause(sentence: ArabicSentence, at: int) -> bool:
    word = sentence.word(at)
    broken = (
        word.has("breaks") and not word.has("relatives", "pronouns") and is_pause(sentence, at - 1)
    )
    return broken or word.verb is not None or (word.has("participles") and not word.has("saying"))


def content_of(
    sentence: ArabicSentence, link: Complementiser, until: Callable[[ArabicSentence, int], int]
) -> ArabicContent | None:
    """The words after a link; `until` tells where words without marks end."""
    token = sentence.tokens[link.content] if link.content < len(sentence.tokens) else None
    if token is None:
        return None
    if link.kind in ("colon", "quote") and token.inner:
        return spoken(sentence, link.content)
    if link.kind == "colon" and token.mark in _OPENED:
        return _unclosed(sentence, token.end)
    return stretch(sentence, link.content, until(sentence, link.content))


def spoken(sentence: ArabicSentence, at: int) -> ArabicContent | None:
    """The words inside the quotation at a place, trimmed, without the full stop that ends them
    there.
    """
    inner = sentence.tokens[at].inner
    return _direct(sentence.text, *inner) if inner else None


def _unclosed(sentence: ArabicSentence, start: int) -> ArabicContent | None:
    """Words whose mark is never closed run to the end of the paragraph, as in a quotation of
    several paragraphs.
    """
    return _direct(sentence.text, start, sentence.paragraph_end)


def _direct(text: str, start: int, end: int) -> ArabicContent | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return ArabicContent((start, end), "direct") if start < end else None


def stretch(sentence: ArabicSentence, first: int, last: int) -> ArabicContent | None:
    """Tokens `first` to `last` as content, without the marks at its edges; None when no two words
    are left.

    It is direct when nothing but a quotation is left, mixed when it holds a quotation of some
    words.
    """
    last = min(last, len(sentence.tokens))
    while first < last and sentence.mark(first) in _TRIMMED:
        first += 1
    while last > first and sentence.mark(last - 1) in _TRIMMED:
        last -= 1
    tokens = sentence.tokens[first:last]
    if len(tokens) == 1 and tokens[0].inner and tokens[0].words >= _MIXED_WORDS:
        return spoken(sentence, first)
    if sum(token.words for token in tokens if token.inner or not token.mark) < 2:
        return None
    mixed = any(token.inner and token.words >= _MIXED_WORDS for token in tokens)
    return ArabicContent((tokens[0].start, tokens[-1].end), "mixed" if mixed else "indirect")


def clause_end(sentence: ArabicSentence, first: int) -> int:
    """Where reported words end that begin at a place: at the end of the sentence, or where after a
    comma the author, or another report, begins.
    """
    for at in range(first, len(sentence.tokens)):
        if sentence.mark(at) in ("؛", ";") or (
            at > first and sentence.has(at, "participles") and _reports(sentence, at)
        ):
            return at
        if at > first and is_pause(sentence, at) and _author_is_back(sentence, at + 1):
            return at
        if at > first and _new_report(sentence, at):
            return at
    return len(sentence.tokens)


def _reports(sentence: ArabicSentence, at: int) -> bool:
    return link_at(sentence, at + 1) is not None


def _author_is_back(sentence: ArabicSentence, at: int) -> bool:
    word = sentence.word(at)
    if word.has("breaks", "participles") or _is_according(sentence, at):
        return True
    return word.verb is not None and not word.verb.passive


def _new_report(sentence: ArabicSentence, at: int) -> bool:
    """Whether, with no comma, "and" and a verb of speech with a subject of its own begin another
    report.
    """
    verb = sentence.word(at).verb
    return verb is not None and bool(verb.clitic) and sentence.has(at + 1, *_SUBJECTS)


_SUBJECTS = ("honorifics", "offices", "organisations", "media", "groups", "documents")
ACCORDING = ("strong", "strong_to", "weak", "weak_to", "with_verb", "hearsay", "words_of")


def _is_according(sentence: ArabicSentence, at: int) -> bool:
    return any(sentence.phrase(name, at) for name in ACCORDING)


def pause_end(sentence: ArabicSentence, first: int) -> int:
    """Where a noun phrase as content ends: at the first comma or stop, or before a negation, which
    opens a clause.
    """
    at = first
    while (
        at < len(sentence.tokens) and sentence.mark(at) not in _ENDS and not _is_not(sentence, at)
    ):
        at += 1
    return at


def _is_not(sentence: ArabicSentence, at: int) -> bool:
    """Whether a negation stands here that is not part of a clause inside ("if it does not", "which
    does not").
    """
    return sentence.has(at, "negations") and not sentence.has(
        at - 1, "relatives", "function_words", "unreal", "what"
    )


def clause_start(sentence: ArabicSentence, last: int) -> int:
    """Where the words that end before a place begin: at the sentence's start, or after the last
    turn of the author's thought ("..., while", ";"), or after the comma that ends an earlier cue of
    this kind.
    """
    for at in range(last - 1, 0, -1):
        if sentence.has(at, "cues") and _is_according(sentence, at):
            return next((place + 1 for place in range(at, last) if is_pause(sentence, place)), last)
        if sentence.mark(at) in ("؛", ";", ":"):
            return at + 1
        if is_pause(sentence, at - 1) and sentence.has(at, "breaks"):
            return at
    return 0
