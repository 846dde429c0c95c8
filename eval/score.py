"""What a scorer gives back, and what it may look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from eval.corpus_texts import CorpusTexts, Span
from eval.suite import Sample
from rag.answer import Answer, Citation, Sentence
from rag.verification.verdict import MARKER, Judge, Verdict, check, markers


@dataclass(frozen=True)
class Score:
    """A value from 0 to 1 with its explanation.

    None where there was nothing to score (`applies` is False: the answer cites nothing, say), and
    where there was and no score came of it, which counts against the coverage of a run. Neither is
    0.
    """

    value: float | None
    explanation: str
    applies: bool = True

    def __post_init__(self) -> None:
        if self.value is not None and not 0 <= self.value <= 1:  # neither is NaN
            raise ValueError(f"A score is between 0 and 1, not {self.value}.")

    @classmethod
    def not_applicable(cls, reason: str) -> Score:
        """There is nothing of what is scored in this answer."""
        return cls(None, reason, applies=False)

    @classmethod
    def unscored(cls, reason: str) -> Score:
        """There is, and it could not be scored."""
        return cls(None, reason)


@dataclass(frozen=True)
class Case:
    """One answered question: what was asked, what came back, what was found for it, and what the
    corpus holds.

    `hits` are the spans of the first passages, best first; None where the system does not tell
    them.
    """

    sample: Sample
    answer: Answer
    hits: tuple[Span, ...] | None
    material: CorpusTexts
    judge: Judge

    @cached_property
    def citations(self) -> Mapping[int, Citation]:
        return {citation.id: citation for citation in self.answer.citations}

    @cached_property
    def claims(self) -> tuple[tuple[Sentence, Verdict], ...]:
        """Each claim sentence with the judge's verdict on it and all that it cites."""
        sentences = (sentence for sentence in self.answer.sentences if sentence.kind == "claim")
        return tuple(
            (sentence, check(sentence.text, self.citations, self.judge)) for sentence in sentences
        )

    @property
    def silence(self) -> str:
        """On how many claims the judge gave no verdict, and why; empty where it gave one on all."""
        notes = [
            verdict.note
            for _, verdict in self.claims
            if verdict.support is None and verdict.supported
        ]
        return (
            f"the judge gave no verdict on {len(notes)} of {len(self.claims)} claims: {notes[0]}"
            if notes
            else ""
        )

    def judged(self, sentence: Sentence, citations: Sequence[Citation]) -> Verdict:
        """The verdict on a sentence if it cited only these."""
        by_id = {citation.id: citation for citation in citations}
        return self.judge.judge(MARKER.sub("", sentence.text), list(by_id.values()))

    def cited_by(self, sentence: Sentence) -> tuple[Citation, ...]:
        """The citations whose markers a sentence carries."""
        return tuple(
            self.citations[number] for number in markers(sentence.text) if number in self.citations
        )


class Scorer(Protocol):
    """Scores one answer."""

    def __call__(self, case: Case) -> Score: ...
