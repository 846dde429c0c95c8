"""Claim support: do the cited words support what is claimed?"""

from __future__ import annotations

from eval.score import Case, Score


def claim_support(case: Case) -> Score:
    """The share of claim sentences that the judge finds supported by what they cite."""
    if not case.claims:
        return Score.not_applicable("the answer claims nothing")
    wrong = [(sentence, verdict) for sentence, verdict in case.claims if not verdict.supported]
    if not wrong and (silence := case.silence):
        return Score.unscored(silence)
    reasons = (f"{verdict.problems[0].kind}: “{sentence.text[:60]}”" for sentence, verdict in wrong)
    supported = len(case.claims) - len(wrong)
    return Score(
        supported / len(case.claims),
        "; ".join([f"{supported} of {len(case.claims)} claims supported", *reasons]),
    )
