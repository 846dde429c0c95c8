"""What is found of a question by its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from rag.answer import Filters, Understood
from rag.boosts import boosts
from rag.coverage import Asked
from rag.filtering import allowed
from rag.index import Index, Mask, Scores, within
from rag.legs import by_words, proposed
from rag.narrowing import Narrowed, narrow
from rag.recipe import Recipe
from rag.request import Request, read_request
from rag.spellings import holders_named
from vectorstore.embedder import Embedder
from vectorstore.ragged import Array
from vectorstore.ranking import contenders

POOL = 100  # passages from which the k best are spread
DIGITS = 6  # of a score: what differs by less is equal


@dataclass(frozen=True)
class Worded:
    """What a question asks for; the passages that are searched, those of them whose vectors mean anything (`read`), and
    those to which all is narrowed.

    A score is the sum of what words give and of boosts; `total` is that where it counts. Of all totals only those of
    the places `best` can be among the best; passages of the places `proposed` are worth comparing by their sentences.
    """

    request: Request
    holders: tuple[str, ...]
    allowed: Mask
    read: Mask
    question: Asked
    narrowed: Narrowed
    words: Mapping[str, Scores]
    boosts: Mapping[str, Scores]
    total: Scores
    best: Array
    proposed: Array


def read_words(index: Index, understood: Understood, filters: Filters, recipe: Recipe, embedder: Embedder) -> Worded:
    """All that takes a look at every passage of an index."""
    naming = index.snapshot.naming
    request = read_request(understood, naming, index.outlets, filters.ignored)
    holders = holders_named(filters.holders, naming)
    inside = allowed(index, filters, holders)
    read = inside & index.in_languages([known for known in index.languages if embedder.reads(known)])
    question, here, across = by_words(index, understood, request.named, inside)
    both = here + across
    narrowed = narrow(index, request, question, inside, both) if recipe.narrows else Narrowed(inside)
    words = {"words": recipe.words * here, "words across": recipe.across * across}
    gained = boosts(index, request, recipe)
    total = within(reduce(np.add, (*words.values(), *gained.values())), narrowed.mask)
    best = contenders(total, POOL, slack=10**-DIGITS)
    return Worded(
        request, holders, inside, read, question, narrowed, words, gained, total, best, proposed(within(both, read))
    )
