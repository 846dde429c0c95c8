"""The names in use that are one holder's, while they are being found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from vectorstore.names.aliases import Alias
from vectorstore.names.keys import name_key
from vectorstore.names.person import PersonName, read_person, same_person
from vectorstore.names.skeletons import is_arabic


@dataclass(frozen=True)
class WrittenName:
    """A name in use: every way of writing it that differs in nothing but marks and titles, with its
    count.
    """

    key: str
    names: tuple[tuple[str, int], ...]
    person: PersonName

    @property
    def count(self) -> int:
        return sum(count for _, count in self.names)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(name_key(name) for name, _ in self.names)

    @property
    def fullest_first(self) -> tuple[object, ...]:
        """What sorts the fullest before others, Latin script before Arabic, the frequent before the
        rare.
        """
        words, length = self.person.fullness
        return (-words, -length, is_arabic(self.key), -self.count, self.key)


@dataclass(eq=False)
class NameCluster:
    """Names of one holder. `seeds` are the people that its alias names, `never` the keys that its
    alias refuses.
    """

    alias: Alias | None = None
    names: list[tuple[str, int]] = field(default_factory=list)
    full: list[PersonName] = field(default_factory=list)
    seeds: tuple[PersonName, ...] = ()
    never: frozenset[str] = frozenset()

    @classmethod
    def of(cls, alias: Alias) -> NameCluster:
        """A group without names in use, for an alias."""
        seeds = tuple(person for person in map(read_person, alias.names) if not person.described)
        return cls(alias, seeds=seeds, never=frozenset(map(name_key, alias.never)))

    @property
    def surnames(self) -> frozenset[str]:
        return frozenset(
            surname for person in (*self.full, *self.seeds) for surname in person.surnames
        )

    def takes(self, written: WrittenName) -> bool:
        """Whether a full name can be one with all full names here, and with one that the alias
        gives.
        """
        seeded = not self.seeds or any(same_person(seed, written.person) for seed in self.seeds)
        return (
            seeded
            and not self.refuses(written)
            and all(same_person(person, written.person) for person in self.full)
        )

    def refuses(self, written: WrittenName) -> bool:
        return bool(self.never) and not self.never.isdisjoint(written.keys)

    def add(self, written: WrittenName) -> None:
        """Takes a name in. A bare surname brings nothing in with it."""
        self.names.extend(written.names)
        self.full.extend([written.person] if written.person.full else [])


def read_written(names: Mapping[str, int], key: Callable[[str], str]) -> Iterator[WrittenName]:
    """The names with their counts, those of one key together."""
    ways = defaultdict(list)
    for name in sorted(names):
        ways[key(name)].append((name, names[name]))
    for spelled, spellings in ways.items():
        people = (read_person(name) for name, _ in spellings)
        yield WrittenName(
            spelled,
            tuple(spellings),
            max(people, key=lambda person: (person.fullness, person.words)),
        )
