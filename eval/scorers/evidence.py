"""Evidence recall: does the answer cite what it must?"""

from __future__ import annotations

from eval.score import Case, Score
from eval.suite import ExpectedEvidence

# characters of citations that are read, in their order: citing everything earns nothing
BUDGET = 3000
_ENOUGH = 0.5  # of a piece of evidence


def evidence_recall(case: Case) -> Score:
    """The share of the evidence of which at least half the characters are cited within the
    budget.
    """
    wanted = case.sample.evidence
    if not wanted:
        return Score.not_applicable("the question names no evidence")
    if lost := [
        piece.source for piece in wanted if case.material.find(piece.source, piece.quote) is None
    ]:
        return Score.unscored(f"the evidence does not stand in {lost[0]}")
    cited = _cited(case)
    missing = [piece for piece in wanted if _share_cited(case, piece, cited) < _ENOUGH]
    hit = len(wanted) - len(missing)
    quotes = (f"“{piece.quote[:60]}”" for piece in missing)
    return Score(
        hit / len(wanted),
        "; missing: ".join([f"{hit} of {len(wanted)} pieces of evidence cited", *quotes]),
    )


def _cited(case: Case) -> set[tuple[str, int]]:
    """Every cited character, as its source and offset, within the budget."""
    places: set[tuple[str, int]] = set()
    left = BUDGET
    for citation in case.answer.citations:
        end = min(citation.end, citation.start + left)
        places.update((citation.source, at) for at in range(citation.start, end))
        left = max(0, left - max(0, citation.end - citation.start))
    return places


def _share_cited(case: Case, piece: ExpectedEvidence, cited: set[tuple[str, int]]) -> float:
    span = case.material.find(piece.source, piece.quote)
    if span is None:
        return 0.0
    return sum((piece.source, at) in cited for at in range(span.start, span.end)) / len(piece.quote)
