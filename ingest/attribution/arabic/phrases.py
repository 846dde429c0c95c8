"""The noun phrases of Arabic holders: where one stops, and what is read from its words."""

from __future__ import annotations

from typing import NamedTuple

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.spans import Mention, Number
from vectorstore.language.normalise import squeeze, visible
from vectorstore.records import HolderType

HEADS = ("honorifics", "offices", "organisations", "media", "groups", "documents")
_SPEECH = frozenset({"speech", "speech_alleged", "speech_denied"})
_STOPS = (
    "that",
    "that_pronoun",
    "relatives",
    "adverbs",
    "function_words",
    "participles",
    "saying",
    "pronouns",
    "cues",
    "resumed",
    "telling",
    "affirmed",
    "denied_things",
)
LONGEST_ROLE = 20
ADJECTIVE_ENDINGS = ("ي", "يه", "ين", "ون", "ات")
_LONGEST_TITLE_IN_MARKS = 5


class PhraseReading(NamedTuple):
    """A mention, where in the sentence it ends, and whether the tables know what it is."""

    mention: Mention
    end: int
    known: bool


def stops(sentence: ArabicSentence, at: int) -> bool:
    """Whether a noun phrase ends before a place: a mark, a verb of speech, a particle, a time, a
    preposition.
    """
    word = sentence.word(at)
    if sentence.mark(at) or (word.verb is not None and word.labels <= _SPEECH):
        return True
    if word.has("news") and sentence.has(at - 1, "agencies"):
        return False
    if sentence.phrase("times", at):
        return True
    return word.has(*_STOPS) or is_preposition(sentence, at)


def is_head(sentence: ArabicSentence, at: int) -> bool:
    """Whether a holder that the tables know may begin at a place."""
    return sentence.has(at, *HEADS) or bool(place_at(sentence, at))


def is_preposition(sentence: ArabicSentence, at: int) -> bool:
    """Whether a preposition stands at a place, or one is written together with the article
    ("بالأمس").
    """
    word = sentence.word(at)
    if word.has("prepositions", "about"):
        return True
    return bool(word.clitic) and word.clitic[-1] in "بك" and word.definite


def is_title(sentence: ArabicSentence, at: int) -> bool:
    if sentence.mark(at) != "«»" or sentence.tokens[at].words > _LONGEST_TITLE_IN_MARKS:
        return False
    return sentence.word(at - 1).folded != "ب"


def is_object_with(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> bool:
    """Whether a verb that takes ب has its noun here: "طالب خبراء بوقف"."""
    word = sentence.word(at)
    takes = verb is not None and ("ب" in verb.frames or verb.kind in ("accuse", "describe"))
    return (
        takes
        and word.folded.startswith("ب")
        and not word.whole
        and not word.bare.endswith(("ون", "ين"))
    )


def cannot_qualify(sentence: ArabicSentence, head: int, at: int) -> bool:
    """Whether a word after a noun with the article is no adjective of it: without the article, or
    of another gender.
    """
    noun, word = sentence.word(head), sentence.word(at)
    if not noun.definite or head + 1 != at or word.has("adjectives"):
        return False
    if not word.definite or word.has("groups", "documents"):
        return True
    return word.bare.endswith(("ه", "ات")) != noun.bare.endswith(("ه", "ات"))


def place_at(sentence: ArabicSentence, at: int) -> int:
    return sentence.phrase("name_places", at) or sentence.phrase("name_organisations", at)


def is_owned(sentence: ArabicSentence, at: int) -> bool:
    return sentence.word(at).owned and not sentence.word(at).definite


def passed_themselves(sentence: ArabicSentence, at: int) -> int:
    """The place beyond "the same", "the said" after a noun."""
    return at + sentence.has(at, "themselves")


def is_told(sentence: ArabicSentence, at: int) -> bool:
    """Whether somebody spoken to begins here: "للصحافيين", "لوكالة ..."."""
    return sentence.word(at).clitic == "ل" and sentence.has(at, "groups", "media", "agencies")


def mention_of(
    sentence: ArabicSentence,
    first: int,
    last: int,
    kind: str,
    name: str | None,
    role: str | None,
    holder_type: HolderType | None,
    verb: ArabicVerb | None,
    number: Number = "one",
) -> Mention:
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    gender = verb.gender if verb and holder_type != "unnamed" else None
    return Mention(
        start,
        end,
        sentence.text[start:end],
        "name" if kind == "name" else "noun",
        name,
        role,
        holder_type,
        number,
        gender,
    )


def unnamed(sentence: ArabicSentence, first: int, last: int, number: Number = "many") -> Mention:
    return mention_of(sentence, first, last, "noun", None, None, "unnamed", None, number)


def text_of(sentence: ArabicSentence, first: int, last: int) -> str:
    return squeeze(visible(sentence.span_text(first, last))).strip(" .،")


def name_of(sentence: ArabicSentence, first: int, last: int, clitic: str = "") -> str:
    """The words of a name as a name: on one line, without the clitics of its first word and without
    stretching.
    """
    name = text_of(sentence, first, last).replace("ـ", "")
    for letter in clitic or sentence.word(first).clitic:
        name = name.removeprefix(letter)
        if letter == "ل" and name.startswith("ل") and sentence.word(first).definite:
            name = f"ا{name}"
    return name
