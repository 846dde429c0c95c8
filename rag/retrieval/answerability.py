"""How likely a corpus holds an answer at all: by words and vectors, and by what a question asks and
does not get.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from rag.question.answer_type import AnswerType
from rag.question.constraints import Constraints
from rag.retrieval.boosts import in_time
from rag.retrieval.coverage import QuestionTerms
from rag.retrieval.index import Index
from rag.retrieval.results import Evidence, Hit
from vectorstore.language.sentences import sentences
from vectorstore.records import Passage

_JUDGED = 5  # best hits that are asked whether they answer
_READ = 10  # and those in which a time or a figure may stand


def weigh(
    index: Index,
    question: QuestionTerms,
    request: Constraints,
    sought: AnswerType,
    hits: Sequence[Hit],
) -> Evidence:
    """The evidence in the first hits of a search; there must be some."""
    similar = [max(hit.similar) for hit in hits[:_READ] if hit.similar]
    speakers = request.speakers
    return Evidence(
        coverage=round(max(hit.coverage for hit in hits[:_JUDGED]), 4),
        cosine=round(max(similar), 4) if similar else None,
        unsaid=round(_unsaid(index, question, request), 4),
        unknown=float(bool(speakers.unknown) and not request.voices),
        undated=round(_undated(index, request, hits[:_READ]), 4),
        unfigured=round(_unfigured(question, sought, hits[:_READ]), 4),
    )


def _unsaid(index: Index, question: QuestionTerms, request: Constraints) -> float:
    """How much of what a question asks of its speakers none of their statements covers (of nobody:
    0).

    Only people count: what is asked of a body is often answered by what is said about it.
    """
    snapshot = index.snapshot
    speakers = [
        name for name in request.speakers.holders if index.told_by((name,), individuals=True).any()
    ]
    if not speakers:
        return 0.0
    names = set(chain.from_iterable((name, *snapshot.naming.variants(name)) for name in speakers))
    topic = question.without(" ".join(names))
    if not topic.words:
        return 0.0
    spoken = np.unique(np.concatenate([index.speaking[name] for name in speakers])).tolist()
    covered = _covered_by_statements(topic, (snapshot.passages[n] for n in spoken), speakers)
    return 1.0 - max(covered, default=0.0)


def _covered_by_statements(
    topic: QuestionTerms, passages: Iterable[Passage], speakers: Sequence[str]
) -> Iterator[float]:
    for passage in passages:
        for statement in passage.statements:
            if statement.holder.name in speakers:
                start = max(0, statement.start - passage.start)
                end = statement.end - passage.start
                yield topic.covered_by(passage.text[start:end], passage.language)


def _undated(index: Index, request: Constraints, hits: Sequence[Hit]) -> float:
    """How much less the passages of the time that is asked about cover than the others (of no time:
    0).
    """
    best = max(hit.coverage for hit in hits)
    if not request.periods or not best:
        return 0.0
    timeliness = in_time(index, request.periods)
    timely = max(hit.coverage * timeliness[index.snapshot.position[hit.passage.id]] for hit in hits)
    return 1.0 - float(timely) / best


def _unfigured(question: QuestionTerms, sought: AnswerType, hits: Sequence[Hit]) -> float:
    """How much less the sentences cover that give such a thing as is asked for than the others (of
    nothing: 0).
    """
    if sought.kind is None:
        return 0.0
    best = answered = 0.0
    for hit in sorted(hits, key=lambda hit: -hit.coverage):
        if hit.coverage <= answered:  # none of its sentences covers more than all of it
            break
        for start, end in sentences(hit.passage.text):
            sentence = hit.passage.text[start:end]
            covered = question.covered_by(sentence, hit.passage.language)
            best = max(best, covered)
            answered = max(
                answered, covered * sought.given_by(sentence) if covered > answered else 0.0
            )
    return 1.0 - answered / best if best else 0.0
