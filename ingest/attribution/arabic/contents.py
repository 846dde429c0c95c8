"""What an Arabic verb of speech says was said: after أن or a colon, in marks, behind a preposition,
or as a noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.phrases import is_head, is_preposition
from ingest.attribution.arabic.spans import (
    ArabicContent,
    Complementiser,
    clause_end,
    content_of,
    find_link,
    link_at,
    pause_end,
    stretch,
)
from ingest.attribution.arabic.stance import is_negated, takes
from ingest.attribution.arabic.subjects import ArabicSubject
from ingest.attribution.arabic.tokens import ArabicSentence

_FARTHEST_FRAME, _FARTHEST_OBJECT = 8, 10
_RULES = {
    ("after", "that"): "verb-subject-that",
    ("after", "colon"): "colon",
    ("after", "quote"): "verb-subject-quote",
    ("before", "that"): "subject-verb-that",
    ("before", "colon"): "colon",
    ("relative", "that"): "relative",
    ("dropped", "that"): "dropped-subject",
    ("dropped", "colon"): "dropped-subject",
    ("participle", "that"): "participle",
    ("participle", "colon"): "participle",
    ("participle", "quote"): "participle",
}


class SpeechComplement(NamedTuple):
    """What was said: its content, the rule that found it, where its cue ends, and how sure it
    is.
    """

    content: ArabicContent | None
    rule: str
    end: int
    confidence: float


def complements(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """The readings of what a subject said with a verb, the likeliest first."""
    yield from _charged(sentence, at, verb, subject)
    yield from _described(sentence, at, verb, subject)
    yield from _framed(sentence, at, verb, subject)
    yield from _linked(sentence, at, verb, subject)
    yield from _affirmed(sentence, at, verb, subject)
    yield from _expected(sentence, at, verb, subject)
    yield from _considered(sentence, at, verb, subject)
    yield from _believed_in(sentence, at, verb, subject)


def _linked(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """V S أن C, V S: C, V S «C», with anything that surely is an insertion between S and the
    link.
    """
    near = link_at(sentence, subject.end)
    link, sure = (
        (near, 0.9 if subject.known else 0.8) if near else (_far_link(sentence, verb, subject), 0.7)
    )
    if subject.order != "after":
        sure -= 0.1
    rule = _RULES.get((subject.order, link.kind)) if link else None
    if link and rule and takes(sentence, at, verb, link):
        if subject.order == "dropped":
            sure = 0.7 if near else 0.6
        yield SpeechComplement(
            content_of(sentence, link, clause_end),
            rule,
            link.end,
            0.7 if rule == "participle" else sure,
        )


def _far_link(
    sentence: ArabicSentence, verb: ArabicVerb, subject: ArabicSubject
) -> Complementiser | None:
    """The link after where or to whom it was said; where the subject is not there to be seen, only
    after sure words.
    """
    at = subject.end
    if verb.kind == "tell" and (link := _told_link(sentence, at)):
        return link
    if subject.order == "after":
        return find_link(sentence, at)
    while length := sentence.phrase("adverbials", at) or sentence.phrase("times", at):
        at += length
    if link := link_at(sentence, at):
        return link
    occasion = sentence.has(at, "prepositions") and (
        sentence.has(at + 1, "occasions")
        or sentence.word(at + 1).owned
        or verb.kind in ("say", "comment", "insist")
    )
    addressee = sentence.word(at).clitic == "ل" and sentence.has(at, "groups", "media", "offices")
    return find_link(sentence, at) if occasion or addressee or sentence.word(at).tanwin else None


def _told_link(sentence: ArabicSentence, at: int) -> Complementiser | None:
    """أخبر S O أن C: the link after the person told."""
    for place in range(at, min(at + 5, len(sentence.tokens))):
        if sentence.mark(place) or sentence.word(place).verb:
            return None
        if link := link_at(sentence, place + 1):
            return link if link.kind == "that" else None
    return None


def _charged(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """تتهمها S بـC, and اتهم S O بـC: the accused and the deed are the words."""
    if verb.kind != "accuse" or is_negated(sentence, at):
        return
    if not (subject.known or is_head(sentence, subject.end)) or link_at(sentence, subject.end):
        return
    first = subject.end
    if verb.object:
        charged = is_with(sentence, first)
    else:
        places = range(first + 1, min(first + _FARTHEST_OBJECT, len(sentence.tokens)))
        charged = any(is_with(sentence, place) for place in places)
    if charged:
        yield SpeechComplement(
            stretch(sentence, first, noun_end(sentence, first)), "accusation", at + 1, 0.8
        )


def is_with(sentence: ArabicSentence, at: int) -> bool:
    """Whether ب or بأن opens what somebody is accused of, in quotation marks or not."""
    token = sentence.tokens[at] if at < len(sentence.tokens) else None
    if token is None:
        return False
    quoted = token.inner is not None and sentence.text[token.inner[0]] == "ب"
    word = token.word
    if word.has("prepositions", "adverbs") and not word.has("that"):
        return False
    return quoted or (word.folded.startswith("ب") and not word.whole)


def _described(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """وصف S O بأنه C, وصفها S بـ«C»: what is described and how are the words."""
    if verb.kind != "describe" or not subject.known or is_negated(sentence, at):
        return
    first = subject.end
    for place in range(
        first + (not verb.object), min(first + _FARTHEST_OBJECT, len(sentence.tokens))
    ):
        if sentence.mark(place) in (".", "،", ",", ":"):
            return
        if is_with(sentence, place):
            end = (
                clause_end(sentence, place)
                if sentence.has(place, "that_pronoun")
                else noun_end(sentence, place)
            )
            yield SpeechComplement(stretch(sentence, first, end), "description", place + 1, 0.8)
            return


def _framed(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """دعا S إلى C, طالب S O بـC, حذر S من C: a noun behind the preposition that the verb takes."""
    sure = subject.known or is_head(sentence, at + 1) or sentence.has(at - 1, "also")
    if not verb.frames - {""} or not sure or is_negated(sentence, at):
        return
    for place in range(subject.end, min(subject.end + _FARTHEST_FRAME, len(sentence.tokens))):
        if (sentence.mark(place) and not sentence.tokens[place].inner) or sentence.word(
            place
        ).participle:
            return
        if place > subject.end and link_at(sentence, place):
            return
        first = _behind_preposition(sentence, place, verb)
        if first is None:
            continue
        if sentence.has(first, "that", "that_pronoun") or sentence.has(
            place, "that", "that_pronoun"
        ):
            return
        yield SpeechComplement(
            stretch(sentence, first, noun_end(sentence, first)), "verb-preposition", place + 1, 0.7
        )
        return


def _behind_preposition(sentence: ArabicSentence, at: int, verb: ArabicVerb) -> int | None:
    """Where the noun begins behind a preposition of the verb's: ب is written with it."""
    word = sentence.word(at)
    if word.folded in verb.frames:
        return at + 1
    if (
        "ب" not in verb.frames
        or not word.folded.startswith("ب")
        or word.whole
        or word.has("prepositions", "adverbs")
    ):
        return None
    return (
        at
        if word.clitic.endswith("ب") or (word.folded not in ("بعد", "بين") and not word.labels)
        else None
    )


