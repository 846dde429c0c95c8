"""Whether a sentence denies what the cited words claim, or claims what they deny."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from rag.semantics.claims import claim
from rag.verification.evidence import CitedEvidence, stems

_CLAUSE = re.compile(
    r"[.,](?!\d)|[;:!?—–()،؛؟\n]|\b(?:but|while|whereas|although|though|yet|because|however)\b"
    r"|(?<!\w)(?:لكن|بل|بينما|غير أن)(?!\w)"
)


@dataclass(frozen=True)
class Clause:
    """The stems of a clause, and how many words in it deny."""

    stems: frozenset[str]
    negations: int


def denies_its_evidence(sentence: str, grounds: CitedEvidence) -> bool:
    """Whether a sentence denies what the clauses of its evidence claim, or claims what they deny.

    An even number of denials is none: two that deny as often deny the same, be it in other words.
    """
    evidence = list(chain.from_iterable(clauses(cited.quote) for cited in grounds.citations))
    asserted = clauses(sentence)
    wanted = frozenset[str]().union(*(clause.stems for clause in asserted)) - stems(grounds.who)
    used = _matched(wanted, evidence)
    return bool(used) and _is_denied(asserted) != _is_denied(used)


def clauses(text: str) -> list[Clause]:
    """The clauses of a text, at its marks and at words that set one against another."""
    parts = (part.strip() for part in _CLAUSE.split(text))
    return [Clause(stems(part), claim(part).negations) for part in parts if part]


def _is_denied(spoken: Sequence[Clause]) -> bool:
    return sum(clause.negations for clause in spoken) % 2 == 1


def _matched(missing: frozenset[str], evidence: Sequence[Clause]) -> list[Clause]:
    """The clauses of the evidence that have some stems: the best first, then those that add most to
    the ones before.
    """
    matched: list[Clause] = []
    while missing and evidence:
        best = max(evidence, key=lambda clause: len(clause.stems & missing))
        if not best.stems & missing:
            break
        matched.append(best)
        missing -= best.stems
    return matched
