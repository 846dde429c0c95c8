"""When two written names are one name."""

from __future__ import annotations

from vectorstore.language.tables import HONORIFICS
from vectorstore.language.words import words


def name_key(name: str) -> str:
    """The form by which names are compared: folded words without leading titles.

    "The Quay Post" and "quay post" are one.
    """
    parts = words(name)
    while len(parts) > 1 and parts[0] in HONORIFICS:
        parts = parts[1:]
    return " ".join(parts)


def names_match(asked: str, known: str) -> bool:
    """Whether a name as somebody asks for it stands for a known name: equal keys, or a surname that ends the known
    one.
    """
    wanted, have = name_key(asked), name_key(known)
    return bool(wanted) and (wanted == have or have.endswith(f" {wanted}"))
