"""What a passage gains for being what the question asks for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rag.index import Index, Scores
from rag.recipe import Recipe
from rag.request import Request
from vectorstore.language.folding import fold, squeeze
from vectorstore.language.periods import Period

_WRITTEN_THEN = 0.5  # of what a passage gains that names the time, for one that was only written then


def boosts(index: Index, request: Request, recipe: Recipe) -> Mapping[str, Scores]:
    """What each passage gains, by reason."""
    return {
        "named": recipe.named * index.told_by(request.named, individuals=True),
        "asked of": recipe.asked_of * index.told_by(request.speakers.holders, request.speakers.outlets),
        "period": recipe.period * in_time(index, request.periods),
        "phrase": recipe.phrase * _quoting(index, request.phrases),
    }


def in_time(index: Index, asked: tuple[Period, ...]) -> Scores:
    """1 for each passage that names one of these times, less for one of an article of that time; else 0."""
    found = np.zeros(len(index.snapshot.passages), dtype=np.float32)
    if not asked:
        return found
    for n, passage in enumerate(index.snapshot.passages):
        published = index.snapshot.article[passage.article_id].published
        if any(period.meets(one) for one in asked for period in index.periods[n]):
            found[n] = 1.0
        elif published and any(one.first <= published <= one.last for one in asked):
            found[n] = _WRITTEN_THEN
    return found


def _quoting(index: Index, phrases: tuple[str, ...]) -> Scores:
    """1 for each passage that holds one of these phrases."""
    wanted = [squeeze(fold(phrase)) for phrase in phrases]
    told = (
        any(phrase in squeeze(fold(p.text)) for phrase in wanted) if wanted else False for p in index.snapshot.passages
    )
    return np.fromiter(told, dtype=np.float32, count=len(index.snapshot.passages))
