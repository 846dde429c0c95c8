"""The commands that ask a corpus: ask, search, articles."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.filters import Filters
from ui.cli.answers import print_answers
from ui.cli.options import (
    Corpus,
    Json,
    Question,
    Questions,
    app,
    client_of,
    say,
    say_rows,
    takes_filters,
)
from vectorstore.errors import QuestionsError, UsageError

if TYPE_CHECKING:
    from rag.answer import Turn


@app.command()
@takes_filters
def ask(
    question: Question = None,
    filters: Filters = Filters(),
    questions: Questions = None,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Answer a question: who says what, in their exact words."""
    print_answers(_asked(question, questions), filters, corpus, as_json)


@app.command()
@takes_filters
def search(
    question: Question = None,
    k: Annotated[int, typer.Option("-k", min=1, max=300, help="How many passages.")] = 10,
    filters: Filters = Filters(),
    questions: Questions = None,
    why: Annotated[
        bool, typer.Option("--why", help="Say what each passage's score is made of.")
    ] = False,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Find the passages nearest to a question, without an answer."""
    from ui.render.terminal.search import explained, terminal_hit
    from ui.schemas import to_json

    rows = _asked(question, questions)
    with closing(client_of(corpus)) as client:
        for text, history in rows:
            result = client.search(text, k, filters, history)
            if as_json and (why or questions is not None):
                say(to_json(result))
                continue
            if why:
                say(explained(result))
            for hit in result.hits:
                say(to_json(hit) if as_json else terminal_hit(hit, why))


@app.command()
def articles(corpus: Corpus = None, as_json: Json = False) -> None:
    """List the articles of the corpus."""
    columns = ("id", "published", "outlet", "author", "language", "passages", "title")
    with closing(client_of(corpus)) as client:
        say_rows(client.articles(), columns, as_json)


def _asked(question: str | None, questions: Path | None) -> list[tuple[str, tuple[Turn, ...]]]:
    """The question given, or those of a file, each with the user turns before it."""
    if (question is None) == (questions is None):
        raise UsageError("Give one question in quotes, or a file of them with --questions.")
    if questions is None:
        return [(question or "", ())]
    return [_row(questions, number, line) for number, line in enumerate(_lines_of(questions), 1)]


def _row(path: Path, number: int, line: str) -> tuple[str, tuple[Turn, ...]]:
    from rag.answer import Turn

    try:
        row = json.loads(line)
        question, context = row["question"], row.get("context") or []
    except (ValueError, KeyError, TypeError, AttributeError):
        question, context = None, []
    if (
        not isinstance(question, str)
        or not isinstance(context, list)
        or not all(isinstance(t, str) for t in context)
    ):
        raise QuestionsError(
            f"Line {number} of the questions is no JSON object with a question. Mend it and run"
            " again.",
            path,
        )
    return question, tuple(Turn("user", turn) for turn in context)


def _lines_of(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The questions cannot be read ({type(error).__name__}). Name a UTF-8 file of JSON"
            " lines.",
            path,
        ) from error
