"""The language packs: what is known of each language, as data in `packs/*.toml`.

A language is added by a file beside the others, and its code here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from vectorstore.language.normalise import fold

LANGUAGES = ("en", "ar")


@cache
def read_pack(language: str) -> Mapping[str, Any]:
    """The tables of a language by their names, as they are written."""
    text = files("vectorstore.language").joinpath("packs", f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def words_of(name: str, *languages: str) -> tuple[str, ...]:
    """The words of a row of `[words]`, folded, in the order of the packs; of all languages, or of
    these.
    """
    return tuple(word for text in _rows(name, languages) for word in fold(text).split())


def written_words_of(name: str, *languages: str) -> tuple[str, ...]:
    """The same words as they are written."""
    return tuple(word for text in _rows(name, languages) for word in text.split())


def _rows(name: str, languages: Sequence[str]) -> Iterator[str]:
    for language in languages or LANGUAGES:
        yield read_pack(language)["words"].get(name, "")


def values_of(table: Mapping[str, str]) -> dict[str, int]:
    """The value of each folded word in a table of values and the words for them."""
    return {word: int(value) for value, words in table.items() for word in fold(words).split()}


def language_name(code: str, language: str = "en") -> str:
    """What a language is called in another, English where that has no pack; its code where it has
    no name there.
    """
    names = read_pack(language if language in LANGUAGES else "en")["languages"]
    return str(names.get(code, code))
