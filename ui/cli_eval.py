"""The commands below `rashomon eval`."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.run import Report
    from eval.suite import Suite
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


def _report(suite: Suite, corpus: str | None) -> Report:
    """Runs a suite on the corpus asked for, or on a corpus made for the run of the bundled sample when the suite is
    about that.
    """
    from rag.settings import read_settings
    from ui.client import LocalClient

    with ExitStack() as closed:
        own = corpus is None and suite.corpus == "sample"
        location = closed.enter_context(tempfile.TemporaryDirectory()) if own else corpus
        client = LocalClient(read_settings(corpus=location))
        closed.callback(client.close)
        if own:
            _load_sample(client)
        return _run(suite, client)


def _run(suite: Suite, client: LocalClient) -> Report:
    from eval.run import history, run_suite

    first_of = {article.source: article.id for article in reversed(client.articles())}
    texts = {source: client.source_text(id) for source, id in first_of.items()}
    return run_suite(suite, lambda sample: client.answer(sample.question, history(sample.context)), texts)


def _load_sample(client: LocalClient) -> None:
    from ingest.sample import load_sample

    for _ in load_sample(client.ingest_bytes):
        pass
