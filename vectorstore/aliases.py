"""The aliases a person has written down: which names are one, and which never, whatever the rules think.

Mara Orlen:            # the name to show
  type: person         # optional
  variants: [M. Orlen, مارا أورلن]
  not: [Maro Orlens]   # optional
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from vectorstore.errors import AliasError
from vectorstore.language.names import name_key
from vectorstore.records import HolderType

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
        """These with another file's, which beats them: a name that it gives to somebody is taken away from all others
        here, and an entry of the same name is replaced by its own.
        """
        taken = {name_key(name) for entry in other.entries for name in entry.names}
        kept = [_without(entry, taken) for entry in self.entries if name_key(entry.name) not in taken]
        return Aliases((*kept, *other.entries))

    def by_key(self) -> dict[str, Alias]:
        """Each alias under the key of every name it has."""
        return {name_key(name): entry for entry in self.entries for name in entry.names}


def read_aliases(path: Path) -> Aliases:
    """The aliases of a YAML file; none when there is no such file. Raises AliasError for what it cannot read."""
    if not path.exists():
        return Aliases()
    entries = tuple(_entry(path, name, fields) for name, fields in _load(path).items())
    _check_unique(path, entries)
    return Aliases(entries)


def _without(entry: Alias, taken: set[str]) -> Alias:
    variants = tuple(name for name in entry.variants if name_key(name) not in taken)
    return Alias(entry.name, entry.type, variants, entry.never)


def _load(path: Path) -> Mapping[Any, Any]:
    import yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
        entries, node = yaml.safe_load(text), yaml.compose(text, yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        where = f" at line {mark.line + 1}" if (mark := getattr(error, "problem_mark", None)) else ""
        raise AliasError(
            f"{path.name} cannot be read{where} ({type(error).__name__}). Correct it, or remove it.", path
        ) from error
    if not isinstance(entries, dict | None):
        raise AliasError(f"{path.name} must hold names, each followed by a colon. Correct it, or remove it.", path)
    names = Counter(key.value for key, _ in node.value) if node and entries else Counter()
    if twice := [name for name, count in names.items() if count > 1]:
        raise AliasError(f"{path.name}: {twice[0]!r} stands there twice. Make one entry of the two.", path)
    return entries or {}


def _entry(path: Path, name: object, fields: object) -> Alias:
    fields = {} if fields is None else fields
    if not isinstance(name, str) or not name_key(name):
        raise AliasError(f"{path.name}: {name!r} is no name. Put it in quotation marks, or remove it.", path)
    if not isinstance(fields, dict) or not fields.keys() <= set(_FIELDS):
        raise AliasError(f"{path.name}: {name!r} may have {', '.join(_FIELDS)} and nothing else. Correct it.", path)
    if fields.get("type") not in (None, *get_args(HolderType)):
        raise AliasError(
            f"{path.name}: {name!r} has the type {fields['type']!r}. Use one of {', '.join(get_args(HolderType))}.",
            path,
        )
    variants, never = (tuple(_names(path, name, field, fields.get(field))) for field in ("variants", "not"))
    return Alias(name, fields.get("type"), variants, never)


def _names(path: Path, name: str, field: str, names: object) -> Iterator[str]:
    if not isinstance(names, list | None) or not all(isinstance(n, str) and name_key(n) for n in names or ()):
        raise AliasError(
            f"{path.name}: {field!r} of {name!r} must be a list of names. Write it as [One Name, Other Name].", path
        )
    yield from names or ()


def _check_unique(path: Path, entries: tuple[Alias, ...]) -> None:
    owners: dict[str, str] = {}
    for entry in entries:
        for name in entry.names:
            owner = owners.setdefault(name_key(name), entry.name)
            if owner != entry.name:
                raise AliasError(
                    f"{path.name}: {name!r} stands under {owner!r} and under {entry.name!r}. Leave it under one.", path
                )
        if {name_key(name) for name in entry.names} & {name_key(name) for name in entry.never}:
            raise AliasError(
                f"{path.name}: {entry.name!r} has a name under 'not' that it is given. Leave it in one place.", path
            )
