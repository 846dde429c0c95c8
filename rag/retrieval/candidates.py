"""What is found of a question by its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from rag.answer import Understood
from rag.filters import Filters
from rag.question.constraints import Constraints, read_request
from rag.question.expand_names import holders_named
from rag.retrieval.boosts import boosts
from rag.retrieval.coverage import QuestionTerms
from rag.retrieval.filters import allowed
from rag.retrieval.index import Index, Mask, Scores, within
from rag.retrieval.narrowing import NarrowedSearch, narrow
from rag.retrieval.scores import by_words, proposed
from rag.retrieval.weights import SearchWeights
from vectorstore.embedders.base import Embedder
from vectorstore.search.arrays import Array
from vectorstore.search.top_k import contenders

POOL = 100  # passages from which the k best are spread
DIGITS = 6  # of a score: what differs by less is equal


@dataclass(frozen=True)
class Candidates:
    """What a question asks for; the passages that are searched, those of them whose vectors mean
    anything (`read`), and those to which all is narrowed.

    A score is the sum of what words give and of boosts; `total` is that where it counts. Of all
    totals only those of the places `best` can be among the best; passages of the places `proposed`
    are worth comparing by their sentences.
    """

    request: Constraints
    holders: tuple[str, ...]
    allowed: Mask
    read: Mask
    question: QuestionTerms
    narrowed: NarrowedSearch
    words: Mapping[str, Scores]
    boosts: Mapping[str, Scores]
    total: Scores
    best: Array
    proposed: Array


def read_words(
    index: Index,
    understood: Understood,
    filters: Filters,
    recipe: SearchWeights,
    embedder: Embedder,
) -> Candidates:
    """All that takes a look at every passage of an index."""
    naming = index.snapshot.naming
    request = read_request(understood, naming, index.outlets, filters.ignored)
    holders = holders_named(filters.holders, naming)
    inside = allowed(index, filters, holders)
    read = inside & index.in_languages(
        [known for known in index.languages if embedder.reads(known)]
    )
    question, here, across = by_words(index, understood, request.named, inside)
    both = here + across
    narrowed = (
        narrow(index, request, question, inside, both) if recipe.narrows else NarrowedSearch(inside)
    )
    words = {"words": recipe.words * here, "words across": recipe.across * across}
    gained = boosts(index, request, recipe)
    total = within(reduce(np.add, (*words.values(), *gained.values())), narrowed.mask)
    best = contenders(total, POOL, slack=10**-DIGITS)
    return Candidates(
        request,
        holders,
        inside,
        read,
        question,
        narrowed,
        words,
        gained,
        total,
        best,
        proposed(within(both, read)),
    )
