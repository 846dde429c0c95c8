"""What a text claims and what it denies: the stems of its words, those a negation reaches, and
their opposites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from vectorstore.bilingual.lexicon import stem_of
from vectorstore.language.normalise import fold
from vectorstore.language.opposites import BREAKS, CLAUSAL, FAILURES, NEGATORS, OPPOSITES
from vectorstore.language.tokenise import content_words, words
from vectorstore.language.word_lists import STOP_WORDS

_CLAUSE = re.compile(r"[.,;:!?()—–\n،؛؟]|\s-\s")
# Words that deny and do not: "no fewer than", "nothing but", "not only", "لا يزال" (still), "لم ...
# إلا" (only).
_NO_NEGATION = re.compile(
    r"\b(?:no|nothing|not)"
    r" (?:fewer|less|more|later|sooner|earlier|under|below|except|but|only)\b|\bno(?=\s*[.,:;!?]|$)"
    r"|(?<!\w)[وف]?(?:لا|لم|لن|ما) (?:[يت]?زا?ل\w*)|(?<!\w)[وف]?(?:لا|لم|لن)(?= \w+(?: \w+)?"
    r" الا(?!\w))"
)
# Words that a stemmer takes for kin of others, which have opposites: what follows one after the
# other is no success.
_NO_KIN = dict.fromkeys("successive successively succession".split(), "consecutive")
_THAT_NOT = re.compile(r"(?<!\w)و?ألّ?ا(?!\w)")  # folded it would be "except"
# "Unanswered" denies as "not answered" does.
_UN = re.compile(
    r"un(?!it|ion|iv|iq|der|til|less|cle)\w{3,}(?:ed|en|able|paid|known|said|told|sent|built|sold|clear|fair|true)(?:ly)?"
)
CAPITALS = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w’'-]*")
_ORIGIN = re.compile(r"^(?:ال)?[\u0621-\u064a]{3,}(?:ي|يه)$")
_REACH = 4  # words after a negator that it denies


@dataclass(frozen=True)
class Claim:
    """The stems of a text's content words, those of them that are denied, and the stems of what is
    opposite to them.

    The opposite of a denied word is not claimed: "did not win" has neither "lose" nor "win" on its
    side.
    """

    stems: frozenset[str]
    denied: frozenset[str]
    opposites: frozenset[str]
    negations: int = 0  # words that deny others

    @property
    def asserted(self) -> frozenset[str]:
        return self.stems - self.denied

    @property
    def firm(self) -> frozenset[str]:
        """What is asserted without its opposite."""
        return self.asserted - self.opposites

    def contradicts(self, other: Claim) -> frozenset[str]:
        """The stems about which one claims what the other denies, or the opposite of what it
        claims.

        Two that deny something in common do not deny each other, and who claims both sides of a
        thing opposes nobody.
        """
        denied = (self.denied & other.asserted) | (other.denied & self.asserted)
        turned = self.turned(other)
        return turned if self.denied & other.denied else denied | turned

    def turned(self, other: Claim) -> frozenset[str]:
        """The stems of which one claims the opposite of what the other claims."""
        return (self.opposites & other.firm - self.stems) | (
            other.opposites & self.firm - other.stems
        )


@lru_cache(maxsize=4096)
def claim(text: str) -> Claim:
    """What a text claims."""
    stems: set[str] = set()
    denied: set[str] = set()
    opposites: set[str] = set()
    negations = 0
    for spoken, negated in _words(text):
        if spoken is None:
            negations += 1
            continue
        stems.add(word_stem := stem(spoken))
        if negated:
            denied.add(word_stem)
        else:
            opposites.update(stem(word) for word in OPPOSITES.get(spoken, ()))
    return Claim(frozenset(stems), frozenset(denied), frozenset(opposites), negations)


def name_stems(question: str, named: Iterable[str]) -> frozenset[str]:
    """The stems of the names in a question, which nobody denies: "no Northern boat" says nothing
    against the North.

    Besides those of the holders it has `named`, its capitalised words, and in Arabic its adjectives
    of origin.
    """
    words = chain.from_iterable(map(content_words, named))
    capitals = chain.from_iterable(map(content_words, CAPITALS.findall(question)))
    origins = (word for word in content_words(question) if _ORIGIN.search(word))
    return frozenset(stem(word) for word in (*words, *capitals, *origins))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word of either language."""
    return stem_of(_NO_KIN.get(word, word))


def _words(text: str) -> Iterator[tuple[str | None, bool]]:
    """The content words of a text, each with whether a negation reaches it; None for a negator,
    which is no word.
    """
    plain = _THAT_NOT.sub("أن لا", text)
    for clause in _CLAUSE.split(_NO_NEGATION.sub(" ", fold(plain))):
        reach, before = 0, ""
        for word in words(clause):
            if before in FAILURES:
                reach = _REACH if word in FAILURES[before] else 0
                yield from [(None, False)] * (reach > 0)
            # "denied that it broke" denies it
            ends = word in BREAKS and not (word in CLAUSAL and reach == _REACH)
            before = word
            if _negates(word):
                reach = _REACH
                yield None, False
                # "rejected" denies what follows, and is the opposite of "accepted"
                if word in OPPOSITES:
                    yield word, False
                continue
            reach = 0 if ends else reach
            if word in FAILURES or (word not in STOP_WORDS and len(word) > 1):
                yield word, reach > 0
            reach -= reach > 0 and word not in FAILURES and word not in CLAUSAL


def _negates(word: str) -> bool:
    joined = word[0] in "وف" and word[1:] in NEGATORS
    return word in NEGATORS or joined or word.endswith("n't") or _UN.fullmatch(word) is not None
