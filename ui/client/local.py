"""What every face asks of the product, in this process or through the server that owns the
corpus.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from eval.feedback import Feedback, keep
from ingest.files import Options, SourceFile, Upload
from ingest.report import Progress, SourceReport, Wanted, always, untold
from rag.answer import Answer, Event, Turn
from rag.answerer import Answerer
from rag.build import build_answerer, build_embedder
from rag.filters import Filters
from rag.retrieval.weights import SearchWeights
from rag.settings import Settings
from ui.client.corrector import Corrector, LastText, find_statement
from ui.client.facets import Facets, facets_of
from ui.client.holders import holder_rows, is_theirs
from ui.client.open_article import OpenArticle
from ui.schemas import (
    ArticleRow,
    AskedCorrection,
    CorrectionRow,
    HolderRow,
    SearchRow,
    StatementRow,
    article_row,
    search_row,
    statement_row,
)
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Embedder
from vectorstore.errors import NotFound
from vectorstore.fact_corrections import Given

if TYPE_CHECKING:
    from ingest.pipeline import Ingester
    from ingest.reading_process import ReadingProcess
    from ingest.workers import Workers

FEEDBACK = "feedback.jsonl"


class Client(Protocol):
    """The product, as the command line uses it."""

    def answer(self, question: str, history: Sequence[Turn], filters: Filters) -> Answer: ...
    def search(
        self, question: str, k: int, filters: Filters, history: Sequence[Turn] = ()
    ) -> SearchRow: ...
    def articles(self) -> list[ArticleRow]: ...
    def statements(
        self, article: str | None = None, holder: str | None = None
    ) -> Iterator[StatementRow]: ...
    def statement(self, id: str) -> StatementRow: ...
    def holders(self) -> list[HolderRow]: ...
    def corrections(self) -> list[CorrectionRow]: ...
    def correct(self, id: str, asked: AskedCorrection) -> StatementRow: ...
    def withdraw(self, id: str) -> StatementRow | None: ...
    def origins(self) -> dict[str, str | None]: ...
    def ingest(self, files: Iterable[SourceFile], options: Options) -> Iterator[SourceReport]: ...
    def remove(self, article_id: str) -> None: ...
    def close(self) -> None: ...


class Watcher(Protocol):
    """Is told what a client does."""

    def answered(self, answer: Answer) -> None: ...
    def ingested(self, report: SourceReport) -> None: ...


class LocalClient:
    """The product in this process, which owns the corpus. Safe for threads; one ingest or removal
    at a time.

    `url` is this process's address, if it is a server; `embedder` stands in for the one of the
    settings.
    """

    def __init__(
        self, settings: Settings, url: str | None = None, embedder: Embedder | None = None
    ) -> None:
        self._serves = url is not None
        self._embedder = embedder or build_embedder(settings)
        self._corpus = Corpus.open(
            settings.corpus_location, self._embedder.name, url, settings.beside
        )
        self._settings = settings
        self._answerer = self.answerer_by(SearchWeights())
        self._writing = threading.Lock()
        self._corrector = Corrector(self._corpus)
        self._watchers: tuple[Watcher, ...] = ()

    @cached_property
    def _reading(self) -> ReadingProcess:
        """Who reads files. A server, which others wait for, reads none itself."""
        from ingest.reading_process import SMALL, ReadingProcess

        return ReadingProcess(self._settings.read_seconds, 0 if self._serves else SMALL)

    @cached_property
    def _ingester(self) -> Ingester:
        # the voices' tables take a third of a second, which a question need not
        from ingest.pipeline import Ingester

        return Ingester(self._corpus, self._embedder, self._workers())

    def _workers(self) -> Callable[[], Workers]:
        """Who reads and encodes in a run."""
        if not self._settings.ray:
            from ingest.workers import Threads

            return lambda: Threads(self._embedder, self._reading)
        from ingest.ray_workers import RayWorkers

        workers = RayWorkers(partial(build_embedder, self._settings), self._settings.ray)
        return lambda: workers

    def watched_by(self, *watchers: Watcher) -> None:
        """Has these told of every answer and every file from now on."""
        self._watchers = watchers

    @property
    def answerer(self) -> Answerer:
        return self._answerer

    @property
    def version(self) -> str:
        """The version of the corpus as it is now. Raises CorpusUnreachable where it does not
        answer.
        """
        return self._answerer.version

    def answerer_by(self, recipe: SearchWeights) -> Answerer:
        """An answerer that searches by other weights."""
        return build_answerer(self._corpus, self._settings, self._embedder, recipe)

    def answer(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Answer:
        return next(
            result
            for result in self.stream(question, history, filters)
            if isinstance(result, Answer)
        )

    def stream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Generator[Event | Answer, None, None]:
        """An answer as it comes; the whole comes last."""
        for event in self._answerer.stream(question, history, filters):
            if isinstance(event, Answer):
                for watcher in self._watchers:
                    watcher.answered(event)
            yield event

    def search(
        self, question: str, k: int = 10, filters: Filters = Filters(), history: Sequence[Turn] = ()
    ) -> SearchRow:
        return search_row(question, self._answerer.search(question, k, filters, history))

    def articles(self) -> list[ArticleRow]:
        snapshot = self._corpus.snapshot()
        passages = Counter(passage.article_id for passage in snapshot.passages)
        statements = Counter(statement.article_id for statement in snapshot.statements)
        return [
            article_row(article, passages[article.id], statements[article.id])
            for article in snapshot.articles
        ]

    def statements(
        self, article: str | None = None, holder: str | None = None
    ) -> Iterator[StatementRow]:
        """Every statement in the order of articles, or those of one article or one holder. Raises
        NotFound for an article that is not there.
        """
        snapshot = self._corpus.snapshot()
        if article is not None and article not in snapshot.article:
            raise _no_article(article)
        theirs = is_theirs(holder, snapshot.naming) if holder is not None else None
        text = LastText(self._corpus)
        for statement in snapshot.statements:
            if article in (None, statement.article_id) and (theirs is None or theirs(statement)):
                yield statement_row(statement, text.of(statement.article_id))

    def statement(self, id: str) -> StatementRow:
        """The statement of an id. Raises NotFound."""
        wanted = find_statement(self._corpus.snapshot(), id)
        return statement_row(wanted, self._corpus.source_text(wanted.article_id))

    def holders(self) -> list[HolderRow]:
        return holder_rows(self._corpus.snapshot())

    def corrections(self) -> list[CorrectionRow]:
        return self._corrector.rows()

    def correct(self, id: str, asked: AskedCorrection) -> StatementRow:
        return self._corrector.correct(id, asked)

    def withdraw(self, id: str) -> StatementRow | None:
        return self._corrector.withdraw(id)

    def correct_facts(self, article_id: str, facts: Given) -> ArticleRow:
        """Gives an article the facts that a person says, and returns it as it is then. Raises
        NotFound, UsageError.
        """
        self._corrector.correct_facts(article_id, self.article(article_id).title, facts)
        return self.article(article_id)

    def origins(self) -> dict[str, str | None]:
        """Every source, with what tells its file from others of the same name."""
        return self._corpus.origins()

    def source_text(self, article_id: str) -> str:
        """The source text that an article's offsets resolve against."""
        return self._corpus.source_text(article_id)

    def open_article(self, article_id: str) -> OpenArticle:
        """An article with its source text and statements. Raises NotFound."""
        snapshot = self._corpus.snapshot()
        article = snapshot.article.get(article_id)
        if article is None:
            raise _no_article(article_id)
        of_article = tuple(
            statement for statement in snapshot.statements if statement.article_id == article_id
        )
        return OpenArticle(article, self._corpus.source_text(article_id), of_article)

    def article(self, article_id: str) -> ArticleRow:
        """The article of an id. Raises NotFound."""
        wanted = next((row for row in self.articles() if row.id == article_id), None)
        if wanted is None:
            raise _no_article(article_id)
        return wanted

    def facets(self) -> Facets:
        """What the corpus can be narrowed to, with counts."""
        return facets_of(self._corpus.snapshot())

    def keep_feedback(self, feedback: Feedback) -> None:
        """Keeps what somebody says of an answer."""
        with self._writing:
            keep(self.feedback_file, feedback)

    @property
    def feedback_file(self) -> Path:
        """The file of what people say of answers, beside the corpus."""
        return self._settings.kept_folder / FEEDBACK

    @property
    def settings(self) -> Settings:
        return self._settings

    def ingest(
        self, files: Iterable[SourceFile], options: Options = Options()
    ) -> Iterator[SourceReport]:
        """Takes files in, or the files inside of archives, several small ones at a time."""
        with self._writing:
            yield from self._ingester.ingest_files(files, options)

    def ingest_upload(
        self, upload: Upload, progress: Progress = untold, wanted: Wanted = always
    ) -> Iterator[SourceReport]:
        """Takes an uploaded file in, or the files inside an uploaded archive, as long as that is
        `wanted`.
        """
        with self._writing:
            for report in self._ingester.ingest(upload, progress, wanted):
                for watcher in self._watchers:
                    watcher.ingested(report)
                yield report

    def ingest_bytes(self, name: str, content: bytes, origin: str | None = None) -> SourceReport:
        """Takes bytes in under a name."""
        with self._writing:
            return self._ingester.ingest_bytes(name, content, origin)

    def remove(self, article_id: str) -> None:
        with self._writing:
            if article_id not in self._corpus.snapshot().article:
                raise _no_article(article_id)
            self._corpus.remove([article_id])

    def warm(self) -> None:
        """Loads the model and indexes the corpus, so that the first question does not wait for
        them.
        """
        self._embedder.encode(["warm"])
        self._answerer.search("warm", 1)

    def close(self) -> None:
        if "_reading" in self.__dict__:
            self._reading.end()
        self._corpus.close()


def _no_article(id: str) -> NotFound:
    return NotFound(f"No article has the id {id!r}. `rashomon articles` lists them.")
