"""What a text claims and what it denies: the stems of its words, those a negation reaches, and their opposites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from vectorstore.language.folding import fold
from vectorstore.language.opposites import BREAKS, FAILURES, NEGATORS, OPPOSITES
from vectorstore.language.tables import STOP_WORDS
from vectorstore.language.words import content_words, words
from vectorstore.lexicon.lexicon import open_lexicon

_CLAUSE = re.compile(r"[.,;:!?()—–\n،؛؟]|\s-\s")
_CAPITAL = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w’'-]*")
_ORIGIN = re.compile(r"^(?:ال)?[\u0621-\u064a]{3,}(?:ي|يه)$")
_REACH = 4  # words after a negator that it denies


@dataclass(frozen=True)
class Claim:
    """The stems of a text's content words, those of them that are denied, and the stems of what is opposite to them.

    The opposite of a denied word is not claimed: "did not win" has neither "lose" nor "win" on its side.
    """

    stems: frozenset[str]
    denied: frozenset[str]
    opposites: frozenset[str]

    @property
    def asserted(self) -> frozenset[str]:
        return self.stems - self.denied

    @property
    def firm(self) -> frozenset[str]:
        """What is asserted without its opposite."""
        return self.asserted - self.opposites

    def contradicts(self, other: Claim) -> frozenset[str]:
        """The stems about which one claims what the other denies, or the opposite of what it claims.

        Two that deny something in common do not deny each other, and who claims both sides of a thing opposes nobody.
        """
        denied = (self.denied & other.asserted) | (other.denied & self.asserted)
        turned = (self.opposites & other.firm - self.stems) | (other.opposites & self.firm - other.stems)
        return turned if self.denied & other.denied else denied | turned


@lru_cache(maxsize=4096)
def claim(text: str) -> Claim:
    """What a text claims."""
    stems: set[str] = set()
    denied: set[str] = set()
    opposites: set[str] = set()
    for told, negated in _words(text):
        stems.add(found := stem(told))
        if negated:
            denied.add(found)
        else:
            opposites.update(stem(word) for word in OPPOSITES.get(told, ()))
    return Claim(frozenset(stems), frozenset(denied), frozenset(opposites))


def name_stems(question: str, named: Iterable[str]) -> frozenset[str]:
    """The stems of the names in a question, which nobody denies: "no Northern boat" says nothing against the North.

    Besides those of the holders it has `named`, its capitalised words, and in Arabic its adjectives of origin.
    """
    words = (word for name in named for word in content_words(name))
    capitals = (word for name in _CAPITAL.findall(question) for word in content_words(name))
    origins = (word for word in content_words(question) if _ORIGIN.search(word))
    return frozenset(stem(word) for word in (*words, *capitals, *origins))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word of either language."""
    return open_lexicon().stems.stem(word)


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The content words of a text, each with whether a negation reaches it; a negator is none itself."""
    for clause in _CLAUSE.split(fold(text)):
        reach, before = 0, ""
        for word in words(clause):
            if before in FAILURES:
                reach = _REACH if word in FAILURES[before] else 0
            before = word
            if word in FAILURES:
                yield word, reach > 0
                continue
            if word in NEGATORS or word.endswith("n't"):
                reach = _REACH
                if word in OPPOSITES:  # "failed" denies what follows, and is the opposite of "succeeded"
                    yield word, False
                continue
            if word in BREAKS:
                reach = 0
            if word not in STOP_WORDS and len(word) > 1:
                yield word, reach > 0
            reach -= reach > 0
