"""The lexicon in use: translations of a word, and word-for-word glosses of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from vectorstore.bilingual.stems import Stems, english_stem, wrapped
from vectorstore.bilingual.table import Senses, Table, read_english, read_table
from vectorstore.bilingual.transliterate import arabised, romanised
from vectorstore.language.figures.numbers import numbers
from vectorstore.language.normalise import fold
from vectorstore.language.tokenise import words
from vectorstore.names.skeletons import is_arabic

Language = Literal["en", "ar"]
Translations = tuple[tuple[str, float], ...]

# the weight of what the table over Arabic words says; the table over stems has the rest
_WORDS = 0.7
_MARK = re.compile(r"[.!?؟,،;؛:]")
_MARKS = {"en": str.maketrans("؟،؛", "?,;"), "ar": str.maketrans("?,;", "؟،؛")}
_PIECE = re.compile(rf"[^\W\d_]+(?:['’][^\W\d_]+)*|{_MARK.pattern}")


# one lexicon is itself only, so that what is found in it can be cached
@dataclass(frozen=True, eq=False)
class Lexicon:
    """What words mean in the other language, by Arabic words and, for forms that these do not know,
    by Arabic stems.
    """

    table: Table
    stems: Stems

    @classmethod
    def of(cls, table: Table) -> Lexicon:
        """The lexicon of a table."""
        return cls(table, Stems(table.counts))

    @cached_property
    def words_to_arabic(self) -> Senses:
        return _turned(self.table.words)

    @cached_property
    def stems_to_arabic(self) -> Senses:
        return _turned(self.table.stems)

    def translations(self, word: str, to: Language) -> Translations:
        """The translations of a word with how well they fit (above 0 to 1), best first; none for an
        unknown word and for a word of the language itself. Arabic ones come without article and
        clitics.
        """
        parts = words(word)
        if not parts or not _foreign(parts[0], to):
            return ()
        return self._to_english(parts[0]) if to == "en" else self._to_arabic(parts[0])

    def gloss(self, text: str, to: Language) -> str:
        """The text word for word in the other language, in its order: each word by its best
        translation, numbers in plain form, sentence marks kept, an unknown word spelled in the
        other script. It reads badly, and it is no translation: show it as a gloss.
        """
        glosses = []
        for piece in _pieces(text):
            if _MARK.fullmatch(piece):
                glosses.append(piece.translate(_MARKS[to]))
            else:
                glosses.append(f" {self._glossed(piece, to)}")
        return "".join(glosses).strip()

    def _to_english(self, word: str) -> Translations:
        by_stem = self.table.stems
        scores = _mixed(
            self.table.words.get(self.stems.bare(word), {}), by_stem.get(self.stems.stem(word), {})
        )
        inner = next((by_stem[stem] for stem in wrapped(word) if stem in by_stem), {})
        return _best_first(
            (self.table.english[root], score)
            for root, score in (scores or _mixed({}, inner)).items()
        )

    def _to_arabic(self, word: str) -> Translations:
        stem = self.stems.stem(word)
        by_root = {
            self.table.arabic[root]: score
            for root, score in self.stems_to_arabic.get(stem, {}).items()
        }
        return _best_first(_mixed(self.words_to_arabic.get(stem, {}), by_root).items())

    def _glossed(self, word: str, to: Language) -> str:
        if not _foreign(word, to):
            return word
        translations = self.translations(word, to)
        if translations:
            return translations[0][0]
        return romanised(self.stems.bare(fold(word))) if to == "en" else arabised(word)


@lru_cache(maxsize=1)
def open_lexicon() -> Lexicon:
    """The lexicon that the package carries, read once."""
    return Lexicon.of(read_table())


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return read_english()


def is_translated(word: str) -> bool:
    """Whether an English word has Arabic translations; all but the English stems stays unopened."""
    parts = words(word)
    return bool(parts) and not is_arabic(parts[0]) and english_stem(parts[0]) in _english()


def stem_of(word: str) -> str:
    """The stem of a folded word of either language; the lexicon is opened for Arabic ones only."""
    return open_lexicon().stems.stem(word) if is_arabic(word) else english_stem(word)


def glossed(text: str, language: str | None, to: str) -> str | None:
    """The gloss of a text for readers of English or Arabic; None for a text that they read, and for
    other languages.
    """
    if {language, to} != {"en", "ar"}:
        return None
    return open_lexicon().gloss(text, "en" if to == "en" else "ar")


def _foreign(word: str, to: Language) -> bool:
    """Whether a word is not of the language it is wanted in; a number is of every language."""
    return is_arabic(word) == (to == "en") and not word[0].isdigit()


def _pieces(text: str) -> list[str]:
    """Words, numbers in plain form, and sentence marks, in order."""
    pieces = {
        match.start(): match.group() for match in _PIECE.finditer(text) if fold(match.group())
    }
    for number in numbers(text):
        inside = range(number.start, number.end)
        pieces = {at: piece for at, piece in pieces.items() if at not in inside} | {
            number.start: number.value
        }
    return [pieces[at] for at in sorted(pieces)]


def _mixed(by_word: Mapping[str, float], by_stem: Mapping[str, float]) -> dict[str, float]:
    """Both tables' scores, weighed: the one over words is right more often, the one over stems
    knows more.
    """
    all_words = {**by_word, **by_stem}
    return {
        word: _WORDS * by_word.get(word, 0) + (1 - _WORDS) * by_stem.get(word, 0)
        for word in all_words
    }


def _best_first(scored: Iterable[tuple[str, float]]) -> Translations:
    return tuple(
        sorted(
            ((word, round(score, 3)) for word, score in scored), key=lambda row: (-row[1], row[0])
        )
    )


def _turned(senses: Senses) -> Senses:
    """The same pairs by their English stems."""
    turned: dict[str, dict[str, float]] = {}
    for arabic, scores in senses.items():
        for english, score in scores.items():
            turned.setdefault(english, {})[arabic] = score
    return turned
