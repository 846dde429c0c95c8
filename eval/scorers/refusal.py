"""Refusal: does the answer know whether the corpus holds one?"""

from __future__ import annotations

from eval.score import Case, Score


def refusal(case: Case) -> Score:
    """1 when a question that the corpus answers is answered, one that it does not is not, and one with a false premise
    is not simply answered.
    """
    sample, status = case.sample, case.answer.status
    silent = status == "unanswered"
    right = status != "answered" if sample.has_false_premise else silent != sample.answerable
    wanted = "false premise" if sample.has_false_premise else "answerable" if sample.answerable else "not answerable"
    return Score(float(right), f"{wanted}, and the answer is {status}")
