"""When two written names are one name."""

from __future__ import annotations

import re

from vectorstore.language.normalise import fold
from vectorstore.language.word_lists import HONORIFICS

_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def name_key(name: str) -> str:
    """The form by which names are compared: folded words without leading titles.

    "The Quay Post" and "quay post" are one.
    """
    parts = [part.removesuffix("'s") for part in _PART.findall(fold(name))]
    while len(parts) > 1 and parts[0] in HONORIFICS:
        parts = parts[1:]
    return " ".join(parts)


def small_capitals(name: str) -> str:
    """A name as running text writes it: one in capitals only keeps those at the heads of its
    words.
    """
    return name.title() if name.isupper() else name


def names_match(asked: str, known: str) -> bool:
    """Whether a name as somebody asks for it stands for a known name: equal keys, or a surname that
    ends the known one.
    """
    wanted, have = name_key(asked), name_key(known)
    return bool(wanted) and (wanted == have or have.endswith(f" {wanted}"))
