"""Who speaks in an Arabic noun phrase: a name with its titles, an organisation, a group without a
name.

Arabic has no capitals, so a name is what the tables do not know, in a place where only a name can
stand.
"""

from __future__ import annotations

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.phrases import (
    ADJECTIVE_ENDINGS,
    HEADS,
    LONGEST_ROLE,
    PhraseReading,
    cannot_qualify,
    is_owned,
    is_title,
    mention_of,
    name_of,
    place_at,
    stops,
    unnamed,
)
from ingest.attribution.arabic.sources.groups import (
    is_group,
    maker_at,
    read_documents_end,
    read_group,
)
from ingest.attribution.arabic.sources.people import read_name, read_person
from ingest.attribution.arabic.tokens import ArabicSentence
from vectorstore.records import HolderType


def read_mention(
    sentence: ArabicSentence, at: int, verb: ArabicVerb | None = None, clitic: str = ""
) -> PhraseReading | None:
    """The holder that begins at a place; None for anything that cannot be one, or about which there
    is doubt.

    `verb` is the verb it is the subject of; `clitic` the preposition that is written together with
    it.
    """
    word = sentence.word(at)
    if is_group(sentence, at, verb):
        return _single(sentence, read_group(sentence, at, verb))
    if word.has("excellencies"):
        return PhraseReading(
            mention_of(sentence, at, at + 1, "noun", None, None, "person", verb), at + 1, True
        )
    if stops(sentence, at) or (word.clitic[-1:] in tuple("بلك") and not clitic):
        return None
    if word.has("things") and not (clitic and word.has("documents")):
        return None
    read = _proper(sentence, at, verb)
    if read is None and word.has("documents"):
        read = _document(sentence, at, verb)
    if read is None and word.has("organisations", "media"):
        read = _organisation(sentence, at, verb)
    if read is None and word.has("honorifics", "offices"):
        read = read_person(sentence, at, verb)
    if read is None and (not word.labels or word.has("kunya")):
        read = read_name(sentence, at, verb, clitic)
    return _single(sentence, read)


def _single(sentence: ArabicSentence, read: PhraseReading | None) -> PhraseReading | None:
    return None if read and _goes_on(sentence, read.end) else read


def _goes_on(sentence: ArabicSentence, at: int) -> bool:
    """Whether another holder follows with "and": of two we say nothing sure."""
    word = sentence.word(at)
    return word.clitic.startswith("و") and bool(word.labels & {*HEADS}) and not stops(sentence, at)


def _proper(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> PhraseReading | None:
    """A state, a capital, an organisation or an outlet by its proper name; two of them joined are
    many and unnamed.
    """
    kinds: dict[str, HolderType] = {
        "places": "organisation",
        "organisations": "organisation",
        "media": "media",
    }
    for kind, holder_type in kinds.items():
        if length := sentence.phrase(f"name_{kind}", at):
            end = at + length
            if sentence.word(end).clitic == "و" and (more := sentence.phrase("name_places", end)):
                return PhraseReading(unnamed(sentence, at, end + more), end + more, True)
            name = name_of(sentence, at, end)
            return PhraseReading(
                mention_of(sentence, at, end, "name", name, None, holder_type, verb), end, True
            )
    return None


def _document(sentence: ArabicSentence, at: int, verb: ArabicVerb | None) -> PhraseReading | None:
    """A report: the organisation whose report it is, if it says so, or unnamed."""
    end = read_documents_end(sentence, at)
    maker = maker_at(sentence, end)
    if maker is not None:
        clitic = "ل" if sentence.word(maker).clitic == "ل" else ""
        owner = _proper(sentence, maker, verb) or _organisation(sentence, maker, verb, clitic)
        if owner and owner.mention.name:
            return owner
    return (
        None
        if sentence.has(at, "things")
        else PhraseReading(unnamed(sentence, at, end, "one"), end, True)
    )


def _organisation(
    sentence: ArabicSentence, at: int, verb: ArabicVerb | None, clitic: str = ""
) -> PhraseReading:
    """An organisation or outlet with all that qualifies it.

    A bare "the government" is one without a name; "a party", "a western paper" is unnamed.
    """
    end, named, closed = at + 1, False, sentence.word(at).definite
    while end - at < LONGEST_ROLE:
        if is_title(sentence, end):
            named, end = True, end + 1
        elif length := place_at(sentence, end):
            named, end = True, end + length
        elif _ends_organisation(sentence, end, closed) or cannot_qualify(sentence, at, end):
            break
        else:
            named, closed = named or _names(sentence, end), closed or sentence.word(end).definite
            end += 1
    holder_type: HolderType = "media" if sentence.has(at, "media") else "organisation"
    if named:
        return PhraseReading(
            mention_of(
                sentence,
                at,
                end,
                "name",
                name_of(sentence, at, end, clitic),
                None,
                holder_type,
                verb,
            ),
            end,
            True,
        )
    if not sentence.word(at).definite:
        return PhraseReading(unnamed(sentence, at, end, "one"), end, True)
    return PhraseReading(
        mention_of(sentence, at, end, "noun", None, None, holder_type, verb), end, True
    )


def _ends_organisation(sentence: ArabicSentence, at: int, closed: bool) -> bool:
    """Whether an organisation's words end before a place; after a definite word none without the
    article follows.
    """
    if closed and sentence.has(at, "groups") and sentence.word(at).definite:
        return True
    beyond = (
        stops(sentence, at) or sentence.has(at, "honorifics", "offices") or is_owned(sentence, at)
    )
    return beyond or (closed and not sentence.word(at).definite)


def _names(sentence: ArabicSentence, at: int) -> bool:
    """Whether a word after an organisation's noun says which one: a definite word, or one that is
    no adjective.
    """
    word = sentence.word(at)
    return word.definite or not (word.labels or word.folded.endswith(ADJECTIVE_ENDINGS))
