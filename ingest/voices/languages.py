"""Which grammar reads which language."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.voices.arabic import read_attributions
from ingest.voices.grammar import read_grammar
from ingest.voices.holders import Register
from ingest.voices.speech import StretchReader, Told, resolved
from vectorstore.language.sentences import paragraphs
from vectorstore.records import Span

_DEEPEST = 2  # quotations inside quotations that are read
_MARKS = "“„«»‘'\"”"
_SHORTEST_NESTED = 60  # characters of a quotation that can hold another voice


def read_stretch(text: str, span: Span, language: str | None, register: Register) -> list[Told]:
    """What others answer for in a stretch of one voice; nothing where no grammar knows the language."""
    if language == "ar":
        return _arabic(text, span, register)
    if language == "en":
        return _english(text, span, register)
    return []


def _english(text: str, span: Span, register: Register, depth: int = 0) -> list[Told]:
    told = StretchReader(text, read_grammar("en"), register).read(span)
    inside = [
        deeper
        for one in told
        if one.form == "direct" and one.end - one.start > _SHORTEST_NESTED and depth < _DEEPEST
        for paragraph in _unmarked(text, one.start, one.end)
        for deeper in _english(text, paragraph, register.inside(), depth + 1)
    ]
    return told + inside


def _unmarked(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs of a quotation without the marks that repeat at their heads."""
    for opened, closed in paragraphs(text, start, end):
        repeated = opened > start and text[opened] in _MARKS
        yield opened + repeated, closed


def _arabic(text: str, span: Span, register: Register) -> list[Told]:
    """Arabic needs no reading ahead: each paragraph says by itself who speaks, or nobody does."""
    return [
        told
        for start, end in paragraphs(text, *span)
        for found in read_attributions(text, start, end)
        if (told := resolved(text, found, register)) is not None
    ]
