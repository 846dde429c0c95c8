"""The way of a question. Read this page first.

understand -> search -> choose quotes -> group them into viewpoints -> write -> Answer
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal

from rag.answer import Answer, Filters, Searched, Status, Turn, Understood
from rag.found import Found
from rag.question import understand
from rag.retrieve import Retriever
from rag.viewpoints import choose_quotes, cite
from rag.writers.wording import wording
from rag.writers.writer import Draft, Writer
from vectorstore.records import content_id

PASSAGES_READ = 20
NEAREST_SHOWN = 3
LEAST_ANSWERABLE = 0.5

Stage = Literal["understand", "search", "choose", "write"]


class Answerer:
    """Answers questions over one corpus, with one retriever and one writer."""

    def __init__(self, retriever: Retriever, writer: Writer) -> None:
        self._retriever = retriever
        self._writer = writer

    @property
    def writer(self) -> str:
        return self._writer.name

    def answer(self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """Who says what about a question.

        Raises QuestionError when it is empty or too long; silence of the corpus is no error.
        """
        watch = _Stopwatch()
        narrowed = Filters() if filters is None else filters
        with watch.stage("understand"):
            understood = understand(question, history)
        with watch.stage("search"):
            found = self._retriever.search(understood, PASSAGES_READ, narrowed)
        with watch.stage("choose"):
            understood = replace(understood, readings=found.readings)
            draft = _draft(understood, found)
        with watch.stage("write"):
            written = self._writer.write(draft)
        searched = Searched(
            self._retriever.corpus, found.snapshot.version, found.searched_articles, found.searched_passages, narrowed
        )
        return Answer(
            id=content_id(understood.question, found.snapshot.version, repr(narrowed), self._writer.name),
            question=question,
            understood=understood,
            status=draft.status,
            text=written.text,
            sentences=written.sentences,
            viewpoints=draft.viewpoints,
            disagreements=draft.disagreements,
            gaps=draft.gaps,
            citations=draft.citations,
            searched=searched,
            writer=self._writer.name,
            timings_ms=watch.timings_ms,
        )

    def search(self, question: str, k: int = 10, filters: Filters | None = None, history: Sequence[Turn] = ()) -> Found:
        """The k best passages for a question, without an answer."""
        return self._retriever.search(understand(question, history), k, Filters() if filters is None else filters)


def _draft(understood: Understood, found: Found) -> Draft:
    quotes = choose_quotes(found.hits, found.asked, found.holders, found.named)
    status: Status = "answered" if quotes and found.answerable >= LEAST_ANSWERABLE else "unanswered"
    shown = quotes if status == "answered" else quotes[:NEAREST_SHOWN]
    citations, viewpoints = cite(shown, found.snapshot, understood.language)
    gaps = () if status == "answered" else (_gap(understood, found),)
    return Draft(understood, status, citations, viewpoints, (), gaps)


def _gap(understood: Understood, found: Found) -> str:
    words = wording(understood.language)
    if not found.snapshot.passages:
        return words.empty_corpus
    if not found.searched_passages:
        return words.nothing_filtered
    return words.nothing if found.asked.words else words.no_words


class _Stopwatch:
    def __init__(self) -> None:
        self.timings_ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.timings_ms[name] = round((time.perf_counter() - began) * 1000, 2)
