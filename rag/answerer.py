"""The way of a question. Read this page first.

understand -> search -> draft (quotes, viewpoints, disagreements, gaps) -> write -> check -> Answer
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal

from rag.answer import Answer, Event, Searched, Turn
from rag.filters import Filters
from rag.question.follow_up import Rewriter
from rag.question.understand import understand
from rag.retrieval.results import SearchResult
from rag.retrieval.retriever import Retriever
from rag.verification.verdict import Judge
from rag.viewpoints.draft import draft_of
from rag.writing.verified import supported
from rag.writing.writer import AnswerPart, Writer
from vectorstore.records import content_id

PASSAGES_READ = 20

Stage = Literal["understand", "search", "choose", "write"]


class Answerer:
    """Answers questions over one corpus, with one retriever and one writer; a rewriter makes
    follow-ups whole, and a second judge checks the sentences besides the typed checks.
    """

    def __init__(
        self,
        retriever: Retriever,
        writer: Writer,
        rewriter: Rewriter | None = None,
        judge: Judge | None = None,
    ) -> None:
        self._retriever = retriever
        self._writer = writer
        self._rewriter = rewriter
        self._judge = judge

    @property
    def writer(self) -> str:
        return self._writer.name

    @property
    def version(self) -> str:
        """The version of the corpus as it is now."""
        return self._retriever.version

    def answer(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Answer:
        """Who says what about a question.

        Raises QuestionError when it is empty or too long; silence of the corpus is no error.
        """
        return next(
            result
            for result in self.stream(question, history, filters)
            if isinstance(result, Answer)
        )

    def stream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Iterator[Event | Answer]:
        """The same as it comes: what was understood, the viewpoints, the citations, the text, and
        the answer itself.

        The texts, put together, are the text of the answer.
        """
        question = question.encode("utf-8", "replace").decode()  # half a character is none
        watch = _Stopwatch()
        narrowed = Filters() if filters is None else filters
        with watch.stage("understand"):
            understood = understand(question, history, self._rewriter)
        with watch.stage("search"):
            result = self._retriever.search(understood, PASSAGES_READ, narrowed)
        with watch.stage("choose"):
            understood = replace(understood, readings=result.readings)
            draft = draft_of(question, understood, result)
        yield Event("understood", understood)
        yield from (Event("viewpoint", viewpoint) for viewpoint in draft.viewpoints)
        yield from (Event("citation", citation) for citation in draft.citations)
        pieces: list[AnswerPart] = []
        with watch.stage("write"):
            for piece in supported(self._writer, draft, self._judge):
                pieces.append(piece)
                yield Event("text", piece.text)
        yield Answer(
            id=content_id(
                understood.question, result.snapshot.version, repr(narrowed), self._writer.name
            ),
            question=question,
            understood=understood,
            status=draft.status,
            text="".join(piece.text for piece in pieces),
            sentences=tuple(piece.sentence for piece in pieces),
            viewpoints=draft.viewpoints,
            disagreements=draft.disagreements,
            gaps=draft.gaps,
            citations=draft.citations,
            searched=Searched(
                self._retriever.corpus,
                result.snapshot.version,
                result.searched_articles,
                result.searched_passages,
                narrowed,
            ),
            writer=self._writer.name,
            left_out=sum(piece.left_out for piece in pieces),
            timings_ms=watch.timings_ms,
        )

    def search(
        self,
        question: str,
        k: int = 10,
        filters: Filters | None = None,
        history: Sequence[Turn] = (),
    ) -> SearchResult:
        """The k best passages for a question, without an answer."""
        understood = understand(question, history, self._rewriter)
        return self._retriever.search(understood, k, Filters() if filters is None else filters)


class _Stopwatch:
    def __init__(self) -> None:
        self.timings_ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: Stage) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.timings_ms[name] = round((time.perf_counter() - began) * 1000, 2)
