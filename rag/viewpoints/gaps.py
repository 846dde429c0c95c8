"""What a question asks for and the corpus does not have, in a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from rag.answer import Understood
from rag.retrieval.results import SearchResult
from rag.semantics.kinds import kind_of
from rag.writing.messages import Messages, wording
from vectorstore.language.pack import language_name

_MUCH = 0.75  # of what is asked for is missing


def find_gaps(understood: Understood, result: SearchResult) -> tuple[str, ...]:
    """The gaps that the evidence of a search shows: speakers, outlets and languages that say
    nothing of it, times of which nothing is told, figures that nobody gives.
    """
    return tuple(_gaps(understood, result, wording(understood.language)))


def _gaps(understood: Understood, result: SearchResult, words: Messages) -> Iterator[str]:
    evidence = result.evidence
    if evidence is None:
        return
    speakers = [reading.value for reading in understood.readings if reading.kind == "speaker"]
    for name in speakers:
        if name not in result.snapshot.naming.names:
            yield words.gap_speaker.format(name=name)
    yield from _unheard(understood, words)
    if evidence.unsaid >= _MUCH:
        yield words.gap_unsaid.format(name=words.comma.join(speakers))
    if evidence.undated >= _MUCH:
        times = (reading.value for reading in understood.readings if reading.kind == "period")
        yield words.gap_period.format(period=words.comma.join(times))
    if evidence.unfigured >= _MUCH:
        yield words.gap_date if kind_of(understood.question) == "date" else words.gap_figure


def _unheard(understood: Understood, words: Messages) -> Iterator[str]:
    """What the search could not be narrowed to, since nothing of it speaks of the matter."""
    for reading in understood.readings:
        if reading.effect == "narrowed":
            continue
        if reading.kind == "outlet":
            yield words.gap_outlet.format(name=reading.value)
        elif reading.kind == "language":
            name = language_name(reading.value, understood.language)
            yield words.gap_language.format(language=name)
        elif reading.kind == "published":
            yield words.gap_published.format(period=reading.value)
