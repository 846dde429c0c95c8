"""The commands below `rashomon eval`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eval.gate import Decision
    from eval.policy import Policy
    from eval.report import Report

eval_app = typer.Typer(
    help="Run suites of questions and gate a release on them.", no_args_is_help=True
)

CorpusOption = Annotated[
    str | None,
    typer.Option("--corpus", help="Corpus to ask; default: the suite's own.", show_default=False),
]
JudgeOption = Annotated[
    str,
    typer.Option(
        "--judge",
        help=(
            "Who judges: `typed` (no model), `model` (RASHOMON_LLM_*), `llama-index` (its"
            " faithfulness evaluator over that model), or a folder with an NLI cross-encoder."
        ),
    ),
]
VotesOption = Annotated[
    int, typer.Option("--votes", min=1, help="How often a language model is asked.")
]
CacheOption = Annotated[
    Path | None,
    typer.Option(
        "--cache", help="File that remembers the verdicts of a model.", show_default=False
    ),
]
PolicyOption = Annotated[
    Path | None,
    typer.Option("--policy", help="TOML file of floors, margins and waivers.", show_default=False),
]
GateOption = Annotated[
    bool,
    typer.Option(
        "--gate",
        help="Exit 1 where a score fails, 3 when the run is invalid, 4 when it is unclear.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="The report as one JSON object.")]
JunitOption = Annotated[
    Path | None, typer.Option("--junit", help="Also write JUnit XML.", show_default=False)
]
MarkdownOption = Annotated[
    Path | None,
    typer.Option("--markdown", help="Also write Markdown for a pull request.", show_default=False),
]
HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html", help="Also write one HTML page that works from a file.", show_default=False
    ),
]


@eval_app.callback()
def evals() -> None:
    """Run suites of questions and gate a release on them."""


@eval_app.command()
def run(
    suite: Annotated[Path, typer.Argument(help="JSONL file of questions.")],
    gate: GateOption = False,
    corpus: CorpusOption = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            help="Score the answers of this JSONL file instead of asking.",
            show_default=False,
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", help="Ask a server: the URL of its POST /v1/answers.", show_default=False
        ),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, help="Questions that are asked at the same time.")
    ] = 1,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save", help="Keep the run in this file, and go on with it.", show_default=False
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline", help="Run to compare with; default: the accepted one.", show_default=False
        ),
    ] = None,
    policy: PolicyOption = None,
    judge: JudgeOption = "typed",
    votes: VotesOption = 1,
    cache: CacheOption = None,
    as_json: JsonOption = False,
    junit: JunitOption = None,
    markdown: MarkdownOption = None,
    html: HtmlOption = None,
) -> None:
    """Answer every question of a suite, score the answers, and compare them with the accepted
    baseline.
    """
    from eval.policy import SHIPPED, read_policy
    from eval.runs.baseline import accepted
    from eval.runs.run_file import read_run
    from eval.suite import read_suite
    from ui.cli.eval_runs import answer_suite, judged

    asked, bars = read_suite(suite), read_policy(policy or SHIPPED)
    made = answer_suite(asked, corpus, answers, url, jobs, save)
    known = baseline or accepted(suite)
    then = read_run(known) if known else None
    now, before = judged([made, *([then] if then else [])], judge, votes, cache)
    _tell(_decided(now, before, bars), gate, as_json, junit, markdown, html)


@eval_app.command()
def score(
    saved: Annotated[Path, typer.Argument(help="A saved run.")],
    gate: GateOption = False,
    policy: PolicyOption = None,
    judge: JudgeOption = "typed",
    votes: VotesOption = 1,
    cache: CacheOption = None,
    as_json: JsonOption = False,
    junit: JunitOption = None,
    markdown: MarkdownOption = None,
    html: HtmlOption = None,
) -> None:
    """Score a saved run again, without asking again."""
    _tell(_rescored([saved], policy, judge, votes, cache), gate, as_json, junit, markdown, html)


@eval_app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="The run that was.")],
    after: Annotated[Path, typer.Argument(help="The run that is to take its place.")],
    gate: GateOption = False,
    policy: PolicyOption = None,
    judge: JudgeOption = "typed",
    votes: VotesOption = 1,
    cache: CacheOption = None,
    as_json: JsonOption = False,
    junit: JunitOption = None,
    markdown: MarkdownOption = None,
    html: HtmlOption = None,
) -> None:
    """Compare two saved runs question by question; the same judge scores both."""
    _tell(
        _rescored([after, before], policy, judge, votes, cache),
        gate,
        as_json,
        junit,
        markdown,
        html,
    )


@eval_app.command()
def accept(
    saved: Annotated[Path, typer.Argument(help="A saved run.")],
    suite: Annotated[Path, typer.Argument(help="The suite whose baseline it becomes.")],
    policy: PolicyOption = None,
    force: Annotated[
        bool, typer.Option("--force", help="Accept it even where it is below a floor.")
    ] = False,
) -> None:
    """Make a saved run the baseline that later runs of a suite are compared with."""
    from eval.runs.baseline import accept as accept_run
    from eval.runs.run_file import read_run
    from eval.suite import read_suite

    decision = _rescored([saved], policy, "typed", 1, None)
    if decision.exit and not force:
        print(f"{saved} was not accepted: {decision.summary}. Mend it, or use --force.")
        raise typer.Exit(int(decision.exit))
    print(
        f"{accept_run(read_run(saved), read_suite(suite), suite)} is the baseline of {suite} now."
    )


@eval_app.command()
def check(
    suite: Annotated[
        Path | None, typer.Argument(help="JSONL file of questions.", show_default=False)
    ] = None,
    corpus: CorpusOption = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a question instead.")
    ] = False,
) -> None:
    """Tell every mistake in a suite, with its line; with its corpus, also evidence that is not
    there.
    """
    from eval.suite import mistakes_in, read_suite, suite_schema
    from ui.cli.eval_runs import texts_of

    if schema:
        print(json.dumps(suite_schema(), indent=2))
        return
    if suite is None:
        raise typer.BadParameter("Name a suite.")
    mistakes = mistakes_in(suite)
    if not mistakes:
        asked = read_suite(suite)
        mistakes = mistakes_in(suite, texts_of(asked, corpus))
    for mistake in mistakes:
        print(f"{suite}, {mistake}")
    if mistakes:
        raise typer.Exit(1)
    print(f"{suite}: {len(asked.samples)} questions, no mistakes.")


@eval_app.command()
def draft(
    corpus: CorpusOption = None,
    questions: Annotated[
        int, typer.Option("--questions", "-n", min=1, help="How many to propose.")
    ] = 20,
    seed: Annotated[int, typer.Option("--seed", help="Another seed proposes others.")] = 0,
    feedback: Annotated[
        Path | None,
        typer.Option(
            "--feedback",
            help="File of what people said of answers: propose those questions.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Propose questions about a corpus, or those that people gave feedback on, as a suite for a
    person to correct.
    """
    from ui.cli.eval_runs import drafted, drafted_from_feedback

    for row in (
        drafted_from_feedback(corpus, feedback) if feedback else drafted(corpus, questions, seed)
    ):
        print(json.dumps(row, ensure_ascii=False))


