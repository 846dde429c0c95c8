"""Two judges as one: what either finds wrong is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Citation
from rag.verification.verdict import Judge, Verdict


class CombinedJudge:
    """The problems of both; the support of the second, or of the first where the second gives no
    verdict.
    """

    def __init__(self, first: Judge, second: Judge) -> None:
        self._first, self._second = first, second

    @property
    def name(self) -> str:
        return f"{self._first.name} and {self._second.name}"

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict:
        first, second = (judge.judge(sentence, citations) for judge in (self._first, self._second))
        support = first.support if second.support is None else second.support
        return Verdict(first.problems + second.problems, support, second.note)
