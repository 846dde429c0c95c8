"""The chain of a statement in words: how it came to the reader."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.records import Link

_ROLES = {
    "said": "{name}",
    "quoted_by": "quoted by {name}",
    "written_by": "{name}",
    "published_by": "in {name}",
    "translated_by": "translated by {name}",
    "republished_by": "republished in {name}",
}


def chain_in_words(chain: Sequence[Link]) -> str:
    """A chain as a reader says it: "Mara Orlen, quoted by Ana Bell, in Quay Post, 2021-05-14"."""
    said = any(link.role == "said" for link in chain)
    parts = [part for link in chain if (part := _link_in_words(link, said))]
    date = next((link.date for link in chain if link.date), None)
    return ", ".join([*dict.fromkeys(parts), *([date] if date else [])])


def _link_in_words(link: Link, said: bool) -> str | None:
    """One step of a chain; whoever writes what another said quotes them."""
    if not link.name:
        return "in translation" if link.role == "translated_by" else None
    role = "quoted_by" if said and link.role == "written_by" else link.role
    return _ROLES[role].format(name=link.name)
