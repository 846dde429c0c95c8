"""How likely the cited words support a sentence, by the words that the two share: a calibrated
lexical score.

Logistic regression over a few shares. `weights.toml` beside this file has its weights, the figures
of their making and the command that makes them again (eval/judges/calibrate.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from math import exp

from rag.answer import Citation
from rag.verification.evidence import CitedEvidence
from vectorstore.language.figures.amounts import amounts, in_digits
from vectorstore.language.time.times import without_hours
from vectorstore.language.tokenise import content_words

_NAME = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w’'-]*")

Features = Mapping[str, float]


@dataclass(frozen=True)
class Weights:
    """What each feature adds to the log-odds, and the score from which a sentence counts as
    supported.
    """

    base: float
    features: Mapping[str, float]
    enough: float

    def likelihood(self, features: Features) -> float:
        """How likely (0 to 1) a sentence with these features is supported."""
        return 1 / (
            1
            + exp(
                -self.base - sum(weight * features[name] for name, weight in self.features.items())
            )
        )


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """The weights of `weights.toml`."""
    table = tomllib.loads(
        files("rag.verification").joinpath("weights.toml").read_text(encoding="utf-8")
    )
    return Weights(table["base"], table["features"], table["enough"])


def overlap(sentence: str, citations: Sequence[Citation]) -> float:
    """How likely (0 to 1) the cited words, with who stands behind them, support a sentence."""
    return shipped_weights().likelihood(
        features_of(sentence, CitedEvidence.of(sentence, citations))
    )


def features_of(sentence: str, grounds: CitedEvidence) -> Features:
    """Shares (0 to 1) of a sentence that its grounds have; of nothing, all.

    Of its words in the best three cited sentences (`words`), of its capitalised words after the
    first (`names`), and of its `numbers`.
    """
    sentence_words = frozenset(content_words(in_digits(sentence)))
    shared = [
        frozenset(word for word in sentence_words if grounds.have(word, cited))
        for cited in grounds.by_sentence
    ]
    named = list(chain.from_iterable(map(content_words, _NAME.findall(sentence))))
    numbers = frozenset(amounts(without_hours(in_digits(sentence))))
    have = frozenset(amounts(grounds.words)) | frozenset(amounts(grounds.behind))
    return {
        "words": _share(len(_best_three(shared)), len(sentence_words)),
        "names": _share(sum(map(grounds.have_name, named)), len(named)),
        "numbers": _share(len(numbers & have), len(numbers)),
    }


def _share(part: int, all_of_them: int) -> float:
    return part / all_of_them if all_of_them else 1.0


def _best_three(shared: Sequence[frozenset[str]]) -> frozenset[str]:
    """What the three sets have that together have most, each the best beside those before."""
    have = frozenset[str]()
    for _ in range(3):
        have |= max(shared, key=lambda word_set: len(have | word_set))
    return have
