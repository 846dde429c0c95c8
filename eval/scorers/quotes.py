"""Quote exactness: is every quote the very words of its source at its offsets?"""

from __future__ import annotations

from collections.abc import Mapping

from eval.score import Score, share
from eval.suite import Sample
from rag.answer import Answer


def quote_exactness(sample: Sample, answer: Answer, texts: Mapping[str, str]) -> Score:
    """The share of citations whose quote is `source_text[start:end]`."""
    if not answer.citations:
        return Score.unscored("the answer cites nothing")
    exact = sum(texts.get(c.source, "")[c.start : c.end] == c.quote for c in answer.citations)
    return share(exact, len(answer.citations), "quotes exact")
