"""What a question takes for granted, and the words of the corpus that contradict it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.parse import ParsedQuestion
from rag.retrieval.coverage import QuestionTerms
from rag.retrieval.results import Hit
from rag.semantics.claims import claim
from vectorstore.language.sentences import sentences

# What is supposed and not told: "had he not signed", "if it had not broken", "لو لم ينهر".
_SUPPOSED = re.compile(
    r"(?:(?<=[.,;:!?()—–\n])|^)\s*(?:and |but |for"
    r" )?(?:had|were|should)\b[^.,;:!?\n]*|\b(?:if|unless)\b[^.,;:!?\n]*"
    r"|(?<!\w)[وف]?(?:لو|لولا|[إا]ذا)(?!\w)[^.،؛؟\n]*",
    re.IGNORECASE,
)
_LEAST = 0.35  # share of the question that a contradicting sentence must cover


@dataclass(frozen=True)
class Contradiction:
    """A sentence of a passage that denies what a question takes for granted, or claims the
    opposite.
    """

    hit: Hit
    start: int  # in the passage's text
    end: int
    coverage: float


def contradiction(
    question: ParsedQuestion, asked: QuestionTerms, hits: Sequence[Hit]
) -> Contradiction | None:
    """The sentence that covers most of a question and contradicts it; None where the question
    grants nothing.

    A name is not contradicted: "no Russian ..." is about something else of Russia's.
    """
    if not question.presupposes:
        return None
    contradictions = [
        Contradiction(hit, start, end, covered)
        for hit in hits
        for start, end in sentences(hit.passage.text)
        if (covered := asked.covered_by(hit.passage.text[start:end], hit.passage.language))
        >= _LEAST
        and question.claim.contradicts(claim(_SUPPOSED.sub(" ", hit.passage.text[start:end])))
        - question.names
    ]
    return max(contradictions, key=lambda candidate: candidate.coverage, default=None)
