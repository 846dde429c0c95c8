"""The order of what was found, spread over outlets and speakers: who is there already weighs less each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.hits import Hit, Part
from rag.recipe import Recipe

_COUNTED = 2  # times that somebody is there already; a pile of one outlet is no worse than three of it


@dataclass(frozen=True)
class Slot:
    """A place in the order that somebody has a right to: those hits are theirs."""

    name: str
    ids: frozenset[str]  # of passages

    def any_of(self, hits: Sequence[Hit]) -> bool:
        return any(hit.passage.id in self.ids for hit in hits)


def spread(hits: Sequence[Hit], k: int, recipe: Recipe, slots: Sequence[Slot] = ()) -> tuple[Hit, ...]:
    """The k best hits in order, each with what it lost to those above it; each slot has at least one of them, if any
    hit is its own.
    """
    left, chosen = list(hits), list[Hit]()
    outlets: Counter[str] = Counter()
    speakers: Counter[str] = Counter()
    while left and len(chosen) < k:
        due = [slot for slot in slots if not slot.any_of(chosen) and slot.any_of(left)]
        owed = [hit for hit in left if any(slot.any_of([hit]) for slot in due)] if len(due) >= k - len(chosen) else []
        best = max(
            owed or left, key=lambda hit: hit.score - _lost(hit, outlets, speakers, recipe)
        )  # the first of equals
        left.remove(best)
        chosen.append(_less(best, outlets, speakers, recipe))
        outlets.update(_outlet(best))
        speakers.update(_speaker(best))
    return tuple(chosen)


def _lost(hit: Hit, outlets: Counter[str], speakers: Counter[str], recipe: Recipe) -> float:
    return sum(part.value for part in _penalties(hit, outlets, speakers, recipe))


def _less(hit: Hit, outlets: Counter[str], speakers: Counter[str], recipe: Recipe) -> Hit:
    lost = tuple(Part(part.name, -round(part.value, 6)) for part in _penalties(hit, outlets, speakers, recipe))
    return replace(hit, score=round(hit.score + sum(part.value for part in lost), 6), parts=hit.parts + lost)


def _penalties(hit: Hit, outlets: Counter[str], speakers: Counter[str], recipe: Recipe) -> Iterator[Part]:
    for name, seen, weight, own in (
        ("outlet again", outlets, recipe.outlet_again, _outlet(hit)),
        ("speaker again", speakers, recipe.holder_again, _speaker(hit)),
    ):
        if lost := weight * sum(min(seen[one], _COUNTED) for one in own):
            yield Part(name, lost)


def _outlet(hit: Hit) -> tuple[str, ...]:
    return (hit.article.outlet or hit.article.id,)


def _speaker(hit: Hit) -> tuple[str, ...]:
    """Whoever answers for most of a passage."""
    told = hit.passage.mostly_told(hit.passage.start, hit.passage.end).holder
    return (told.name,) if told.name else ()
