"""The faithfulness evaluator of llama-index as a judge, for comparison: it asks for YES or NO and
takes a reply that holds "yes" anywhere for a pass.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Citation
from rag.llm import OpenAiCompatible
from rag.verification.verdict import Mistake, Verdict


class LlamaIndexFaithfulness:
    """`llama_index.core.evaluation.FaithfulnessEvaluator` over a model."""

    def __init__(self, model: OpenAiCompatible) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return f"llama-index faithfulness by {self._model.name}"

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict:
        from llama_index.core.evaluation import FaithfulnessEvaluator

        evaluator = FaithfulnessEvaluator(llm=self._model.adapter())
        try:
            result = evaluator.evaluate(
                response=sentence, contexts=[citation.quote for citation in citations]
            )
        except Exception as error:  # whatever the client of the server raises
            return Verdict((), None, f"no verdict: {type(error).__name__}")
        supported = bool(result.passing)
        return Verdict(
            () if supported else (Mistake("support", sentence.strip()[:80]),), float(supported)
        )
