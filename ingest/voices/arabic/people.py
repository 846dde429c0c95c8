"""People in Arabic noun phrases: titles, the name after them, and a name without any."""

from __future__ import annotations

from typing import NamedTuple

from ingest.voices.arabic_lexicon import Verb
from ingest.voices.arabic_phrases import (
    ADJECTIVE_ENDINGS,
    HEADS,
    LONGEST_ROLE,
    Reading,
    is_owned,
    is_title,
    is_told,
    mention_of,
    name_of,
    place_at,
    stops,
    text_of,
    unnamed,
)
from ingest.voices.arabic_sentences import Sentence
from ingest.voices.attribution import Gender, Mention
from vectorstore.records import HolderType

_LONGEST_NAME = 5
_COMMON_ENDINGS = ("ه", "ات", "ين", "ون", "يا")


def read_person(sentence: Sentence, at: int, verb: Verb | None) -> Reading | None:
    role = _role(sentence, at)
    gender: Gender = "she" if sentence.word(at).bare.endswith("ه") else "he"
    if role.name is None:
        if any(_joined_office(sentence, place) for place in range(at + 1, role.end)):
            return None
        if not role.closed:
            return Reading(unnamed(sentence, at, role.end, "one"), role.end, True)
        mention = mention_of(sentence, at, role.end, "noun", None, text_of(sentence, at, role.end), "person", verb)
        return Reading(_of(mention, gender), role.end, True)
    end = _name_end(sentence, role.name)
    if end is None:
        return None
    name, title = name_of(sentence, role.name, end), text_of(sentence, at, role.name)
    mention = mention_of(sentence, at, end, "name", name, title, "person", verb)
    return Reading(_of(mention, gender), end, True)


def _joined_office(sentence: Sentence, at: int) -> bool:
    return sentence.word(at).clitic.startswith("و") and sentence.has(at, "offices", "honorifics")


def _of(mention: Mention, gender: Gender) -> Mention:
    return Mention(
        mention.start, mention.end, mention.text, mention.kind, mention.name, mention.role, mention.type, "one", gender
    )


class _Role(NamedTuple):
    """How far the titles of a person go, whether they are closed (by the article or a name), where the name begins."""

    end: int
    closed: bool
    name: int | None


def _role(sentence: Sentence, at: int) -> _Role:
    """Reads titles and what belongs to them. A name begins at the first unknown word without an article after a closed
    title, or at an unknown word right after a title of honour or a title with the article.
    """
    closed, honour, end = sentence.word(at).definite, sentence.has(at, "honorifics"), at + 1
    while end - at < LONGEST_ROLE:
        if honour and sentence.mark(end) == "." and sentence.word(end - 1).folded == "د":
            end, closed = end + 1, True
        elif length := place_at(sentence, end):
            end, closed, honour = end + length, True, False
        elif is_title(sentence, end) and sentence.has(end - 1, "media", "organisations"):
            end, closed, honour = end + 1, True, False
        elif sentence.word(end).folded == "باسم" or _in_an_office(sentence, end):
            end, closed, honour = end + 1, False, False
        elif stops(sentence, end) or is_told(sentence, end) or is_owned(sentence, end):
            break
        elif _opens_name(sentence, end, at, closed, honour):
            return _Role(end, True, end)
        else:
            word = sentence.word(end)
            honour = word.has("honorifics") and not word.has("organisations")
            closed = closed or word.definite or honour
            end += 1
    return _Role(end, closed, None)


def _in_an_office(sentence: Sentence, at: int) -> bool:
    """Whether a preposition goes on with a title: "the official in the ministry of ..."."""
    return sentence.word(at).folded in ("في", "لدي", "الي") and sentence.has(at + 1, "organisations")


def _opens_name(sentence: Sentence, at: int, head: int, closed: bool, honour: bool) -> bool:
    word = sentence.word(at)
    if word.labels or word.clitic or is_owned(sentence, at) or word.tanwin:
        return False
    if not word.definite:
        return closed or honour
    directly = at == head + 1 and sentence.word(head).definite
    return honour or (directly and not word.bare.endswith((*ADJECTIVE_ENDINGS, "ه")))


def _name_end(sentence: Sentence, at: int) -> int | None:
    """Where a name that begins at a place ends; None where it is too long for one or goes on with "and"."""
    end = at
    while not stops(sentence, end) and not sentence.has(end, *HEADS):
        word = sentence.word(end)
        if is_told(sentence, end) or _to_somebody(sentence, end):
            break
        if end > at and (_common(sentence, end) or _joined(sentence, end) or is_owned(sentence, end)):
            return None
        if word.tanwin:
            break
        end += 1
    return end if at < end <= at + _LONGEST_NAME else None


def _to_somebody(sentence: Sentence, at: int) -> bool:
    return sentence.word(at).clitic == "ل" and sentence.word(at).definite


def _common(sentence: Sentence, at: int) -> bool:
    """Whether a word with the article is no surname, by its ending: then two nouns stand here, not a name."""
    word = sentence.word(at)
    return word.definite and word.bare.endswith(("ه", "ات"))


def _joined(sentence: Sentence, at: int) -> bool:
    """Whether a word in a name begins with "and": a و that is not the first letter of a name we know."""
    word = sentence.word(at)
    return word.folded.startswith("و") and not word.whole


def read_name(sentence: Sentence, at: int, verb: Verb | None, clitic: str) -> Reading | None:
    """A name without any title, and the role that may follow it."""
    if not _can_be_a_name(sentence, at, verb):
        return None
    end = _name_end(sentence, at)
    if end is None:
        return None
    name, role, close = name_of(sentence, at, end, clitic), None, end
    if sentence.has(end, "honorifics", "offices") and not stops(sentence, end):
        close = _role(sentence, end).end
        role = text_of(sentence, end, close)
    person: HolderType | None = "person" if role else None
    return Reading(mention_of(sentence, at, close, "name", name, role, person, verb), close, False)


def _can_be_a_name(sentence: Sentence, at: int, verb: Verb | None) -> bool:
    """Whether an unknown word may open a name: with the article only a surname of a man who says something."""
    word = sentence.word(at)
    if word.tanwin or is_owned(sentence, at) or word.verb is not None:
        return False
    if not word.definite:
        return True
    if verb is None or word.bare.endswith(_COMMON_ENDINGS) or verb.number != "one" or verb.gender != "he":
        return False
    return not verb.maybe_thing or word.bare.endswith("ي")
