"""What a question seeks, and how far a text gives such a thing: a figure of what it counts, a time,
somebody's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.semantics.kinds import Kind, holds, kind_of
from rag.semantics.quantities import Quantity, common_stems, figures, person_stems
from vectorstore.bilingual.lexicon import is_translated
from vectorstore.language.detect import script_of
from vectorstore.language.months import MONTHS
from vectorstore.language.normalise import fold
from vectorstore.language.time.periods import names_time
from vectorstore.language.tokenise import content_words
from vectorstore.language.word_lists import STOP_WORDS

# What stands behind "how many": the thing that a figure is to count.
_HOW_MANY = re.compile(
    r"\b(?:how many|number of)\s+((?:[\w'-]+\s*){1,3})|(?:^|\s)و?(?:(?:كم (?:[يت]?بلغت?"
    r" )?)?عدد|كم)\s+(\w+)"
)
_PERSON = re.compile(
    r"^(?:and |but |so )?(?:who|whom|whose)\b|\bwho\?$|^(?:what|which) (?:is |was |were |are"
    r" )?(?:the )?names?\b"
    r"|^names? of\b|^و?من (?:هو|هي|هم|الذي|التي)\b"
)
_PLACE = re.compile(
    r"^(?:and |but |so )?where\b|^و?اين\b|\b(?:which|what) (?:country|city|town|village|region)\b"
)
_CAPITAL = re.compile(r"[A-ZÀ-Þ][\w’'-]+")
_SENTENCE = re.compile(r"(?<=[?؟])\s+")
_HEAD = re.compile(r"(?:^|[.!?:؟]\s+|\n)[\"'“”‘«(]*$")
_MEASURES = ("length", "area", "weight", "duration")
_OTHER = 0.5  # what a figure of another thing is worth


@dataclass(frozen=True)
class AnswerType:
    """The kind of thing that a question asks for, the stems of what it counts, and the words that
    it has itself.
    """

    kind: Kind | None
    counted: frozenset[str]
    own: frozenset[str]

    @classmethod
    def of(cls, question: str, carried: bool = False) -> AnswerType:
        """What a question seeks; of one that was `carried` from others, its last sentence."""
        question = _SENTENCE.split(question.rstrip("?؟ "))[-1] + "?" if carried else question
        folded = fold(question)
        kind = kind_of(question)
        if kind is None and _PERSON.search(folded):
            kind = "person"
        if kind is None and _PLACE.search(folded):
            kind = "place"
        counted = next((english or arabic for english, arabic in _HOW_MANY.findall(folded)), "")
        return cls(
            kind,
            common_stems(counted) if kind == "number" else frozenset(),
            frozenset(content_words(question)),
        )

    def given_by(self, text: str) -> float:
        """How far (0 to 1) a text gives such a thing; 1 where nothing of a kind is asked for."""
        if self.kind is None:
            return 1.0
        if self.kind in ("person", "place"):
            return float(self._names_another(text))
        if self.kind == "number" and self.counted:
            return max(map(self._counts, figures(text)), default=_OTHER * holds(text, "number"))
        if self.kind in _MEASURES and not holds(text, self.kind):
            # "forty of them", "until May"
            return _OTHER * (holds(text, "number") or holds(text, "date"))
        return float(holds(text, self.kind))

    def _counts(self, figure: Quantity) -> float:
        """How far a figure counts what is asked for: 1 for the same thing, or for people where
        people are counted.
        """
        persons = person_stems()
        both = bool(self.counted & persons and figure.counted & persons)
        return 1.0 if not figure.unit and (both or figure.counted & self.counted) else _OTHER

    def _names_another(self, text: str) -> bool:
        """Whether a text has a name that is not in the question; in Arabic, which has no capitals,
        any may.

        A capitalised word is a name unless it is a month, a day or, at the head of a sentence, a
        word of the language.
        """
        if script_of(text) == "arabic":
            return True
        heads = []
        for match in _CAPITAL.finditer(text):
            if not self._may_name_another(match.group()):
                continue
            if not _HEAD.search(text[: match.start()]):
                return True
            heads.append(fold(match.group()))
        return not all(map(is_translated, heads))

    def _may_name_another(self, word: str) -> bool:
        folded = fold(word)
        is_word = folded in MONTHS or folded in STOP_WORDS or names_time(folded)
        return not is_word and not self.own.intersection(content_words(word))
