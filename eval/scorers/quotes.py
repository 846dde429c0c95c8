"""Quote exactness: is every quote the very words of its source at its offsets?"""

from __future__ import annotations

from eval.score import Case, Score


def quote_exactness(case: Case) -> Score:
    """The share of citations whose quote is `source_text[start:end]`."""
    cited = case.answer.citations
    if not cited:
        return Score.not_applicable("the answer cites nothing")
    texts = case.material.texts
    wrong = [c for c in cited if not c.quote or texts.get(c.source, "")[c.start : c.end] != c.quote]
    reasons = (f"[{c.id}] “{c.quote[:60]}” is not {c.source} {c.start}:{c.end}" for c in wrong)
    return Score(
        1 - len(wrong) / len(cited),
        "; ".join([f"{len(cited) - len(wrong)} of {len(cited)} exact", *reasons]),
    )
