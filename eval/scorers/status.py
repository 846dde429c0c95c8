"""Status accuracy: does the answer know whether the corpus holds one?"""

from __future__ import annotations

from collections.abc import Mapping

from eval.score import Score
from eval.suite import Sample
from rag.answer import Answer


def status_accuracy(sample: Sample, answer: Answer, texts: Mapping[str, str]) -> Score:
    """1 when an answerable question is not left unanswered and one that is not answerable is."""
    silent = answer.status == "unanswered"
    return Score(float(silent != sample.answerable), f"answerable: {sample.answerable}, status: {answer.status}")
