"""Viewpoint coverage and balance: is everybody shown who must be, and each as much as the
others?
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from eval.score import Case, Score
from rag.answer import Citation
from vectorstore.names.keys import names_match


def viewpoint_coverage(case: Case) -> Score:
    """The share of the required holders that a citation carries: as its holder, its author, its
    outlet or a link of its chain.
    """
    wanted = case.sample.holders
    if not wanted:
        return Score.not_applicable("the question names no holders")
    missing = [
        holder
        for holder in wanted
        if not any(_carries(citation, holder) for citation in case.answer.citations)
    ]
    shown = len(wanted) - len(missing)
    return Score(
        shown / len(wanted),
        "; missing: ".join([f"{shown} of {len(wanted)} holders named", *missing]),
    )


def viewpoint_balance(case: Case) -> Score:
    """How evenly a contested question's quoted characters are spread over its required holders:
    Pielou's evenness, the entropy of their shares divided by its maximum (Pielou, Journal of
    Theoretical Biology 13, 1966). 1 is even; 0 is one holder alone, or none.
    """
    wanted = case.sample.holders
    if not case.sample.contested or len(wanted) < 2:
        return Score.not_applicable("the question is not contested between holders")
    lengths = [
        sum(len(c.quote) for c in case.answer.citations if _carries(c, holder)) for holder in wanted
    ]
    total = sum(lengths)
    shares = [characters / total for characters in lengths if characters]
    even = min(1.0, max(0.0, -sum(share * log(share) for share in shares) / log(len(wanted))))
    of_each = ", ".join(
        f"{holder} {characters}" for holder, characters in zip(wanted, lengths, strict=True)
    )
    return Score(even, f"characters quoted: {of_each}")


def _carries(citation: Citation, holder: str) -> bool:
    return any(names_match(holder, name) or names_match(name, holder) for name in _names(citation))


def _names(citation: Citation) -> Iterator[str]:
    named = (citation.holder.name, citation.holder.mention, citation.author, citation.outlet)
    yield from (name for name in (*named, *(link.name for link in citation.chain)) if name)
