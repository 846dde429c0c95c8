"""An answer in lines of plain text: for a terminal, and what is told below a message."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Answer, Citation, Reading
from rag.filters import DAYS, LISTS, Filters
from rag.writing.markdown import printable, unescaped
from rag.writing.provenance import chain_in_words

# What each kind of reading is in words: where the search prefers it, and where it was narrowed to
# it.
_READINGS = {
    "context": ("asked as “{value}”", "asked as “{value}”"),
    "speaker": ("passages with words of {value} first", "only passages with words of {value}"),
    "outlet": ("{value} first", "only {value}"),
    "named": ("about {value}", "about {value}"),
    "period": ("in {value}", "in {value}"),
    "published": ("published {value} first", "only published {value}"),
    "phrase": ("with “{value}”", "with “{value}”"),
    "language": ("articles in {value} first", "only articles in {value}"),
}
_STATUS = {"answered": "Answered", "partial": "Answered in part", "unanswered": "Not here"}


def source_line(citation: Citation) -> str:
    """Where a citation stands, in one line: chain, title, and the span in its source."""
    place = f"{citation.source}:{citation.start}-{citation.end}"
    return " · ".join(
        printable(part) for part in (with_copies(citation), citation.title, place) if part
    )


def with_copies(citation: Citation) -> str:
    """A citation's chain, and where else in the corpus the same piece stands."""
    also = f"also in {' and '.join(citation.also_in)}" if citation.also_in else ""
    return ", ".join(part for part in (chain_in_words(citation.chain), also) if part)


def terminal_answer(answer: Answer) -> str:
    """An answer for a terminal: its text, what was read from the question, then each citation's
    source.
    """
    sources = [f"[{citation.id}] {source_line(citation)}" for citation in answer.citations]
    read = printable(understood_line(answer.understood.readings))
    return "\n".join([unescaped(answer.text), "", *([read, ""] if read else []), *sources]).rstrip()


def understood_line(readings: Sequence[Reading]) -> str:
    """What was read from a question: "Understood: only words of Mara Orlen · about 2021-05-14";
    nothing for nothing.
    """
    parts = [reading_in_words(reading) for reading in readings]
    return f"Understood: {' · '.join(parts)}" if parts else ""


def reading_in_words(reading: Reading) -> str:
    """One thing that was read from a question: "only words of Mara Orlen"."""
    return _READINGS[reading.kind][reading.effect == "narrowed"].format(value=reading.value)


def searched_line(answer: Answer) -> str:
    """What an answer rests on: "Answered · 7 quotes · searched 212 passages of 20 articles ·
    writer: extractive".
    """
    quotes = "1 quote" if len(answer.citations) == 1 else f"{len(answer.citations)} quotes"
    searched = (
        f"searched {answer.searched.passages:,} passages of {answer.searched.articles:,} articles"
    )
    narrowed = filters_in_words(answer.searched.filters)
    parts = [
        _STATUS[answer.status],
        quotes,
        searched,
        *([narrowed] if narrowed else []),
        f"writer: {answer.writer}",
    ]
    return " · ".join(parts)


def filters_in_words(filters: Filters) -> str:
    """What a search was narrowed to: "only North Post or Quay Post, since 2020"; nothing for
    nothing.
    """
    lists = (getattr(filters, name) for name in LISTS)
    only = ", ".join(" or ".join(names) for names in lists if names)
    dates = ((name, getattr(filters, name)) for name in DAYS)
    parts = [*([f"only {only}"] if only else []), *(f"{word} {day}" for word, day in dates if day)]
    return printable(", ".join(parts))
