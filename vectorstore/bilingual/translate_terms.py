"""Texts of both languages in one form, in which BM25 compares them: English words, and the sounds
of names.

An Arabic word gives its likely translations (the more, the more likely one of them is the asker's
word), a name its consonants, which are alike in both scripts (`skeletons`). The sounds are written
in Greek letters: they are no English words and no stemmer touches them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vectorstore.bilingual.lexicon import Lexicon, is_translated, open_lexicon
from vectorstore.bilingual.stems import rests
from vectorstore.language.tokenise import content_words
from vectorstore.language.word_lists import STOP_WORDS
from vectorstore.names.skeletons import is_arabic, skeletons

_MOST = 5  # translations of a word
# of the best translation's score, for others: the right word missing costs more than a wrong one
# more
_NEAR = 0.1
_SHORTEST = 2  # consonants of a name whose sounds are compared
_GREEK = str.maketrans("PTFKHSMNLR", "πτφκχσμνλρ")
# at the head of a sentence it says nothing
_CAPITAL = re.compile(r"(?:(?<=[^.!?:\s]\s)|(?<=[-'’]))[A-ZÀ-Þ][^\W_]*")


def crossed(text: str) -> str:
    """A passage or a question in the common form: English content words, numbers, sounds of names.

    For BM25 only (`vectorstore.search.bm25`): an embedder reads `Lexicon.gloss` better, and a
    person too.
    """
    capitals = {word for name in _CAPITAL.findall(text) for word in content_words(name)}
    written = content_words(text)
    return " ".join(term for word in written for term in _word(word, word in capitals))


@lru_cache(maxsize=1 << 17)
def _word(word: str, capital: bool) -> tuple[str, ...]:
    if word[0].isdigit():
        return (word,)
    if is_arabic(word):
        return _arabic(word, open_lexicon())
    return (word, *(sounds(word) if capital or not is_translated(word) else ()))


def _arabic(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The likely translations; the sounds of a word that has none, or is spelled by ear in the
    best.
    """
    bare = lexicon.stems.bare(word)
    if bare in STOP_WORDS:
        return ()
    translations = lexicon.translations(word, "en")
    if not translations:  # nobody knows whether a name's first letter is a clitic
        forms = (bare, *(rests(bare) if bare == word else ()))
        return tuple(dict.fromkeys(sound for form in forms for sound in sounds(form)))
    near = tuple(
        english for english, score in translations[:_MOST] if score >= _NEAR * translations[0][1]
    )
    by_ear = set(sounds(bare)) & set(sounds(near[0]))
    return (*near, *(sounds(bare) if by_ear else ()))


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> tuple[str, ...]:
    """The consonants of a word in each way it may be read; none for a word with fewer than two."""
    return tuple(
        sorted(
            skeleton.translate(_GREEK) for skeleton in skeletons(word) if len(skeleton) >= _SHORTEST
        )
    )
