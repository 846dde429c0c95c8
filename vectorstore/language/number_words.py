"""Number words with their values, from the packs."""

from __future__ import annotations

from vectorstore.language.normalise import fold
from vectorstore.language.pack import LANGUAGES, read_pack, values_of

_TABLES = {language: read_pack(language)["numbers"] for language in LANGUAGES}


def number_words(kind: str, *languages: str) -> dict[str, int]:
    """The values of the number words of a kind (units, teens, tens, hundreds, multiples, doubles,
    ordinals).
    """
    tables = (_TABLES[language].get(kind, {}) for language in languages or LANGUAGES)
    return {word: value for table in tables for word, value in values_of(table).items()}


COUNTLESS = frozenset(
    word for table in _TABLES.values() for word in fold(table["countless"]).split()
)
_COUNTING = ("units", "teens", "tens", "hundreds", "multiples", "doubles")
NUMBER_WORDS = COUNTLESS.union(*map(number_words, _COUNTING))
