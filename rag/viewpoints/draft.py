"""From what was found to what an answer will say: quotes, viewpoints, disagreements, gaps and
status.
"""

from __future__ import annotations

from rag.answer import Status, Understood
from rag.question.parse import parse
from rag.retrieval.results import SearchResult
from rag.viewpoints.disagreements import find_disagreements
from rag.viewpoints.gaps import find_gaps
from rag.viewpoints.presupposition import contradiction
from rag.viewpoints.quotes import (
    MOST_QUOTED,
    MOST_QUOTED_OF_SIDES,
    choose_quotes,
    cite,
    quote_of,
    without,
)
from rag.writing.messages import wording
from rag.writing.writer import Draft

NEAREST_SHOWN = 3
# a wrong refusal hides an answer; a wrong answer still shows whose words it quotes
LEAST_ANSWERABLE = 0.45


def draft_of(text: str, understood: Understood, result: SearchResult) -> Draft:
    """What an answer will say to a question that was asked as `text`. One whose premise the corpus
    denies is met with the words that deny it.
    """
    question = parse(text, result.named)
    most = MOST_QUOTED if question.kind or result.voices else MOST_QUOTED_OF_SIDES
    quotes = choose_quotes(
        result.hits, result.asked, result.holders, result.named, question.kind, most
    )
    answered = bool(quotes) and result.answerable >= LEAST_ANSWERABLE
    denial = contradiction(question, result.asked, result.hits) if quotes else None
    if denial:
        first = quote_of(denial.hit, denial.start, denial.end)
        quotes = [first, *without(quotes, first)]
    shown = quotes if answered or denial else quotes[:NEAREST_SHOWN]
    citations, viewpoints = cite(shown, result.snapshot, understood.language)
    gaps = find_gaps(understood, result) if answered or denial else (_gap(understood, result),)
    status: Status = (
        "unanswered" if not (answered or denial) else "partial" if denial or gaps else "answered"
    )
    disagreements = find_disagreements(question, result, citations) if answered else ()
    return Draft(
        understood,
        status,
        citations,
        viewpoints,
        disagreements,
        gaps,
        premise=1 if denial else None,
    )


def _gap(understood: Understood, result: SearchResult) -> str:
    words = wording(understood.language)
    if not result.snapshot.passages:
        return words.empty_corpus
    if not result.searched_passages:
        return words.nothing_filtered
    if not result.asked.words:
        return words.no_words
    return " ".join([words.nothing, *find_gaps(understood, result)])
