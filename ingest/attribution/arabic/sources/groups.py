"""Unnamed groups, sources and documents in Arabic: "two officials", "the defenders of ...", "a
report by ...".
"""

from __future__ import annotations

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.phrases import (
    HEADS,
    PhraseReading,
    is_object_with,
    is_owned,
    is_preposition,
    is_title,
    is_told,
    passed_themselves,
    place_at,
    stops,
    unnamed,
)
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.arabic.words import word_of
from ingest.attribution.spans import Number

_LONGEST_GROUP = 9
_ONE = frozenset({"مصدر", "شاهد", "احد", "احدي", "جهه"})
_FARTHEST_NAME_WITHHELD = 7
_ABOUT_GROUPS = ("عن", "علي", "من", "في", "لدي", "ب", "ل")


def is_group(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> bool:
    """Whether a group without a name begins here: by the tables, in doubting marks, or an unknown
    plural as subject.
    """
    word, mark = sentence.word(at), sentence.tokens[at].inner if at < len(sentence.tokens) else None
    if mark:
        words = sentence.text[mark[0] : mark[1]].split()
        return 0 < len(words) <= 2 and word_of(words[0]).has("groups")
    if word.has("groups", "generic_media"):
        return True
    subject = verb is not None and verb.number == "one" and verb.gender == "he"
    return (
        subject
        and not word.labels
        and word.definite
        and len(word.bare) > 6
        and word.bare.endswith("ون")
    )


def read_group(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> PhraseReading:
    """A group with what qualifies it; "the sources" is many, "a source" one."""
    end = at + 1
    if sentence.has(at, "groups_of") and sentence.word(end).folded == "من":
        end += 1
    while end - at < _LONGEST_GROUP:
        if _goes_on_about(sentence, end):
            end += 1 + (sentence.word(end).folded in _ABOUT_GROUPS)
        elif _ends_group(sentence, at, end, verb):
            break
        else:
            end += 1
    end += _is_outlet(sentence, end)
    number: Number = "one" if sentence.word(at).bare.removeprefix("ال") in _ONE else "many"
    return PhraseReading(
        unnamed(sentence, at, end, number),
        name_withheld(sentence, passed_themselves(sentence, end)),
        True,
    )


def _ends_group(sentence: ArabicSentence, head: int, at: int, verb: ArabicVerb | None) -> bool:
    if stops(sentence, at) or sentence.has(at, "honorifics") or is_told(sentence, at):
        return True
    if name_withheld(sentence, at) > at:
        return True
    return is_object_with(sentence, at, verb) or _no_quality(sentence, head, at)


def _no_quality(sentence: ArabicSentence, head: int, at: int) -> bool:
    """Whether a word does not qualify "the experts": people are many, an adjective in ة is for one
    or for things.
    """
    noun, word = sentence.word(head), sentence.word(at)
    several = noun.has("groups_of", "she_words", "generic_media") or noun.bare.endswith("ان")
    if not noun.definite or several or at != head + 1:
        return False
    return not word.definite or word.bare.endswith("ه")


def _goes_on_about(sentence: ArabicSentence, at: int) -> bool:
    """Whether a preposition goes on with a group: "sources in the ministry", "the defenders of the
    plan".
    """
    word, after = sentence.word(at), at + 1
    if word.folded in ("في", "لدي", "من"):
        return bool(sentence.has(after, "organisations", "media") or place_at(sentence, after))
    plural = sentence.word(at - 1).bare.endswith(("ون", "ين"))
    if word.folded in ("عن", "علي"):
        return (
            plural
            and sentence.word(after).definite
            and not sentence.has(after, "that", "that_pronoun")
        )
    return plural and word.clitic in ("ل", "ب") and word.definite and not word.has("that", *HEADS)


def _is_outlet(sentence: ArabicSentence, at: int) -> bool:
    """Whether a paper's name in marks follows its sources; a charge in marks opens with ب."""
    return (
        is_title(sentence, at)
        and sentence.tokens[at].words <= 2
        and sentence.text[sentence.tokens[at].start + 1] != "ب"
    )


def name_withheld(sentence: ArabicSentence, at: int) -> int:
    """The place beyond "who asked not to be named", or the place itself."""
    if not sentence.phrase("anonymous", at):
        return at
    for place in range(at + 1, min(at + _FARTHEST_NAME_WITHHELD, len(sentence.tokens))):
        if sentence.phrase("anonymity", place):
            return place + 1
    return at


def read_documents_end(sentence: ArabicSentence, at: int) -> int:
    """Where a document's words end that begins at a place."""
    end = at + 1
    while (
        end - at < 6
        and not stops(sentence, end)
        and not sentence.has(end, *HEADS)
        and not is_owned(sentence, end)
    ):
        end += 1
    return end


def maker_at(sentence: ArabicSentence, end: int) -> int | None:
    """Where the maker of a document stands: right after it, with ل, or after "that ...
    published".
    """
    if is_preposition(sentence, end) or sentence.mark(end):
        return None
    if sentence.has(end, "organisations", "media") or sentence.phrase("name_organisations", end):
        return end
    made = sentence.word(end)
    if (
        made.folded.endswith(("ها", "ه"))
        and not made.definite
        and sentence.has(end + 1, "organisations", "media")
    ):
        return end + 1
    return None
