"""The words around the quotes, in each language of the questions, from its pack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from vectorstore.language.months import month_names
from vectorstore.language.pack import LANGUAGES, read_pack


@dataclass(frozen=True)
class Messages:
    """Templates of one language. Counted words are given as (one, two, few, many); see
    `counted`.
    """

    voices: tuple[str, str, str, str]
    outlets: tuple[str, str, str, str]
    articles: tuple[str, str, str, str]
    comma: str
    semicolon: str
    two_sides: str
    found: str
    found_undated: str
    found_partly_dated: str
    one_day: str
    between: str
    author: str
    unnamed: str
    unsigned: str
    in_outlet: str
    quoted_by: str
    gloss: str
    sentences: tuple[str, str, str, str]
    left_out: str
    no_model: str
    premise: str
    disagree: str
    denied: str
    alleged: str
    imputed: str
    gap_speaker: str
    gap_unsaid: str
    gap_period: str
    gap_figure: str
    gap_date: str
    gap_outlet: str
    gap_language: str
    gap_published: str
    nothing: str
    no_words: str
    nothing_filtered: str
    empty_corpus: str
    nearest: str

    def counted(self, forms: tuple[str, str, str, str], number: int) -> str:
        """A number with its word: one, two, three to ten, more."""
        form = (
            forms[0]
            if number == 1
            else forms[1]
            if number == 2
            else forms[2]
            if number <= 10
            else forms[3]
        )
        return form.format(n=number)


@cache
def wording(language: str) -> Messages:
    """The words of a language; of English where it has no pack."""
    table = read_pack(language if language in LANGUAGES else "en")["messages"]
    texts: dict[str, Any] = {
        name: tuple(text) if isinstance(text, list) else text for name, text in table.items()
    }
    return Messages(**texts)


def written_date(iso: str, language: str) -> str:
    """A date as running text writes it: 2021-05-14 -> 14 May 2021."""
    year, month, day = iso.split("-")
    return f"{int(day)} {month_names(language)[int(month) - 1]} {year}"
