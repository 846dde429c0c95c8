"""Citation recall and precision, after ALCE (Gao, Yen, Yu and Chen, "Enabling Large Language Models
to Generate Text with Citations", EMNLP 2023), over claim sentences.
"""

from __future__ import annotations

from eval.score import Case, Score
from rag.answer import Citation, Sentence


def citation_recall(case: Case) -> Score:
    """The share of claim sentences that their citations together support; one that cites nothing
    counts 0.
    """
    if not case.claims:
        return Score.not_applicable("the answer claims nothing")
    if silence := case.silence:
        return Score.unscored(silence)
    supported = sum(verdict.supported for _, verdict in case.claims)
    return Score(
        supported / len(case.claims),
        f"{supported} of {len(case.claims)} claims supported by their citations",
    )


def citation_precision(case: Case) -> Score:
    """The share of citations of claim sentences that count: the sentence is supported, and either
    the citation alone supports it or the others alone do not.
    """
    if silence := case.silence:
        return Score.unscored(silence)
    judged = [
        (citation, verdict.supported and _counts(case, sentence, citation))
        for sentence, verdict in case.claims
        for citation in case.cited_by(sentence)
    ]
    if not judged:
        return Score.not_applicable("no claim cites anything")
    idle = [f"[{citation.id}]" for citation, counts in judged if not counts]
    explanation = f"{len(judged) - len(idle)} of {len(judged)} citations count"
    return Score(
        1 - len(idle) / len(judged),
        "; ".join([explanation, *(["not: " + ", ".join(idle)] if idle else [])]),
    )


def _counts(case: Case, sentence: Sentence, citation: Citation) -> bool:
    others = [cited for cited in case.cited_by(sentence) if cited is not citation]
    if not others or case.judged(sentence, [citation]).supported:
        return True
    return not case.judged(sentence, others).supported
