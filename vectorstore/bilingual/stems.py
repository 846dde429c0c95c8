"""Words brought to the form in which the lexicon knows them: English stems, Arabic words without
their clitics.

Arabic writes the conjunctions, short prepositions and the article with the word that follows. Which
first letters are such clitics the words of the parallel texts decide, after the light stemming of
Larkey, Ballesteros and Connell ("Light Stemming for Arabic Information Retrieval", 2007): what is
left must be a word, and a commoner one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vectorstore.language.tokenise import word_terms
from vectorstore.language.word_lists import ARTICLES, STOP_WORDS
from vectorstore.names.skeletons import is_arabic

_BARE_ARTICLES = ("ال", "لل")
_CONJUNCTIONS = "وف"
_CLITICS = "وفبلك"
# What may follow a stem, longest first: possessives and endings of nouns and verbs; after a
# possessive one more ending.
_ENDINGS = "هما كما تها تهم ته ها هم هن كم نا ات ان ون ين يه ه ي ا ت".split()
_INNER_ENDINGS = "ات ان ون ين ي ت".split()
_SHORTEST = 3  # letters of a stem


@dataclass(frozen=True)
class Stems:
    """The stems of folded words; `counts` says how often each Arabic word, without the article,
    stands in the parallel texts.
    """

    counts: Mapping[str, int]

    def stem(self, word: str) -> str:
        """The stem of a folded word of either language: "حكوم" for "والحكومه" and "حكومات"."""
        return stripped(self.bare(word)) if is_arabic(word) else english_stem(word)

    def bare(self, word: str) -> str:
        """An Arabic word without the clitics before it: "حكومه" for "والحكومه", but "ولد" and
        "والده" as they are.
        """
        if word[:1] in _CONJUNCTIONS and word[1:] in STOP_WORDS:
            return word[1:]
        if (noun := indefinite(word)) != word:
            return noun
        for article in ARTICLES:
            rest = word.removeprefix(article)
            if 1 < len(rest) < len(word) and self._count(rest) >= self._count(word):
                return rest
        return max((word, *rests(word)), key=self._count)  # of equals the first: the word itself

    def _count(self, word: str) -> int:
        return self.counts.get(word, 0)


def english_stem(word: str) -> str:
    """The stem of a folded English word."""
    return word_terms(word)[0]


def indefinite(word: str) -> str:
    """An Arabic word without the article at its very beginning."""
    return next(
        (word[2:] for article in _BARE_ARTICLES if word.startswith(article) and len(word) > 3), word
    )


def stripped(bare: str) -> str:
    """An Arabic word without the endings after its stem."""
    if len(bare) == _SHORTEST:
        return bare.removesuffix("ه")
    return _without(_without(bare, _ENDINGS), _INNER_ENDINGS)


def _without(word: str, endings: list[str]) -> str:
    suffixes = (
        ending
        for ending in endings
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST
    )
    return word.removesuffix(next(suffixes, ""))


def rests(word: str) -> list[str]:
    """What is left of an Arabic word if its first one or two letters are clitics; none if they
    cannot be.
    """
    single = len(word) > _SHORTEST and word[0] in _CLITICS
    double = len(word) > _SHORTEST + 1 and word[0] in _CONJUNCTIONS and word[1] in _CLITICS
    return [word[1:]] * single + [word[2:]] * double


def wrapped(word: str) -> list[str]:
    """The stems that an Arabic word may hold between clitics before and endings after it: "حكوم" in
    "بحكومتهم".
    """
    inner = ((rest, stripped(rest)) for rest in rests(word))
    return [stem for rest, stem in inner if stem != rest and len(stem) > _SHORTEST]
