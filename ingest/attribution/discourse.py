"""Who is on the scene at a place of the text: the people named so far and those who spoke, latest
last.
"""

from __future__ import annotations

from bisect import bisect_left, insort, insort_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from ingest.attribution.spans import Mention
from vectorstore.records import Holder

_AT = itemgetter(0)
_LONGEST_SENTENCE = 1_200  # characters within which speakers are not in the order of the text
_MOST_NAMED = 500  # names that are looked back at


class Speaking(NamedTuple):
    """A holder who said something at a place, and the words that stood for them there."""

    at: int
    holder: Holder
    mention: Mention


@dataclass
class Discourse:
    """What a pronoun or a description can go back to. Names inside quotations do not count."""

    sentence: int = 0  # where the sentence begins that is being read
    before: int = 0  # and the one before it
    named: list[tuple[int, str]] = field(default_factory=list)
    spoke: list[Speaking] = field(default_factory=list)
    # several people or a body who said nothing
    groups: list[Speaking] = field(default_factory=list)
    _first: dict[tuple[str, str | None], Holder] = field(default_factory=dict)

    def open(self, start: int) -> None:
        """Notes that a sentence begins."""
        if start > self.sentence:
            self.before, self.sentence = self.sentence or start, start

    def name(self, at: int, name: str) -> None:
        insort(self.named, (at, name))

    def speak(self, heard: Speaking) -> None:
        self.spoke.append(heard)

    def group(self, heard: Speaking) -> None:
        # of two that end alike the first is the longer one
        insort_left(self.groups, heard, key=_AT)

    def name_group(self, head: str, number: str | None, holder: Holder) -> None:
        """Notes the first mention of a group by its head noun."""
        self._first.setdefault((head, number), holder)

    def first_group(self, head: str, number: str | None) -> Holder | None:
        return self._first.get((head, number))

    def names_in(self, start: int, end: int) -> list[str]:
        """The people named from `start` on and before `end`, in order; of very many the last
        ones.
        """
        return [name for _, name in self.places_in(start, end)]

    def places_in(self, start: int, end: int) -> list[tuple[int, str]]:
        """Where people are named from `start` on and before `end`; of very many the last places."""
        last = bisect_left(self.named, end, key=_AT)
        return self.named[max(bisect_left(self.named, start, key=_AT), last - _MOST_NAMED) : last]

    def speakers(self, until: int, reach: int) -> Iterator[Speaking]:
        """Who spoke up to a place and at most `reach` characters before it, the last one first."""
        return _backwards(self.spoke, until, reach)

    def heard(self, until: int, reach: int) -> list[Speaking]:
        """Speakers and groups up to a place and at most `reach` characters before it, the last one
        first.
        """
        both = [*_backwards(self.spoke, until, reach), *_backwards(self.groups, until, reach)]
        return sorted(both, key=lambda heard: -heard.at)


def _backwards(speakings: list[Speaking], until: int, reach: int) -> Iterator[Speaking]:
    """The last first; in one sentence the last is who tells it all: "According to Orlen, the mayor
    said ...".
    """
    for heard in reversed(speakings):
        if heard.at < until - reach - _LONGEST_SENTENCE:
            return
        if until - reach <= heard.at <= until:
            yield heard
