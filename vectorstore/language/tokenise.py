"""The terms a text is searched by: English stems, Arabic letter 3-grams, plain numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from vectorstore.language.figures.numbers import numbers
from vectorstore.language.normalise import ARABIC_LETTERS, fold
from vectorstore.language.word_lists import ARTICLES, IRREGULAR_FORMS, STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_BRITISH = re.compile(r"isation(?=s?$)")
_ARABIC = re.compile(f"[{ARABIC_LETTERS}]")


def words(text: str) -> list[str]:
    """The folded words of a text in order, without its numbers."""
    return [word.removesuffix("'s") for word in _WORD.findall(fold(text))]


def content_words(text: str) -> list[str]:
    """The words that carry the topic: no stop words, no single letters; numbers in plain form at
    the end.
    """
    topical = [word for word in words(text) if word not in STOP_WORDS and len(word) > 1]
    return topical + [number.value for number in numbers(text)]


def terms(text: str) -> list[str]:
    """What BM25 counts: each content word as its terms, in order."""
    return [term for word in content_words(text) for term in word_terms(word)]


@lru_cache(maxsize=200_000)
def word_terms(word: str) -> tuple[str, ...]:
    """The terms of one folded word.

    A Latin word gives its English Snowball stem, irregular forms brought together first. An Arabic
    word gives its letter 3-grams, which find it behind any clitic and measured better than whole
    words on XQuAD and ARCD; a number gives itself.
    """
    if _ARABIC.search(word):
        bare = _without_article(word)
        return tuple(bare[i : i + 3] for i in range(max(1, len(bare) - 2)))
    return (word,) if word[0].isdigit() else (_stem(word),)


def _without_article(word: str) -> str:
    prefix = next(
        (prefix for prefix in ARTICLES if word.startswith(prefix) and len(word) - len(prefix) > 1),
        "",
    )
    return word.removeprefix(prefix)


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import Stemmer

    return Stemmer.Stemmer("english")


def _stem(word: str) -> str:
    regular = IRREGULAR_FORMS.get(word, word)
    stemmed: str = _stemmer().stemWord(_BRITISH.sub("ization", regular))  # type: ignore[attr-defined]
    return stemmed
