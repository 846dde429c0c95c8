"""What each part of the search weighs. The figures behind the numbers are in docs/retrieval.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_FIELDS: Mapping[str, int] = MappingProxyType({"text": 2, "title": 1, "source": 1, "holders": 1})


@dataclass(frozen=True)
class SearchWeights:
    """The weights of the search; 0 turns a part off. Each leg is scaled to at most 1 before it is
    weighed.
    """

    # how often the words of each count
    fields: Mapping[str, int] = field(default_factory=lambda: _FIELDS)
    words: float = 1.0
    across: float = 1.2  # words that were carried over from the other language
    vectors: float = 0.7
    # the share of the best sentence in the vectors' leg; the passage has the rest
    sentences: float = 0.5
    named: float = 0.3  # somebody speaks in the passage whom the question names
    asked_of: float = 1.0  # and whose words it asks for
    period: float = 0.3  # the passage is of a time that the question names
    phrase: float = 0.5  # it holds words that the question quotes
    # a search for somebody's words is narrowed to them where they speak of the matter
    narrows: bool = True
    outlet_again: float = 0.03  # what a passage loses for each one of its outlet above it
    holder_again: float = 0.01  # and of its speaker
    reranked: float = 1.0  # what a reranker adds, where one is set
