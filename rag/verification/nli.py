"""The judge with a model of natural language inference: does the sentence follow from the cited
words?
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rag.answer import Citation
from rag.verification.evidence import CitedEvidence
from rag.verification.verdict import Mistake, Verdict
from vectorstore.embedders.base import Vectors

_LIKELY = 0.5


class Entailment(Protocol):
    """A model that tells, for premises and hypotheses, how likely they entail and contradict: shape
    (pairs, 2).
    """

    @property
    def name(self) -> str: ...

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Vectors: ...


class EntailmentJudge:
    """Supported is what the cited words entail, each citation alone or all together."""

    def __init__(self, model: Entailment) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return f"entailment by {self._model.name}"

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict:
        grounds = CitedEvidence.of(sentence, citations)
        behind = f"{grounds.behind}\n"
        premises = dict.fromkeys(
            [*(behind + citation.quote for citation in grounds.citations), behind + grounds.words]
        )
        probabilities = self._model.probabilities([(premise, sentence) for premise in premises])
        entailed, contradicted = float(probabilities[:, 0].max()), float(probabilities[:, 1].max())
        about = sentence.strip()[:80]
        if entailed >= _LIKELY:
            return Verdict((), entailed)
        return Verdict(
            (Mistake("negation" if contradicted >= _LIKELY else "support", about),), entailed
        )
