"""Which grammar reads which language."""

from __future__ import annotations

from ingest.voices.arabic import Discourse, read_attributions
from ingest.voices.grammar import read_grammar
from ingest.voices.holders import Register
from ingest.voices.subject_first.speech import read_speech
from ingest.voices.told import Told, resolved
from vectorstore.language.sentences import paragraphs
from vectorstore.records import Span

_SUBJECT_FIRST = frozenset({"en"})  # each has a table


def read_stretch(text: str, span: Span, language: str | None, register: Register) -> list[Told]:
    """What others answer for in a stretch of one voice; nothing where no grammar knows the language."""
    if language == "ar":
        return _arabic(text, span, register)
    if language in _SUBJECT_FIRST:
        return read_speech(text, span, register, read_grammar(language))
    return []


def _arabic(text: str, span: Span, register: Register) -> list[Told]:
    """Arabic needs no reading ahead: who speaks is said before, in the paragraph or above it, or nobody does."""
    discourse = Discourse()
    return [
        told
        for start, end in paragraphs(text, *span)
        for found in read_attributions(text, start, end, discourse)
        if (told := resolved(text, found, register)) is not None
    ]
