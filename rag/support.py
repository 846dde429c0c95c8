"""How far a text covers what a question asks: the weighted share of the question's own content words that stand in it.

The weight of a word is its inverse document frequency in the corpus, so that a rare name counts more than a common
noun; a word the corpus does not know weighs most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from vectorstore.language.words import content_words, word_terms

_SHARE_OF_TRIGRAMS = 0.7  # of an Arabic word's letter 3-grams that make it the same word behind other clitics


class Rarity:
    """The inverse document frequency of terms over the passages of a corpus."""

    def __init__(self, documents: Iterable[frozenset[str]]) -> None:
        self._frequency: Counter[str] = Counter()
        self._size = 0
        for document in documents:
            self._frequency.update(document)
            self._size += 1

    def weight(self, terms: Sequence[str]) -> float:
        """How rare the rarest of a word's terms is: log(1 + N / (1 + n))."""
        return max(math.log(1 + self._size / (1 + self._frequency[term])) for term in terms)


@dataclass(frozen=True)
class Asked:
    """The content words of a question: each with the terms of every spelling it has in the corpus, and its weight."""

    words: tuple[tuple[tuple[tuple[str, ...], ...], float], ...]

    def coverage(self, terms: frozenset[str]) -> float:
        """The share of the question, 0 to 1, that a text's terms cover; 0 for a question without content words."""
        total = sum(weight for _, weight in self.words)
        covered = sum(weight for spellings, weight in self.words if any(_stands(word, terms) for word in spellings))
        return covered / total if total else 0.0

    def without(self, terms: Sequence[str]) -> Asked:
        """What is asked but for words of these terms."""
        left = tuple(row for row in self.words if not any(_stands(word, frozenset(terms)) for word in row[0]))
        return Asked(left)


def asked(question: str, rarity: Rarity, spellings: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Asked:
    """What a question asks; `spellings` gives the other spellings of its words. A word is as rare as its commonest."""
    words = dict.fromkeys(
        tuple(word_terms(spelling) for spelling in (word, *spellings.get(word, ()))) for word in content_words(question)
    )
    return Asked(tuple((word, min(rarity.weight(spelling) for spelling in word)) for word in words))


def _stands(word: Sequence[str], terms: frozenset[str]) -> bool:
    return sum(term in terms for term in word) >= _SHARE_OF_TRIGRAMS * len(word)
