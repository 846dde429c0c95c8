"""How likely a corpus holds an answer at all: by the words, the vectors, and whose words a question asks for."""

from __future__ import annotations

import math

from rag.speakers import Speakers
from rag.support import Asked
from vectorstore.snapshot import Snapshot

# A logistic model of "the corpus holds an answer", by the best coverage of the question, the best cosine, and, when the
# question asks for somebody's words, how little of it those words cover; set on the sample suite.
_WEIGHTS = {"coverage": 7.0, "cosine": 5.0, "unsaid": -1.2, "unknown": -2.5, "base": -5.55}


def answerable(snapshot: Snapshot, question: Asked, coverage: float, cosine: float | None, speakers: Speakers) -> float:
    """How likely (0 to 1) the corpus answers, by the best passage's coverage; `cosine` is None if vectors are mute."""
    unknown = bool(speakers.unknown) and not (speakers.holders or speakers.outlets)
    weighed = (
        _WEIGHTS["coverage"] * coverage
        + _WEIGHTS["cosine"] * (coverage if cosine is None else cosine)
        + _WEIGHTS["unsaid"] * _unsaid(snapshot, question, speakers)
        + _WEIGHTS["unknown"] * unknown
        + _WEIGHTS["base"]
    )
    return round(1 / (1 + math.exp(-weighed)), 4)


def _unsaid(snapshot: Snapshot, question: Asked, speakers: Speakers) -> float:
    """How much of what a question asks of its speakers none of their statements covers (0 to 1; of nobody: 0)."""
    if not speakers.holders:
        return 0.0
    names = {spelling for holder in speakers.holders for spelling in (holder, *snapshot.naming.variants(holder))}
    topic = question.without(" ".join(names))
    if not topic.words:
        return 0.0
    covered = (
        topic.covered_by(passage.text[max(0, s.start - passage.start) : s.end - passage.start], passage.language)
        for passage in snapshot.passages
        for s in passage.statements
        if s.holder.name in speakers.holders
    )
    return 1.0 - max(covered, default=0.0)
