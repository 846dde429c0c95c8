"""How far a text covers what a question asks: the weighted share of the question's own content
words that stand in it.

The weight of a word is its inverse document frequency in the corpus, so that a rare name counts
more than a common noun; a word the corpus does not know weighs most.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from vectorstore.bilingual.translate_terms import crossed
from vectorstore.language.tokenise import content_words, terms, word_terms
from vectorstore.search.term_counts import TermCounts

# of an Arabic word's letter 3-grams that make it the same word behind other clitics
_SHARE_OF_TRIGRAMS = 0.7


class Idf:
    """The inverse document frequency of terms over the passages of a corpus."""

    def __init__(self, table: TermCounts) -> None:
        self._table = table

    def weight(self, terms: Sequence[str]) -> float:
        """How rare the rarest of a word's terms is: log(1 + N / (1 + n))."""
        return max(
            math.log(1 + len(self._table) / (1 + self._table.frequency(term))) for term in terms
        )


@dataclass(frozen=True)
class WeightedTerm:
    """One word: the terms of each of its spellings, and its weight, which is that of its commonest
    spelling.
    """

    spellings: tuple[tuple[str, ...], ...]
    weight: float

    @classmethod
    def of(cls, spellings: Sequence[tuple[str, ...]], rarity: Idf) -> WeightedTerm:
        return cls(tuple(spellings), min(rarity.weight(spelling) for spelling in spellings))

    def stands_in(self, terms: frozenset[str]) -> bool:
        return any(_stands(spelling, terms) for spelling in self.spellings)


@dataclass(frozen=True)
class QuestionTerms:
    """The content words of a question with the spellings that each has in the corpus.

    `across` are the same words in the form that both languages have in common; none when nothing is
    to be crossed.
    """

    words: tuple[WeightedTerm, ...]
    across: tuple[WeightedTerm, ...] = ()
    language: str | None = None

    def terms(self, across: bool = False) -> frozenset[str]:
        """All terms by which the question is covered."""
        return self._terms_across if across else self._terms

    @cached_property
    def _terms(self) -> frozenset[str]:
        return _terms_of(self.words)

    @cached_property
    def _terms_across(self) -> frozenset[str]:
        return _terms_of(self.across)

    def coverage(self, terms: frozenset[str], across: bool = False) -> float:
        """The share of the question, 0 to 1, that a text's terms cover; 0 for a question without
        content words.
        """
        words = self.across if across else self.words
        total = self._totals[across]
        return sum(word.weight for word in words if word.stands_in(terms)) / total if total else 0.0

    @cached_property
    def _totals(self) -> tuple[float, float]:
        return sum(word.weight for word in self.words), sum(word.weight for word in self.across)

    def covered_by(self, text: str, language: str | None) -> float:
        """The share of the question that a text covers, be it in the question's language or in the
        other one.
        """
        across = crosses(self.language, language)
        return self.coverage(frozenset(terms(crossed(text) if across else text)), across)

    def without(self, text: str) -> QuestionTerms:
        """What is asked but for the words of a text, in both forms."""
        gone = frozenset(terms(text))
        gone_across = frozenset(terms(crossed(text))) if self.across else frozenset()
        words = tuple(word for word in self.words if not word.stands_in(gone))
        return QuestionTerms(
            words,
            tuple(word for word in self.across if not word.stands_in(gone_across)),
            self.language,
        )


def asked(
    question: str, rarity: Idf, spellings: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> QuestionTerms:
    """What a question asks; `spellings` gives the other spellings of its words."""
    words = dict.fromkeys(
        tuple(word_terms(spelling) for spelling in (word, *spellings.get(word, ())))
        for word in content_words(question)
    )
    return QuestionTerms(tuple(WeightedTerm.of(word, rarity) for word in words))


def asked_across(question: str, rarity: Idf) -> tuple[WeightedTerm, ...]:
    """The words of a question in the common form; any translation of a word, or its sound, stands
    for it.
    """
    words = dict.fromkeys(
        tuple((term,) for term in terms(crossed(word))) or (word_terms(word),)
        for word in content_words(question)
    )
    return tuple(WeightedTerm.of(word, rarity) for word in words)


def _terms_of(words: Sequence[WeightedTerm]) -> frozenset[str]:
    spellings = chain.from_iterable(word.spellings for word in words)
    return frozenset(chain.from_iterable(spellings))


def crosses(language: str | None, other: str | None) -> bool:
    """Whether two languages are the two between which the lexicon crosses."""
    return {language, other} == {"en", "ar"}


def _stands(word: Sequence[str], terms: frozenset[str]) -> bool:
    if len(word) == 1:
        return word[0] in terms
    return sum(term in terms for term in word) >= _SHARE_OF_TRIGRAMS * len(word)
