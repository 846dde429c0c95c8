"""Conflict disclosure: does the answer show that the sources disagree, and only where they do?"""

from __future__ import annotations

from eval.score import Case, Score
from rag.answer import Disagreement


def conflict_disclosure(case: Case) -> Score:
    """On a contested question, 1 when a disagreement of two holders is shown; on one that can be
    answered and is not contested, 1 when none is.
    """
    sample, disagreements = case.sample, case.answer.disagreements
    if not sample.answerable or sample.has_false_premise:
        return Score.not_applicable("there is nothing to disagree about")
    if sample.contested:
        shown = any(_holders(case, disagreement) >= 2 for disagreement in disagreements)
        return Score(
            float(shown),
            "contested, and a disagreement is shown" if shown else "contested, and none is shown",
        )
    return Score(
        float(not disagreements),
        "not contested, and "
        + (f"shown: {disagreements[0].about}" if disagreements else "none is shown"),
    )


def _holders(case: Case, disagreement: Disagreement) -> int:
    cited = (
        case.citations[number] for number in disagreement.citations if number in case.citations
    )
    return len(
        {
            citation.holder.name or citation.holder.mention or citation.author or citation.outlet
            for citation in cited
        }
    )
