"""Refusal and answering: does the answer know whether the corpus holds one?

Two scores, so that neither a system that always answers nor one that never does is taken for a good
one.
"""

from __future__ import annotations

from eval.score import Case, Score


def refusal(case: Case) -> Score:
    """1 when a question that the corpus does not answer is left unanswered, and one with a false
    premise is not simply answered.
    """
    sample, status = case.sample, case.answer.status
    if sample.has_false_premise:
        return Score(
            float(status != "answered"), f"its premise is false, and the answer is {status}"
        )
    if sample.answerable:
        return Score.not_applicable("the corpus answers it")
    return Score(float(status == "unanswered"), f"not answerable, and the answer is {status}")


def answering(case: Case) -> Score:
    """1 when a question that the corpus answers is not left unanswered."""
    if not case.sample.answerable or case.sample.has_false_premise:
        return Score.not_applicable("the corpus does not simply answer it")
    return Score(
        float(case.answer.status != "unanswered"),
        f"answerable, and the answer is {case.answer.status}",
    )
