"""People in Arabic noun phrases: titles, the name after them, and a name without any."""

from __future__ import annotations

from typing import NamedTuple

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.phrases import (
    ADJECTIVE_ENDINGS,
    HEADS,
    LONGEST_ROLE,
    PhraseReading,
    is_object_with,
    is_owned,
    is_title,
    is_told,
    mention_of,
    name_of,
    passed_themselves,
    place_at,
    stops,
    text_of,
    unnamed,
)
from ingest.attribution.arabic.sources.groups import name_withheld
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.spans import Gender, Mention
from vectorstore.records import HolderType

_LONGEST_NAME = 5
_COMMON_ENDINGS = ("ه", "ات", "ين", "ون", "يا")


def read_person(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> PhraseReading | None:
    """A person by their titles: with a name, a definite one without ("the minister"), or one of
    many ("a minister").
    """
    role, gender = _role(sentence, at, verb), _gender(sentence, at, verb)
    if role.name is None:
        if any(_joined_office(sentence, place) for place in range(at + 1, role.end)):
            return None
        if not role.closed:
            source = _of(unnamed(sentence, at, role.end, "one"), gender)
            return PhraseReading(source, name_withheld(sentence, role.end), True)
        mention = mention_of(
            sentence, at, role.end, "noun", None, text_of(sentence, at, role.end), "person", verb
        )
        return PhraseReading(_of(mention, gender), passed_themselves(sentence, role.end), True)
    end = _name_end(sentence, role.name, verb)
    if end is None:
        return None
    if _is_accusative(sentence, at, role.name, end):
        mention = mention_of(
            sentence, at, role.name, "noun", None, text_of(sentence, at, role.name), "person", verb
        )
        return PhraseReading(_of(mention, gender), role.name, True)
    name, title = name_of(sentence, role.name, end), text_of(sentence, at, role.name)
    mention = mention_of(sentence, at, end, "name", name, title, "person", verb)
    return PhraseReading(_of(mention, gender), end, True)


def _gender(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> Gender:
    word = sentence.word(at)
    if word.has("possessed"):
        return verb.gender if verb else "he"
    return "she" if word.bare.endswith("ه") and not word.has("masculine") else "he"


def _is_accusative(sentence: ArabicSentence, head: int, at: int, end: int) -> bool:
    """Whether what follows "the head of the town" is no name but an object in ا, printed without
    its tanwin.
    """
    word = sentence.word(at)
    man = not sentence.word(head).bare.endswith("ه")
    return (
        man
        and end == at + 1
        and at > head + 1
        and len(word.folded) > 4
        and word.folded.endswith("ا")
    )


def _joined_office(sentence: ArabicSentence, at: int) -> bool:
    return sentence.word(at).clitic.startswith("و") and sentence.has(at, "offices", "honorifics")


def _of(mention: Mention, gender: Gender) -> Mention:
    return Mention(
        mention.start,
        mention.end,
        mention.text,
        mention.kind,
        mention.name,
        mention.role,
        mention.type,
        "one",
        gender,
    )


class _Role(NamedTuple):
    """How far the titles of a person go, whether they are closed (by the article or a name), where
    the name begins.
    """

    end: int
    closed: bool
    name: int | None


def _role(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> _Role:
    """Reads titles and what belongs to them. A name begins at the first unknown word without an
    article after a closed title, or at an unknown word right after a title of honour or a title
    with the article.
    """
    word = sentence.word(at)
    closed, honour, end = (
        word.definite or word.has("possessed"),
        word.has("honorifics", "possessed"),
        at + 1,
    )
    while end - at < LONGEST_ROLE:
        if honour and sentence.mark(end) == "." and sentence.word(end - 1).folded == "د":
            end, closed = end + 1, True
        elif length := place_at(sentence, end):
            end, closed, honour = end + length, True, False
        elif is_title(sentence, end) and sentence.has(end - 1, "media", "organisations"):
            end, closed, honour = end + 1, True, False
        elif sentence.word(end).folded == "باسم" or _in_an_office(sentence, end):
            end, closed, honour = end + 1, False, False
        elif _ends_role(sentence, at, end, verb):
            break
        elif _opens_name(sentence, end, at, closed, honour):
            return _Role(end, True, end)
        else:
            word = sentence.word(end)
            honour = word.has("honorifics") and not word.has("organisations")
            closed = closed or word.definite or honour
            end += 1
    return _Role(end, closed, None)


def _ends_role(sentence: ArabicSentence, head: int, at: int, verb: ArabicVerb | None) -> bool:
    if (
        stops(sentence, at)
        or is_told(sentence, at)
        or is_owned(sentence, at)
        or name_withheld(sentence, at) > at
    ):
        return True
    return is_object_with(sentence, at, verb) or _is_another(sentence, head, at)


def _in_an_office(sentence: ArabicSentence, at: int) -> bool:
    """Whether a preposition goes on with a title: "the official in the ministry of ..."."""
    return sentence.word(at).folded in ("في", "لدي", "الي") and sentence.has(
        at + 1, "organisations"
    )


def _opens_name(sentence: ArabicSentence, at: int, head: int, closed: bool, honour: bool) -> bool:
    word = sentence.word(at)
    if word.has("kunya"):
        return True
    if (word.labels - {"names_of_two"}) or word.clitic or is_owned(sentence, at) or word.tanwin:
        return False
    if not word.definite:
        of_something = (
            word.bare.endswith("ه")
            and sentence.word(at + 1).definite
            and not sentence.word(head).definite
        )
        return closed if not honour else not of_something
    directly = at == head + 1 and sentence.word(head).definite
    return honour or (directly and not word.bare.endswith((*ADJECTIVE_ENDINGS, "ه")))


def _name_end(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> int | None:
    """Where a name that begins at a place ends; None where it is too long for one or goes on with
    "and".
    """
    end = at
    while not stops(sentence, end) and not sentence.has(end, *HEADS):
        word = sentence.word(end)
        if word.has("kunya", "names_of_two") and not stops(sentence, end + 1):
            end += 2
            if sentence.has(at, "kunya"):
                return end + (
                    sentence.word(end).definite
                    and not stops(sentence, end)
                    and not _common(sentence, end)
                )
            continue
        if is_told(sentence, end) or _to_somebody(sentence, end):
            break
        if end > at and (
            _behind_surname(sentence, end, verb) or is_object_with(sentence, end, verb)
        ):
            break
        if end > at and is_owned(sentence, end) and verb and verb.frames:
            break
        if end > at and (
            _common(sentence, end) or _joined(sentence, end) or is_owned(sentence, end)
        ):
            return None
        if word.tanwin:
            break
        end += 1
    return end if at < end <= at + _LONGEST_NAME else None


def _behind_surname(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> bool:
    """Whether a word follows a surname with the article and has none itself: it is no name any
    more.
    """
    before, word = sentence.word(at - 1), sentence.word(at)
    if word.has("things", "measures", "occasions", "groups"):
        return True
    if (
        before.definite
        and word.definite
        and verb
        and (verb.frames or verb.kind in ("accuse", "describe"))
    ):
        return before.bare.endswith("ي") and not word.bare.endswith("ي")
    return before.definite and not word.definite and not word.whole


def _is_another(sentence: ArabicSentence, head: int, at: int) -> bool:
    """Whether a second holder follows, whom a verb is about: "the minister" and "the deputies" or
    "the company".
    """
    word, closed = sentence.word(at), sentence.word(at - 1).definite
    if not word.definite or not closed:
        return False
    return (sentence.word(head).definite and word.has("groups")) or (
        at > head + 1 and word.has("organisations", "media")
    )


def _to_somebody(sentence: ArabicSentence, at: int) -> bool:
    return sentence.word(at).clitic == "ل" and sentence.word(at).definite


def _common(sentence: ArabicSentence, at: int) -> bool:
    """Whether a word with the article is no surname, by its ending: then two nouns stand here, not
    a name.
    """
    word = sentence.word(at)
    return word.definite and word.bare.endswith(("ه", "ات"))


def _joined(sentence: ArabicSentence, at: int) -> bool:
    """Whether a word in a name begins with "and": a و that is not the first letter of a name we
    know.
    """
    word = sentence.word(at)
    return word.folded.startswith("و") and not word.whole


def read_name(
    sentence: ArabicSentence, at: int, verb: ArabicVerb | None, clitic: str
) -> PhraseReading | None:
    """A name without any title, and the role that may follow it."""
    if read := _trade_and_name(sentence, at, verb):
        return read
    if not _can_be_a_name(sentence, at, verb):
        return None
    end = _name_end(sentence, at, verb)
    if end is None:
        return None
    name, role, close = name_of(sentence, at, end, clitic), None, end
    if sentence.has(end, "honorifics", "offices") and not stops(sentence, end):
        known = _role(sentence, end, verb)
        close = known.end
        if known.closed:
            role = text_of(sentence, end, close)
        else:  # a trade without the article is a surname: عامر نجار
            name = name_of(sentence, at, close, clitic)
    person: HolderType | None = "person" if role else None
    return PhraseReading(
        mention_of(sentence, at, close, "name", name, role, person, verb), close, False
    )


def _trade_and_name(
    sentence: ArabicSentence, at: int, verb: ArabicVerb | None
) -> PhraseReading | None:
    """A trade that the tables do not know before a name: "الغطاس سامي حداد", "ساعي البريد سامي
    حداد".

    After a noun with the article a word without it does not belong to the noun: before a link it is
    a name.
    """
    closed = at if sentence.word(at).definite else at + 1
    first, word = closed + 1, sentence.word(closed)
    if not word.definite or sentence.has(at, "kunya", "names_of_two") or is_owned(sentence, at):
        return None
    if (
        word.labels
        or stops(sentence, closed)
        or stops(sentence, first)
        or sentence.has(first, *HEADS)
    ):
        return None
    name = sentence.word(first)
    if (
        name.definite
        or (name.labels - {"kunya", "names_of_two"})
        or name.tanwin
        or name.clitic
        or not verb
    ):
        return None
    if closed == at and (word.bare.endswith("ه") != (verb.gender == "she") or verb.number != "one"):
        return None
    end = _name_end(sentence, first, verb)
    if end is None or end < first + 2:
        return None
    name_text, role = name_of(sentence, first, end), text_of(sentence, at, first)
    return PhraseReading(
        mention_of(sentence, at, end, "name", name_text, role, "person", verb), end, True
    )


def _can_be_a_name(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> bool:
    """Whether an unknown word may open a name: with the article only a surname of a man who says
    something.
    """
    word = sentence.word(at)
    if word.tanwin or is_owned(sentence, at) or word.verb is not None:
        return False
    if not word.definite:
        return True
    if verb is None or word.bare.endswith(_COMMON_ENDINGS) or verb.number != "one":
        return False
    if verb.gender == "she":
        return word.bare.endswith("ي") and len(word.bare) > 5
    return not verb.maybe_thing or word.bare.endswith("ي")
