"""What a question takes for granted, and the words of the corpus that contradict it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    contradictions = _contradictions(question, asked, hits)
    return max(contradictions, key=lambda candidate: candidate.coverage, default=None)


def _contradictions(
    question: ParsedQuestion, asked: QuestionTerms, hits: Sequence[Hit]
) -> Iterator[Contradiction]:
    for hit in hits:
        passage = hit.passage
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            covered = asked.covered_by(sentence, passage.language)
            if covered >= _LEAST and _contradicts(question, sentence):
                yield Contradiction(hit, start, end, covered)


def _contradicts(question: ParsedQuestion, sentence: str) -> bool:
    told_as_fact = _SUPPOSED.sub(" ", sentence)
    return bool(question.claim.contradicts(claim(told_as_fact)) - question.names)
