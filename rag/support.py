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

from vectorstore.language.words import content_words, terms, word_terms
from vectorstore.lexicon.crossing import crossed
from vectorstore.records import Passage
from vectorstore.snapshot import Snapshot

_SHARE_OF_TRIGRAMS = 0.7  # of an Arabic word's letter 3-grams that make it the same word behind other clitics


Weighed = tuple[tuple[tuple[str, ...], ...], float]  # a word's spellings, each by its terms, and its weight


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
    """The content words of a question: each with the terms of every spelling it has in the corpus, and its weight.

    `across` are the same words in the form that both languages have in common.
    """

    words: tuple[Weighed, ...]
    across: tuple[Weighed, ...] = ()
    language: str | None = None

    def coverage(self, terms: frozenset[str]) -> float:
        """The share of the question, 0 to 1, that a text's terms cover; 0 for a question without content words."""
        return _share(self.words, terms)

    def covered_by(self, text: str, language: str | None) -> float:
        """The share of the question that a text covers, be it in the question's language or in the other one."""
        if self.across and crosses(self.language, language):
            return _share(self.across, frozenset(terms(crossed(text))))
        return _share(self.words, frozenset(terms(text)))

    def without(self, terms: Sequence[str]) -> Asked:
        """What is asked but for words of these terms."""
        gone = frozenset(terms)
        left = [n for n, row in enumerate(self.words) if not any(_stands(word, gone) for word in row[0])]
        kept = tuple(self.across[n] for n in left) if len(self.across) == len(self.words) else self.across
        return Asked(tuple(self.words[n] for n in left), kept, self.language)


def asked(question: str, rarity: Rarity, spellings: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Asked:
    """What a question asks; `spellings` gives the other spellings of its words. A word is as rare as its commonest."""
    words = dict.fromkeys(
        tuple(word_terms(spelling) for spelling in (word, *spellings.get(word, ()))) for word in content_words(question)
    )
    return Asked(tuple((word, min(rarity.weight(spelling) for spelling in word)) for word in words))


def asked_across(question: str, rarity: Rarity) -> tuple[Weighed, ...]:
    """The words of a question in the common form; any translation of a word, or its sound, stands for it."""
    found = ((terms(crossed(word)), word) for word in dict.fromkeys(content_words(question)))
    readings = (tuple((term,) for term in told) or (word_terms(word),) for told, word in found)
    return tuple((reading, min(rarity.weight(one) for one in reading)) for reading in readings)


def crosses(one: str | None, other: str | None) -> bool:
    """Whether two languages are the two between which the lexicon crosses."""
    return {one, other} == {"en", "ar"}


def told_with(snapshot: Snapshot, passage: Passage) -> str:
    """A passage with its title, outlet, author and speakers."""
    article = snapshot.article[passage.article_id]
    speakers = dict.fromkeys(s.holder.name for s in passage.statements)
    return "\n".join(part for part in (passage.text, article.title, article.outlet, article.author, *speakers) if part)


def _share(words: Sequence[Weighed], terms: frozenset[str]) -> float:
    total = sum(weight for _, weight in words)
    covered = sum(weight for spellings, weight in words if any(_stands(word, terms) for word in spellings))
    return covered / total if total else 0.0


def _stands(word: Sequence[str], terms: frozenset[str]) -> bool:
    return sum(term in terms for term in word) >= _SHARE_OF_TRIGRAMS * len(word)
