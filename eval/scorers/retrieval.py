"""Retrieval: recall, reciprocal rank and nDCG of the first passages, by the evidence of the
question.

nDCG with gains of 1 for each piece of evidence that a passage is the first to hold (Järvelin and
Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", TOIS 2002).
"""

from __future__ import annotations

from collections.abc import Callable
from math import log2

from eval.corpus_texts import Span
from eval.score import Case, Score

DEPTH = 10
_ENOUGH = 0.5  # of a piece of evidence that must lie in one passage


def retrieval_recall(case: Case) -> Score:
    """The share of the evidence that lies in the first ten passages."""
    return _scored(case, lambda ranks: sum(rank is not None for rank in ranks) / len(ranks))


def reciprocal_rank(case: Case) -> Score:
    """One divided by the rank of the first passage with a piece of evidence; 0 if none of the first
    ten has any.
    """
    return _scored(case, lambda ranks: max((1 / rank for rank in ranks if rank), default=0.0))


def retrieval_ndcg(case: Case) -> Score:
    """The discounted gain of the pieces of evidence at the ranks where they are first found, over
    the best possible: all of them at the first ranks, one each.
    """

    def gain(ranks: list[int | None]) -> float:
        best = sum(1 / log2(rank + 1) for rank in range(1, min(len(ranks), DEPTH) + 1))
        return min(1.0, sum(1 / log2(rank + 1) for rank in ranks if rank) / best)

    return _scored(case, gain)


def _scored(case: Case, value: Callable[[list[int | None]], float]) -> Score:
    if not case.sample.evidence:
        return Score.not_applicable("the question names no evidence")
    if case.hits is None:
        return Score.not_applicable("the system does not tell what it found")
    if any(case.material.find(piece.source, piece.quote) is None for piece in case.sample.evidence):
        return Score.unscored("the evidence does not stand in its source")
    ranks = _ranks(case, case.hits)
    shown = ", ".join(str(rank or "-") for rank in ranks)
    return Score(value(ranks), f"ranks of the evidence: {shown}")


def _ranks(case: Case, hits: tuple[Span, ...]) -> list[int | None]:
    """For each piece of evidence the rank, from 1, of the first passage that holds half of it; None
    for none.
    """
    wanted = [case.material.find(piece.source, piece.quote) for piece in case.sample.evidence]
    return [
        next(
            (
                n
                for n, hit in enumerate(hits[:DEPTH], 1)
                if span and span.shared(hit) >= _ENOUGH * (span.end - span.start)
            ),
            None,
        )
        for span in wanted
    ]
