"""Which names in use are one organisation's or outlet's: those of equal words, and an acronym with
what it stands for.

A shared word never makes two bodies one: the ministries of two countries share all but one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from vectorstore.language.normalise import fold
from vectorstore.names.cluster import NameCluster
from vectorstore.names.keys import name_key
from vectorstore.names.organisation import BodyName, read_body


def group_bodies(names: Mapping[str, int], aliased: Sequence[NameCluster]) -> list[NameCluster]:
    """The groups of all these names with their counts; those of aliases are given, and grow."""
    never = frozenset[str]().union(*(group.never for group in aliased))
    bodies = {name: read_body(name) for name in sorted(names)}
    known = {
        read_body(name).key: group for group in aliased if group.alias for name in group.alias.names
    }
    homes = _acronyms(
        [*bodies.values(), *(read_body(n) for g in aliased if g.alias for n in g.alias.names)]
    )
    groups = list(aliased)
    for name, body in bodies.items():
        refused = never and name_key(name) in never
        key = f"{body.key}\n{name_key(name)}" if refused else homes.get(body.key, body.key)
        if key not in known:
            groups.append(known.setdefault(key, NameCluster()))
        known[key].names.append((name, names[name]))
    return groups


def _acronyms(bodies: Collection[BodyName]) -> dict[str, str]:
    """The key of the only body that an acronym in use stands for: the one that says so, else the
    one it fits.
    """
    said, fitting = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for body in bodies:
        said[body.given].add(body.key)
        fitting[fold(body.made)].add(body.key)
    wanted = {body.key for body in bodies if body.acronym}
    homes = {acronym: said.get(acronym) or fitting.get(acronym, set()) for acronym in wanted}
    return {acronym: min(keys) for acronym, keys in homes.items() if len(keys) == 1}
