"""Holder recall: does the answer name everyone it must?"""

from __future__ import annotations

from collections.abc import Mapping

from eval.score import Score, share
from eval.suite import Sample
from rag.answer import Answer
from vectorstore.language.names import names_match


def holder_recall(sample: Sample, answer: Answer, texts: Mapping[str, str]) -> Score:
    """The share of the required holders that a citation carries: as its holder, its author, its outlet or a link of
    its chain.
    """
    if not sample.holders:
        return Score.unscored("the question names no holders")
    carried = {
        name
        for c in answer.citations
        for name in (c.holder.name, c.holder.mention, c.author, c.outlet, *(link.name for link in c.chain))
        if name
    }
    missing = [holder for holder in sample.holders if not any(names_match(holder, name) for name in carried)]
    scored = share(len(sample.holders) - len(missing), len(sample.holders), "holders named")
    return Score(scored.value, "; missing: ".join([scored.explanation, *missing]))