def noun_end(sentence: ArabicSentence, first: int) -> int:
    """Where a noun as content ends: at a comma or stop, before another verb of speech with "and",
    before "and not".
    """
    end = pause_end(sentence, first)
    for at in range(first + 1, end):
        verb = sentence.word(at).verb
        if verb and verb.clitic and not verb.passive and not sentence.word(at).labels:
            return at
    return end


def _affirmed(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """أكد S ضرورة C, نفى S صحة C: what is affirmed or denied is a noun of its own."""
    if verb.kind not in ("say", "insist", "deny", "reject") or is_negated(sentence, at):
        return
    affirms = verb.kind in ("say", "insist")
    first = subject.end + (affirms and sentence.word(subject.end).folded in ("علي", "الي"))
    if sentence.has(first, "affirmed" if affirms else "denied_things"):
        yield SpeechComplement(
            stretch(sentence, first, noun_end(sentence, first)), "verb-subject-noun", at + 1, 0.7
        )


def _expected(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """توقع S C, نفى S C: any noun, where it is sure who speaks."""
    first = subject.end
    if "" not in verb.frames or not subject.known or is_negated(sentence, at) or verb.object:
        return
    word = sentence.word(first)
    if (
        sentence.mark(first)
        or word.verb
        or is_preposition(sentence, first)
        or link_at(sentence, first)
    ):
        return
    if verb.kind == "say" and word.owned:
        return
    if (
        word.has(
            "that", "that_pronoun", "function_words", "pronouns", "adverbs", "relatives", "things"
        )
        or word.tanwin
    ):
        return
    yield SpeechComplement(
        stretch(sentence, first, noun_end(sentence, first)), "verb-subject-noun", at + 1, 0.7
    )


def _considered(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """اعتبر S O C: a thing with the article, and a word without it that says what it is."""
    first = subject.end
    if (
        sentence.word(at).bare.removeprefix("و")[:5] != "اعتبر"
        or not verb.perfect
        or not subject.known
    ):
        return
    if subject.order == "dropped" or not sentence.word(first).definite or is_negated(sentence, at):
        return
    last = first
    while sentence.word(last).definite:
        last += 1
    what = sentence.word(last)
    if (
        sentence.mark(last) == "«»"
        or what.tanwin
        or not (sentence.mark(last) or what.labels or what.clitic or what.verb)
    ):
        yield SpeechComplement(
            stretch(sentence, first, noun_end(sentence, first)), "considered", at + 1, 0.6
        )


def _believed_in(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, subject: ArabicSubject
) -> Iterator[SpeechComplement]:
    """S لا يعتقد بـC."""
    following = sentence.word(at + 1)
    believes = (
        verb.kind == "believe"
        and "عتقد" in sentence.word(at).folded
        and following.folded.startswith("ب")
    )
    if subject.order == "before" and believes:
        yield SpeechComplement(
            stretch(sentence, at + 1, noun_end(sentence, at + 1)), "believes-in", at + 1, 0.7
        )
