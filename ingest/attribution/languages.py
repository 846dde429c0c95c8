"""Which grammar reads which language."""

from __future__ import annotations

from ingest.attribution.arabic import ArabicDiscourse, read_attributions
from ingest.attribution.english.grammar import read_grammar
from ingest.attribution.english.speech import read_speech
from ingest.attribution.reported import ReportedSpan, resolved
from ingest.attribution.resolve import Resolver
from vectorstore.language.sentences import paragraphs
from vectorstore.records import Span

_SUBJECT_FIRST = frozenset({"en"})  # each has a table


def read_stretch(
    text: str, span: Span, language: str | None, register: Resolver
) -> list[ReportedSpan]:
    """What others answer for in a stretch of one voice; nothing where no grammar knows the
    language.
    """
    if language == "ar":
        return _arabic(text, span, register)
    if language in _SUBJECT_FIRST:
        return read_speech(text, span, register, read_grammar(language))
    return []


def _arabic(text: str, span: Span, register: Resolver) -> list[ReportedSpan]:
    """Arabic needs no reading ahead: who speaks is said before, in the paragraph or above it, or
    nobody does.
    """
    discourse = ArabicDiscourse()
    return [
        reported
        for start, end in paragraphs(text, *span)
        for attribution in read_attributions(text, start, end, discourse)
        if (reported := resolved(text, attribution, register)) is not None
    ]
