"""What a passage gains for being what the question asks for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rag.question.constraints import Constraints
from rag.retrieval.index import Index, Scores
from rag.retrieval.weights import SearchWeights
from vectorstore.language.normalise import fold, squeeze
from vectorstore.language.time.periods import Period

# of what a passage gains that names the time, for one that was only written then
_WRITTEN_THEN = 0.5


def boosts(index: Index, request: Constraints, recipe: SearchWeights) -> Mapping[str, Scores]:
    """What each passage gains, by reason; only for what the question asks for."""
    speakers, gains = request.speakers, dict[str, Scores]()
    if request.named:
        gains["named"] = recipe.named * index.told_by(request.named, individuals=True)
    if speakers.holders or speakers.outlets:
        gains["asked of"] = recipe.asked_of * index.told_by(speakers.holders, speakers.outlets)
    if request.periods:
        gains["period"] = recipe.period * in_time(index, request.periods)
    if request.phrases:
        gains["phrase"] = recipe.phrase * _quoting(index, request.phrases)
    return gains


def in_time(index: Index, asked: tuple[Period, ...]) -> Scores:
    """1 for each passage that names one of these times, less for one of an article of that time;
    else 0.
    """
    timeliness = np.zeros(len(index.snapshot.passages), dtype=np.float32)
    timeliness[index.published_in(asked)] = _WRITTEN_THEN
    timeliness[index.naming_a_day_of(asked)] = 1.0
    return timeliness


def _quoting(index: Index, phrases: tuple[str, ...]) -> Scores:
    """1 for each passage that holds one of these phrases."""
    wanted = [squeeze(fold(phrase)) for phrase in phrases]
    quoting = (
        any(phrase in squeeze(fold(p.text)) for phrase in wanted) for p in index.snapshot.passages
    )
    return np.fromiter(quoting, dtype=np.float32, count=len(index.snapshot.passages))
