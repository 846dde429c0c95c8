"""Narrowing a search to what the question asks for, as long as that speaks of the matter at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from rag.answer import ReadingKind
from rag.question.constraints import Constraints
from rag.retrieval.coverage import QuestionTerms
from rag.retrieval.index import Index, Mask, Scores
from rag.retrieval.scores import best_coverage

# share of the question's other words that one passage must cover, for the search to be narrowed
_LEAST = 0.2


@dataclass(frozen=True)
class NarrowedSearch:
    """The passages that are left, and the kinds of readings that made it so."""

    mask: Mask
    kinds: frozenset[ReadingKind] = frozenset()


def narrow(
    index: Index, request: Constraints, question: QuestionTerms, allowed: Mask, words: Scores
) -> NarrowedSearch:
    """The allowed passages in the language, of the time and of the voices that a question asks for.

    A reading with which nothing about the matter would be left narrows nothing; it only stays
    preferred.
    """
    topic = question.without(" ".join(_names(index, request)))
    narrowed = NarrowedSearch(allowed)
    for kinds, mask in _wanted(index, request):
        inside = narrowed.mask & mask
        if inside.any() and (
            not topic.words or best_coverage(index, topic, words * inside) >= _LEAST
        ):
            narrowed = NarrowedSearch(inside, narrowed.kinds | kinds)
    return narrowed


def _wanted(index: Index, request: Constraints) -> Iterator[tuple[frozenset[ReadingKind], Mask]]:
    if request.languages:
        yield frozenset({"language"}), index.in_languages(request.languages)
    if request.published:
        yield frozenset({"published"}), index.published_in(request.published)
    if request.voices and all(
        index.told_by((name,), individuals=True).any() for name in request.speakers.holders
    ):
        # not for bodies: what is asked of them is often answered by what is said about them
        speaking = index.told_by(request.speakers.holders, request.speakers.outlets)
        yield frozenset({"speaker", "outlet"}), speaking > 0


def _names(index: Index, request: Constraints) -> set[str]:
    naming = index.snapshot.naming
    return set(chain.from_iterable((name, *naming.variants(name)) for name in request.voices))