@eval_app.command(name="judge-card")
def judge_card(
    saved: Annotated[
        Path | None,
        typer.Argument(help="A saved run, to plant errors in its answers too.", show_default=False),
    ] = None,
    judge: JudgeOption = "typed",
    votes: VotesOption = 1,
    cache: CacheOption = None,
    wice: Annotated[
        Path | None,
        typer.Option("--wice", help="Folder with WiCE's claims.dev.jsonl.", show_default=False),
    ] = None,
) -> None:
    """Measure a judge: planted errors that it catches, false alarms, claims of WiCE that it tells
    apart.
    """
    from eval.runs.run_file import read_run
    from ui.cli.eval_runs import card

    print(card(read_run(saved) if saved else None, judge, votes, cache, wice), end="")


@eval_app.command()
def retrieval(
    suite: Annotated[Path, typer.Argument(help="JSONL file of questions.")],
    corpus: CorpusOption = None,
) -> None:
    """Measure how well the evidence of a suite is found, whole and with each part of the search
    turned off.
    """
    from eval.suite import read_suite
    from ui.cli.eval_runs import ablation

    print(ablation(read_suite(suite), corpus))


def _rescored(
    saved: Sequence[Path], policy: Path | None, judge: str, votes: int, cache: Path | None
) -> Decision:
    """The decision on a saved run, or on the first of two against the second."""
    from eval.policy import SHIPPED, read_policy
    from eval.runs.run_file import read_run
    from ui.cli.eval_runs import judged

    now, before = judged([read_run(path) for path in saved], judge, votes, cache)
    return _decided(now, before, read_policy(policy or SHIPPED))


def _decided(now: Report, before: Report | None, policy: Policy) -> Decision:
    from eval.gate import decide

    return decide(now, policy, date.today(), before)


def _tell(
    decision: Decision,
    gate: bool,
    as_json: bool,
    junit: Path | None,
    markdown: Path | None,
    html: Path | None,
) -> None:
    """Prints a decision, writes the other reports that are asked for, and ends with the gate's
    code.
    """
    from eval.reports.data import as_object
    from eval.reports.junit import as_junit
    from eval.reports.markdown import as_markdown
    from eval.reports.page import as_page
    from eval.reports.terminal import table

    print(json.dumps(as_object(decision), ensure_ascii=False) if as_json else table(decision))
    for path, written in ((junit, as_junit), (markdown, as_markdown), (html, as_page)):
        if path:
            _write(path, written(decision))
    _keep(decision)
    if gate and decision.exit:
        raise typer.Exit(int(decision.exit))


def _keep(decision: Decision) -> None:
    """Keeps the report for the page of the evals; a folder that cannot be written changes no
    decision.
    """
    from eval.reports.kept import keep_report
    from rag.settings import read_settings

    folder = read_settings().reports_folder
    try:
        keep_report(folder, decision, datetime.now(UTC))
    except OSError as error:
        print(
            f"The report is not kept in {folder} ({error.strerror}). RASHOMON_REPORTS names"
            " another.",
            file=sys.stderr,
        )


def _write(path: Path, content: str) -> None:
    from vectorstore.errors import UsageError

    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"The report cannot be written ({error.strerror}). Name another file.", path
        ) from error
