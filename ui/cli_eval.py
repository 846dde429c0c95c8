"""The commands below `rashomon eval`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.retrieval import Search
    from eval.run import Report
    from eval.suite import Suite
    from rag.recipe import Recipe
    from ui.client import LocalClient

eval_app = typer.Typer(help="Run suites of questions and gate a release on them.", no_args_is_help=True)


@eval_app.callback()
def evals() -> None:
    """Run suites of questions and gate a release on them."""


@eval_app.command()
def run(
    suite: Annotated[Path, typer.Argument(help="JSONL file of questions.")],
    gate: Annotated[bool, typer.Option("--gate", help="Exit 1 unless every score reaches its floor.")] = False,
    corpus: Annotated[
        str | None, typer.Option("--corpus", help="Corpus to ask; default: the suite's own.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as one JSON object.")] = False,
) -> None:
    """Answer every question of a suite and score the answers."""
    from eval.gate import judge
    from eval.report import as_json as report_json
    from eval.report import table
    from eval.suite import read_suite

    report = _report(read_suite(suite), corpus)
    verdicts = judge(report)
    print(json.dumps(report_json(report, verdicts), ensure_ascii=False) if as_json else table(report, verdicts))
    if gate and not all(verdict.passed for verdict in verdicts):
        raise typer.Exit(1)


@eval_app.command()
def retrieval(
    suite: Annotated[Path, typer.Argument(help="JSONL file of questions.")],
    corpus: Annotated[
        str | None, typer.Option("--corpus", help="Corpus to search; default: the suite's own.", show_default=False)
    ] = None,
) -> None:
    """Measure how well the evidence of a suite is found, whole and with each part of the search turned off."""
    from eval.retrieval import VARIANTS, measure, table
    from eval.suite import read_suite

    asked = read_suite(suite)
    with _opened(asked, corpus) as client:
        texts = _texts(client)
        rows = [measure(name, asked, _search(client, recipe), texts) for name, recipe in VARIANTS.items()]
        print(table(rows))


def _search(client: LocalClient, recipe: Recipe) -> Search:
    from eval.run import history

    answerer = client.answerer_by(recipe)
    return lambda sample: answerer.search(sample.question, 10, None, history(sample.context))


def _report(suite: Suite, corpus: str | None) -> Report:
    from eval.run import history, run_suite

    with _opened(suite, corpus) as client:
        return run_suite(suite, lambda s: client.answer(s.question, history(s.context)), _texts(client))


@contextmanager
def _opened(suite: Suite, corpus: str | None) -> Iterator[LocalClient]:
    """The corpus asked for, or a corpus made for the run of the bundled sample when the suite is about that."""
    from rag.settings import read_settings
    from ui.client import LocalClient

    with ExitStack() as closed:
        own = corpus is None and suite.corpus == "sample"
        location = closed.enter_context(tempfile.TemporaryDirectory()) if own else corpus
        client = LocalClient(read_settings(corpus=location))
        closed.callback(client.close)
        if own:
            _load_sample(client)
        yield client


def _texts(client: LocalClient) -> dict[str, str]:
    """The source text of each source."""
    first_of = {article.source: article.id for article in reversed(client.articles())}
    return {source: client.source_text(id) for source, id in first_of.items()}


def _load_sample(client: LocalClient) -> None:
    from ingest.sample import load_sample

    for _ in load_sample(client.ingest_bytes):
        pass
