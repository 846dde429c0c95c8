"""The order of what was found, spread over outlets and speakers: who is there already weighs less
each time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.retrieval.results import Hit, Part
from rag.retrieval.weights import SearchWeights

# times that somebody is there already; a pile of one outlet is no worse than three of it
_COUNTED = 2


@dataclass(frozen=True)
class RankedPlace:
    """A place in the order that somebody has a right to: those hits are theirs."""

    name: str
    ids: frozenset[str]  # of passages

    def any_of(self, hits: Sequence[Hit]) -> bool:
        return any(hit.passage.id in self.ids for hit in hits)


def spread(
    hits: Sequence[Hit], k: int, recipe: SearchWeights, slots: Sequence[RankedPlace] = ()
) -> tuple[Hit, ...]:
    """The k best hits in order, each with what it lost to those above it; each slot has at least
    one of them, if any hit is its own.
    """
    left, chosen, above = sorted(hits, key=lambda hit: -hit.score), list[Hit](), _Above(recipe)
    while left and len(chosen) < k:
        due = [slot for slot in slots if not slot.any_of(chosen) and slot.any_of(left)]
        owed = (
            [hit for hit in left if any(slot.any_of([hit]) for slot in due)]
            if len(due) >= k - len(chosen)
            else []
        )
        best = above.best(owed or left)
        left.remove(best)
        chosen.append(_less(best, above.lost(best)))
        above.add(best)
    return tuple(chosen)


class _Above:
    """Who stands above in the order, and how often."""

    def __init__(self, recipe: SearchWeights) -> None:
        self._recipe = recipe
        self._outlets: Counter[str] = Counter()
        self._speakers: Counter[str | None] = Counter()

    def add(self, hit: Hit) -> None:
        self._outlets[_outlet(hit)] += 1
        if speaker := _speaker(hit):
            self._speakers[speaker] += 1

    def best(self, hits: Sequence[Hit]) -> Hit:
        """The hit that has most after what it loses, the first of equals; `hits` are in the order
        of their scores.
        """
        best, most = hits[0], -math.inf
        for hit in hits:
            if hit.score <= most:  # and so are all that follow
                break
            if (left := hit.score - sum(self.lost(hit))) > most:
                best, most = hit, left
        return best

    def lost(self, hit: Hit) -> tuple[float, float]:
        """What a hit loses for its outlet, and for its speaker."""
        return (
            self._recipe.outlet_again * min(self._outlets[_outlet(hit)], _COUNTED),
            self._recipe.holder_again * min(self._speakers[_speaker(hit)], _COUNTED),
        )


def _less(hit: Hit, lost: tuple[float, float]) -> Hit:
    losses = zip(("outlet again", "speaker again"), lost, strict=True)
    parts = tuple(Part(name, -round(value, 6)) for name, value in losses if value)
    return replace(
        hit, score=round(hit.score + sum(part.value for part in parts), 6), parts=hit.parts + parts
    )


def _outlet(hit: Hit) -> str:
    return hit.article.outlet or hit.article.id


def _speaker(hit: Hit) -> str | None:
    """Whoever answers for most of a passage."""
    return hit.passage.mostly_told(hit.passage.start, hit.passage.end).holder.name
