"""Names of holders across articles: which are one holder's, under what name it is shown, and whom a
question names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from vectorstore.names.aliases import Alias, Aliases
from vectorstore.names.cluster import NameCluster
from vectorstore.names.cluster_organisations import group_bodies
from vectorstore.names.cluster_people import group_people
from vectorstore.names.finder import HolderFinder, KnownHolder
from vectorstore.names.keys import name_key
from vectorstore.names.organisation import read_body
from vectorstore.names.person import read_person
from vectorstore.names.skeletons import is_arabic
from vectorstore.records import HolderType

Sort = Literal["person", "body", "unnamed"]


@dataclass(frozen=True)
class NameUse:
    """A name as the reader of one article found it, and how often."""

    name: str
    type: HolderType
    count: int = 1


@dataclass(frozen=True)
class NamedHolder:
    """One holder: the name to show, all its spellings in use, the most frequent first, and those
    its alias adds.
    """

    name: str
    sort: Sort
    spellings: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class HolderDirectory:
    """The holders of a corpus by their names."""

    holders: tuple[NamedHolder, ...] = ()
    aliases: Mapping[str, Alias] = field(default_factory=dict)

    def canonical(self, name: str) -> str:
        """The name to show for a name in use or an alias; any other name is itself."""
        if holder := self._by_spelling.get(name):
            return holder.name
        alias = self.aliases.get(name_key(name))
        return alias.name if alias else name

    def variants(self, canonical: str) -> tuple[str, ...]:
        """All spellings in use of one holder, the most frequent first; none for a name that nobody
        is shown under.
        """
        named = self._by_name.get(canonical)
        return named.spellings if named else ()

    def named_in(self, text: str) -> tuple[str, ...]:
        """The holders, by the name to show, that a text in English or Arabic names, in the order of
        their appearance.

        A person is named by the full name, by a surname that nobody else has, or by a spelling of
        either; an organisation or outlet by its whole name or its acronym.
        """
        return self._mentions.named_in(text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names under which holders are shown."""
        return frozenset(named.name for named in self.holders)

    @cached_property
    def _by_spelling(self) -> dict[str, NamedHolder]:
        return {spelling: named for named in self.holders for spelling in named.spellings}

    @cached_property
    def _by_name(self) -> dict[str, NamedHolder]:
        return {named.name: named for named in self.holders}

    @cached_property
    def _mentions(self) -> HolderFinder:
        known = (named for named in self.holders if named.sort != "unnamed")
        return HolderFinder(
            KnownHolder(n.name, n.sort == "person", n.spellings + n.aliases) for n in known
        )


def read_naming(uses: Iterable[NameUse], aliases: Aliases = Aliases()) -> HolderDirectory:
    """The holders that these names stand for. The order of the uses plays no part.

    A person and a body (an organisation, an outlet) are never one; of a name used of both, the
    commoner use counts. An `author` may be an outlet: it is a person unless the same name is used
    of a body.
    """
    known = aliases.by_key()
    counts, keys, types = _counts(uses)
    groups = {alias.name: NameCluster.of(alias) for alias in aliases.entries}
    rest = {sort: dict[str, int]() for sort in _GROUPERS}
    for name, count in counts.items():
        if alias := known.get(keys[name]):
            groups[alias.name].names.append((name, count))
        else:
            rest[_sort(types[keys[name]])][name] = count
    aliased = {alias.name: _alias_sort(alias, types) for alias in aliases.entries}
    named = [
        _named(group, sort)
        for sort, grouped in _GROUPERS.items()
        for group in grouped(
            rest[sort], [groups[name] for name, sort_of in aliased.items() if sort_of == sort]
        )
        if group.names
    ]
    return HolderDirectory(tuple(sorted(named, key=lambda holder: holder.name)), known)


def _group_unnamed(names: Mapping[str, int], aliased: Sequence[NameCluster]) -> list[NameCluster]:
    """A group for each name: whoever has no name is never known to be another."""
    return [*aliased, *(NameCluster(names=[name]) for name in names.items())]


_GROUPERS: dict[Sort, Callable[[Mapping[str, int], Sequence[NameCluster]], list[NameCluster]]] = {
    "person": group_people,
    "body": group_bodies,
    "unnamed": _group_unnamed,
}


def _counts(
    uses: Iterable[NameUse],
) -> tuple[Counter[str], dict[str, str], dict[str, Counter[HolderType]]]:
    """How often each name is used, the key of each name, and as what the names of each key are
    used.
    """
    counts: Counter[str] = Counter()
    keys: dict[str, str] = {}
    types: dict[str, Counter[HolderType]] = defaultdict(Counter)
    for use in uses:
        key = keys.setdefault(use.name, "") or name_key(use.name) or use.name
        keys[use.name] = key
        counts[use.name] += use.count
        types[key][use.type] += use.count
    return counts, keys, types


def _sort(types: Counter[HolderType]) -> Sort:
    bodies = types["organisation"] + types["media"]
    if bodies or types["person"]:
        return "body" if bodies > types["person"] else "person"
    return "person" if types["author"] else "unnamed"


def _alias_sort(alias: Alias, types: Mapping[str, Counter[HolderType]]) -> Sort:
    if alias.type:
        return _sort(Counter({alias.type: 1}))
    used = sum(
        (types.get(name_key(name), Counter()) for name in alias.names), Counter[HolderType]()
    )
    return _sort(used) if used else "person"


def _named(group: NameCluster, sort: Sort) -> NamedHolder:
    often = [name for name, _ in sorted(group.names, key=lambda count: (-count[1], count[0]))]
    if group.alias:
        return NamedHolder(group.alias.name, sort, tuple(often), group.alias.names)
    rank = _person_rank if sort == "person" else _body_rank
    return NamedHolder(
        min(often, key=lambda name: (is_arabic(name), *rank(name), often.index(name))),
        sort,
        tuple(often),
    )


def _person_rank(name: str) -> tuple[object, ...]:
    """The fullest name first, and of these one without title and not in capitals only."""
    person = read_person(name)
    words, length = person.fullness
    return (-words, -length, person.titled, name.isupper() and not is_arabic(name))


def _body_rank(name: str) -> tuple[object, ...]:
    """A whole name before its acronym, and before one with its acronym in brackets."""
    return (read_body(name).acronym, "(" in name)
