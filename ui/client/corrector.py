"""Who writes down what people correct of one corpus, and takes it back."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ui.client.corrections import (
    correction_at,
    correction_of,
    correction_rows,
    innermost,
    place_now,
)
from ui.schemas import AskedCorrection, CorrectionRow, StatementRow, statement_row
from vectorstore.corpus import Corpus
from vectorstore.corrections import Correction, add_correction, drop_correction, read_corrections
from vectorstore.errors import NotFound, UsageError
from vectorstore.fact_corrections import FactCorrection, Given, add_facts
from vectorstore.overrides import FACTS
from vectorstore.records import Span, Statement
from vectorstore.storage.snapshot import Snapshot


class Corrector:
    """Writes corrections into the files beside a corpus. Safe for threads; one correction at a
    time.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._writing = threading.Lock()

    def rows(self) -> list[CorrectionRow]:
        """What people have corrected, in the order in which they did."""
        path = self._corpus.corrections
        corrections = read_corrections(path) if path else ()
        return list(
            correction_rows(corrections, self._corpus.snapshot(), LastText(self._corpus).of)
        )

    def correct(self, id: str, asked: AskedCorrection) -> StatementRow:
        """Gives a statement to whom a person says, and returns what now answers for its words.

        Raises NotFound, and UsageError for words that are not there or when nobody is named.
        """
        with self._writing:
            path, snapshot = self._file(), self._corpus.snapshot()
            statement = find_statement(snapshot, id)
            text, article = (
                self._corpus.source_text(statement.article_id),
                snapshot.article[statement.article_id],
            )
            earlier = correction_at(read_corrections(path), statement, text, article)
            correction = correction_of(
                snapshot, statement, text, asked, date.today().isoformat(), earlier
            )
            add_correction(path, correction)
            if earlier and earlier.key != correction.key:
                drop_correction(path, *earlier.key)
            return self._answering(
                article.id, (correction.at, correction.at + len(correction.words))
            )

    def withdraw(self, id: str) -> StatementRow | None:
        """Takes back what was corrected of a statement, and returns what answers for its words
        then; None when they are gone.

        `id` is a statement's or a correction's own. Raises NotFound.
        """
        with self._writing:
            path = self._file()
            correction = self._correction(read_corrections(path), id)
            place = place_now(correction, self._corpus.snapshot(), self._corpus.source_text)
            drop_correction(path, *correction.key)
            return self._answering(correction.article, place) if place else None

    def correct_facts(self, article_id: str, title: str, facts: Given) -> None:
        """Writes down facts of an article as a person gives them; `title` is the one it has. Raises
        UsageError where none is given.
        """
        if not facts:
            raise UsageError("No fact is given. Send one, such as `author`; null empties it.")
        with self._writing:
            correction = FactCorrection(article_id, facts, title, date.today().isoformat())
            add_facts(self._file().with_name(FACTS), correction)

    def _file(self) -> Path:
        if self._corpus.corrections is None:
            raise UsageError(
                "This corpus has no folder for what people correct. Open it with a folder"
                " beside it."
            )
        return self._corpus.corrections

    def _answering(self, article_id: str, place: Span) -> StatementRow:
        """The statement that answers for a span now."""
        of_article = [s for s in self._corpus.snapshot().statements if s.article_id == article_id]
        return statement_row(innermost(of_article, place), self._corpus.source_text(article_id))

    def _correction(self, corrections: Sequence[Correction], id: str) -> Correction:
        """The correction of an id: its own, that of the statement it shows in, or that of one that
        it took away.
        """
        snapshot, texts = self._corpus.snapshot(), LastText(self._corpus)
        rows = correction_rows(corrections, snapshot, texts.of)
        for correction, row in zip(corrections, rows, strict=True):
            if id in (row.id, row.statement_id):
                return correction
        for correction in corrections:
            if id in self._taken(correction, place_now(correction, snapshot, texts.of)):
                return correction
        raise NotFound(
            f"Nothing of {id!r} was corrected. `rashomon correct --list` lists what was."
        )

    def _taken(self, correction: Correction, place: Span | None) -> set[str]:
        """The ids of the statements that a correction took away, as they were ingested."""
        stored = (
            entry for entry in self._corpus.entries() if entry.article.id == correction.article
        )
        statements = (
            s for entry in stored for passage in entry.passages for s in passage.statements
        )
        return {s.id for s in statements if (s.start, s.end) == place}


class LastText:
    """The source texts of articles; the last one is kept, since neighbours share it."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, self._id, self._text = corpus, "", ""

    def of(self, article_id: str) -> str:
        if article_id != self._id:
            self._id, self._text = article_id, self._corpus.source_text(article_id)
        return self._text


def find_statement(snapshot: Snapshot, id: str) -> Statement:
    """The statement of an id. Raises NotFound."""
    statement = next((s for s in snapshot.statements if s.id == id), None)
    if statement is None:
        raise NotFound(f"No statement has the id {id!r}. `rashomon statements` lists them.")
    return statement
