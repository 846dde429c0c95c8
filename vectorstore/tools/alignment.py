"""Which words translate which, learned from pairs of sentences.

IBM Model 1 (Brown, Della Pietra, Della Pietra and Mercer, "The Mathematics of Statistical Machine
Translation", 1993), by expectation maximisation, with a fixed preference for words at the same
place in both sentences (Dyer, Chahuneau and Smith, "A Simple, Fast, and Effective
Reparameterization of IBM Model 2", NAACL 2013). All pairs of words that stand in one pair of
sentences are one long array, so that a round is a few sums over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 8
_TENSION = 4.0  # how fast the preference falls with the distance between the places
_NOBODY = 0.08  # how likely a word translates no word

Ids = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True)
class _Meetings:
    """Each meeting of a source word and a target word: its row among the pairs of words, the target
    word's place in the text, and how likely the two places belong together.
    """

    rows: Ids
    places: Ids
    nearness: Weights
    sources: Ids  # of each row the source word, 0 for none
    targets: Ids


def probabilities(sources: Sequence[Ids], targets: Sequence[Ids]) -> dict[tuple[int, int], float]:
    """For words that meet in a pair of sentences: how likely the source word is translated by the
    target word.

    Sentences are arrays of word numbers from 1; keys are (source, target).
    """
    met = _meetings(sources, targets)
    chance = np.ones(len(met.sources))
    for _ in range(_ROUNDS):
        share = chance[met.rows] * met.nearness
        share /= np.bincount(met.places, share)[met.places]
        expected = np.bincount(met.rows, share, minlength=len(chance))
        chance = expected / np.bincount(met.sources, expected)[met.sources]
    keys = zip(met.sources.tolist(), met.targets.tolist(), strict=True)
    return {key: p for key, p in zip(keys, chance.tolist(), strict=True) if key[0]}


def _meetings(sources: Sequence[Ids], targets: Sequence[Ids]) -> _Meetings:
    lengths = np.array([len(target) for target in targets])
    starts = np.cumsum(lengths) - lengths
    with_none = [np.concatenate(([0], source)) for source in sources]
    pairs = list(zip(with_none, targets, strict=True))
    source = np.concatenate([np.tile(ours, len(theirs)) for ours, theirs in pairs])
    target = np.concatenate([np.repeat(theirs, len(ours)) for ours, theirs in pairs])
    places = [
        np.repeat(np.arange(len(b)) + start, len(a))
        for (a, b), start in zip(pairs, starts, strict=True)
    ]
    size = int(target.max()) + 1
    keys, rows = np.unique(source * size + target, return_inverse=True)
    nearness = np.concatenate([_nearness(len(ours) - 1, len(theirs)) for ours, theirs in pairs])
    return _Meetings(rows, np.concatenate(places), nearness, keys // size, keys % size)


def _nearness(sources: int, targets: int) -> Weights:
    """How likely each target place belongs to no source place and to each of them, target by
    target.
    """
    theirs, ours = np.arange(targets)[:, None] / targets, np.arange(sources)[None, :] / sources
    near = np.exp(-_TENSION * np.abs(theirs - ours))
    near *= (1 - _NOBODY) / near.sum(axis=1, keepdims=True)
    return np.concatenate((np.full((targets, 1), _NOBODY), near), axis=1).ravel()
