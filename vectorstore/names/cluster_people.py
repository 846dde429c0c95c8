"""Which names in use are one person's.

What is written most fully is taken first, so that a shorter name finds all it could stand for; it
joins only where that is exactly one. A name joins a group only when it can be one with all of its
full names, so no chain of likenesses brings two people together; a bare surname is added at the end
and brings in nothing. The order in which names come in plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from vectorstore.names.cluster import NameCluster, WrittenName, read_written
from vectorstore.names.keys import name_key
from vectorstore.names.person import PersonName, read_person
from vectorstore.names.skeletons import alike, fold_word, is_arabic, skeletons

_LEAST_CONSONANTS = 3
_ANY, _INITIAL = "any", "initial"
_Places = defaultdict[tuple[str, str], dict[NameCluster, None]]


def group_people(names: Mapping[str, int], aliased: Sequence[NameCluster]) -> list[NameCluster]:
    """The groups of all these names with their counts; those of aliases are given, and grow."""
    never = frozenset[str]().union(*(group.never for group in aliased))
    written = sorted(
        read_written(names, lambda name: _key(name, never)),
        key=lambda spelled: spelled.fullest_first,
    )
    groups = _join_full(
        aliased, [written_date for written_date in written if written_date.person.full]
    )
    groups += _join_bare(
        [group for group in groups if group.names],
        [written_date for written_date in written if written_date.person.bare],
    )
    return groups + [
        _alone(written_date) for written_date in written if written_date.person.described
    ]


def alike_alone(word: str, surname: str) -> bool:
    """Whether a bare word can be a spelling of a surname, with no given name beside it to tell."""
    if is_arabic(word) == is_arabic(surname):
        return alike(word, surname, loose=True)
    shared = skeletons(word) & skeletons(surname)
    return max(map(len, shared), default=0) >= _LEAST_CONSONANTS and alike(word, surname)


def _key(name: str, never: Collection[str]) -> str:
    """What makes names one at once; a name that an alias refuses is kept apart, to be refused."""
    key = read_person(name).key
    return f"{key}\n{exact}" if never and (exact := name_key(name)) in never else key


def _alone(written: WrittenName) -> NameCluster:
    return NameCluster(names=list(written.names))


def _join_full(aliased: Sequence[NameCluster], written: Iterable[WrittenName]) -> list[NameCluster]:
    """The groups, with every full name in the only one it can belong to, or in one of its own."""
    groups, places = list(aliased), _Places(dict)
    for group in groups:
        _register(places, group, group.seeds)
    for written_date in written:
        near = dict.fromkeys(
            group for place in _sought(written_date.person) for group in places.get(place, ())
        )
        taking = [group for group in near if group.takes(written_date)]
        if len(taking) != 1:
            taking = [NameCluster()]
            groups += taking
        taking[0].add(written_date)
        _register(places, taking[0], [written_date.person])
    return groups


def _register(places: _Places, group: NameCluster, people: Iterable[PersonName]) -> None:
    """Notes under what a group is found: a key, and the skeletons of a surname and of a given name
    before it.
    """
    for person in people:
        places[person.key, _ANY][group] = None
        for at, surname in enumerate(person.words[1:], 1):
            givens = frozenset({_ANY}).union(*map(_skeletons, person.words[:at]))
            for place in product(skeletons(surname), givens):
                places[place][group] = None


def _sought(person: PersonName) -> Iterator[tuple[str, str]]:
    given, surname = person.words[0], person.words[-1]
    yield person.key, _ANY
    yield from product(
        skeletons(surname), {_ANY} if len(given) == 1 else _skeletons(given) | {_INITIAL}
    )


def _skeletons(given: str) -> frozenset[str]:
    return frozenset({_INITIAL}) if len(given) == 1 else skeletons(given)


def _join_bare(groups: Sequence[NameCluster], written: Iterable[WrittenName]) -> list[NameCluster]:
    """Adds every bare surname to the only group that has it, else to the only one that has a
    spelling of it. Returns new groups for the others.
    """
    exact, near = defaultdict[str, set[NameCluster]](set), defaultdict[str, set[NameCluster]](set)
    for group in groups:
        for surname in group.surnames:
            exact[fold_word(surname)].add(group)
            for skeleton in skeletons(surname):
                near[skeleton].add(group)
    bearers = {written_date: _bearers(written_date, exact, near) for written_date in written}
    for bare, having in bearers.items():
        if len(having) == 1:
            having[0].add(bare)
    homeless = _join_homeless(bare for bare, having in bearers.items() if not having)
    return homeless + [_alone(bare) for bare, having in bearers.items() if len(having) > 1]


def _bearers(
    written: WrittenName,
    exact: Mapping[str, set[NameCluster]],
    near: Mapping[str, set[NameCluster]],
) -> list[NameCluster]:
    """The groups of people who have this surname; of those with a spelling of it only if there are
    none.
    """
    word = written.person.words[0]
    if having := [group for group in exact.get(fold_word(word), ()) if not group.refuses(written)]:
        return having
    likely = {group for skeleton in skeletons(word) for group in near.get(skeleton, ())}
    return [
        group
        for group in likely
        if not group.refuses(written)
        and any(alike_alone(word, surname) for surname in group.surnames)
    ]


def _join_homeless(written: Iterable[WrittenName]) -> list[NameCluster]:
    """Bare names that fit nobody: those that are spellings of one another together."""
    words: dict[NameCluster, list[str]] = {}
    places = defaultdict[str, dict[NameCluster, None]](dict)
    for written_date in written:
        word = written_date.person.words[0]
        long = [skeleton for skeleton in skeletons(word) if len(skeleton) >= _LEAST_CONSONANTS]
        near = dict.fromkeys(group for skeleton in long for group in places[skeleton])
        taking = [group for group in near if all(alike(word, other) for other in words[group])]
        group = taking[0] if len(taking) == 1 else NameCluster()
        group.add(written_date)
        words.setdefault(group, []).append(word)
        for skeleton in long:
            places[skeleton][group] = None
    return list(words)
