"""Evidence recall: does the answer cite what it must?"""

from __future__ import annotations

from collections.abc import Mapping

from eval.score import Score, share
from eval.suite import Evidence, Sample
from rag.answer import Answer

BUDGET = 3000  # characters of citations that are read, in their order: citing everything earns nothing


def evidence_recall(sample: Sample, answer: Answer, texts: Mapping[str, str]) -> Score:
    """The share of the evidence of which at least half the characters are cited within the budget."""
    if not sample.evidence:
        return Score.unscored("the question names no evidence")
    cited = _cited(answer)
    missing = [piece for piece in sample.evidence if _share_cited(piece, cited, texts) < 0.5]
    scored = share(len(sample.evidence) - len(missing), len(sample.evidence), "pieces of evidence cited")
    return Score(
        scored.value, "; missing: ".join([scored.explanation, *(f"“{piece.quote[:60]}”" for piece in missing)])
    )


def _cited(answer: Answer) -> set[tuple[str, int]]:
    """Every cited character, as its source and offset, within the budget."""
    found: set[tuple[str, int]] = set()
    left = BUDGET
    for citation in answer.citations:
        end = min(citation.end, citation.start + max(0, left))
        found.update((citation.source, at) for at in range(citation.start, end))
        left -= citation.end - citation.start
    return found


def _share_cited(piece: Evidence, cited: set[tuple[str, int]], texts: Mapping[str, str]) -> float:
    start = texts.get(piece.source, "").find(piece.quote)
    return (
        sum((piece.source, start + n) in cited for n in range(len(piece.quote))) / len(piece.quote)
        if start >= 0
        else 0.0
    )
