"""The aliases a person has written down: which names are one, and which never, whatever the rules
think.

Mara Orlen:            # the name to show
  type: person         # optional
  variants: [M. Orlen, مارا أورلن]
  not: [Maro Orlens]   # optional
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from vectorstore.errors import AliasError
from vectorstore.names.keys import name_key
from vectorstore.records import HolderType
from vectorstore.yaml_files import NotYaml, read_yaml_file, shown

SHIPPED = Path(__file__).with_name("aliases.yaml")
_FIELDS = ("type", "variants", "not")


@dataclass(frozen=True)
class Alias:
    """One entry: the name to show, what else it is called, and what it never is."""

    name: str
    type: HolderType | None = None
    variants: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.variants)


@dataclass(frozen=True)
class Aliases:
    """Aliases in the order in which they were written. No name stands for two of them."""

    entries: tuple[Alias, ...] = ()

    def extended(self, other: Aliases) -> Aliases:
        """These with another file's, which beats them: a name that it gives to somebody is taken
        away from all others here, and an entry of the same name is replaced by its own.
        """
        taken = {name_key(name) for entry in other.entries for name in entry.names}
        entries = [
            _without(entry, taken) for entry in self.entries if name_key(entry.name) not in taken
        ]
        return Aliases((*entries, *other.entries))

    def by_key(self) -> dict[str, Alias]:
        """Each alias under the key of every name it has."""
        return {name_key(name): entry for entry in self.entries for name in entry.names}


def read_aliases(path: Path) -> Aliases:
    """The aliases of a YAML file; none when there is no such file. Raises AliasError for what it
    cannot read.
    """
    try:
        loaded = _load(path)
    except FileNotFoundError:
        return Aliases()
    entries = tuple(_entry(path, name, fields) for name, fields in loaded.items())
    _check_unique(path, entries)
    return Aliases(entries)


def _without(entry: Alias, taken: set[str]) -> Alias:
    variants = tuple(name for name in entry.variants if name_key(name) not in taken)
    return Alias(entry.name, entry.type, variants, entry.never)


def _load(path: Path) -> Mapping[Any, Any]:
    try:
        entries = read_yaml_file(path, distinct=True)
    except NotYaml as error:
        raise AliasError(
            f"{path.name} cannot be read {error}. Correct it, or remove it.", path
        ) from error
    if not isinstance(entries, dict | None):
        raise AliasError(
            f"{path.name} must hold names, each followed by a colon. Correct it, or remove it.",
            path,
        )
    return entries or {}


def _entry(path: Path, name: object, fields: object) -> Alias:
    fields = {} if fields is None else fields
    if not isinstance(name, str) or not name_key(name):
        raise AliasError(
            f"{path.name}: {shown(name)} is no name. Put it in quotation marks, or remove it.", path
        )
    if not isinstance(fields, dict) or not fields.keys() <= set(_FIELDS):
        raise AliasError(
            f"{path.name}: {shown(name)} may have {', '.join(_FIELDS)} and nothing else."
            " Correct it.",
            path,
        )
    kind = fields.get("type")
    if kind not in (None, *get_args(HolderType)):
        types = ", ".join(get_args(HolderType))
        raise AliasError(
            f"{path.name}: {shown(name)} has the type {shown(kind)}. Use one of {types}.", path
        )
    variants, never = (
        tuple(_names(path, name, field, fields.get(field))) for field in ("variants", "not")
    )
    return Alias(name, kind, variants, never)


def _names(path: Path, name: str, field: str, names: object) -> Iterator[str]:
    if not isinstance(names, list | None) or not all(
        isinstance(n, str) and name_key(n) for n in names or ()
    ):
        raise AliasError(
            f"{path.name}: {field!r} of {shown(name)} must be a list of names. Write it as [One"
            " Name, Other Name].",
            path,
        )
    yield from names or ()


def _check_unique(path: Path, entries: tuple[Alias, ...]) -> None:
    owners: dict[str, str] = {}
    for entry in entries:
        for name in entry.names:
            owner = owners.setdefault(name_key(name), entry.name)
            if owner != entry.name:
                both = f"under {shown(owner)} and under {shown(entry.name)}"
                raise AliasError(
                    f"{path.name}: {shown(name)} stands {both}. Leave it under one.", path
                )
        if {name_key(name) for name in entry.names} & {name_key(name) for name in entry.never}:
            raise AliasError(
                f"{path.name}: {shown(entry.name)} has a name under 'not' that it is given. Leave"
                " it in one place.",
                path,
            )
