"""Whether an Arabic subject can be that of its verb: beside it they agree in gender, before it in
number too.
"""

from __future__ import annotations

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.spans import Gender, Mention

_EITHER = frozenset({"غالبيه", "معظم", "دفاع", "الدفاع", "احد", "عدد", "كثير", "وسائل"})
_KNOWN = ("honorifics", "offices", "organisations", "media", "groups", "documents")


def head_gender(sentence: ArabicSentence, at: int) -> Gender | None:
    """The grammatical gender of a noun that the tables know, by its ending; None of a name or where
    both occur.

    Plurals of things are feminine.
    """
    word = sentence.word(at)
    if not word.has(*_KNOWN) or word.bare in _EITHER or sentence.phrase("name_organisations", at):
        return None
    if word.has("masculine"):
        return "he"
    if word.bare.endswith(("ه", "ات")) or word.has("she_words"):
        return "she"
    if word.has("possessed"):
        return None
    return "he"


def may_follow(sentence: ArabicSentence, at: int, verb: ArabicVerb) -> bool:
    """Whether the noun at a place can be the subject right after a verb, not its object.

    Of "طالبت الوزير" the minister is not the subject; a verb that takes no object of that kind
    needs no agreement.
    """
    takes_object = bool(verb.frames) or verb.kind in (
        "accuse",
        "describe",
        "tell",
        "deny",
        "reject",
    )
    return not takes_object or head_gender(sentence, at) in (None, verb.gender)


def agrees_before(sentence: ArabicSentence, at: int, mention: Mention, verb: ArabicVerb) -> bool:
    """Whether a mention that begins at a place agrees with a verb after it."""
    many = verb.number == "many"
    if many or mention.number == "many":
        plural_of_things = verb.gender == "she" and sentence.has(at, "she_words")
        return plural_of_things or (many and mention.number == "many")
    gender = head_gender(sentence, at) or mention.gender
    if gender is None and mention.type in ("person", "unnamed"):
        gender = "she" if sentence.word(at).bare.endswith("ه") else "he"
    return gender in (None, verb.gender)


def agrees(mention: Mention, verb: ArabicVerb) -> bool:
    """Whether a holder read before can be the dropped subject of a verb or participle."""
    return mention.number == verb.number and mention.gender in (None, verb.gender)
