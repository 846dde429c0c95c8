from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.gate import FLOORS, Verdict, judge
from eval.report import as_json, table
from eval.run import Report, Row, run_suite
from eval.score import Score
from eval.scorers import SCORERS
from eval.suite import Evidence, Sample, Suite, read_suite
from rag.answer import Answer
from tests.conftest import ROOT
from tests.test_render import ANSWER, TEXT
from vectorstore.errors import SuiteError

SAMPLE = Sample(
    "q1", "When?", True, evidence=(Evidence("weir.txt", "The weir <broke> at noon."),), holders=("Ana Bell",)
)
TEXTS = {"weir.txt": TEXT}


def scores(sample: Sample, answer: Answer) -> dict[str, float | None]:
    return {name: scorer(sample, answer, TEXTS).value for name, scorer in SCORERS.items()}


def test_an_answer_that_shows_everything_scores_one_everywhere() -> None:
    assert scores(SAMPLE, ANSWER) == dict.fromkeys(SCORERS, 1.0)


def test_each_scorer_sees_its_own_fault_and_no_other() -> None:
    right = dict.fromkeys(SCORERS, 1.0)
    inexact = replace(ANSWER, citations=(replace(ANSWER.citations[0], quote="The weir broke at one."),))
    assert scores(SAMPLE, inexact) == right | {"quote_exactness": 0.0}
    elsewhere = replace(SAMPLE, evidence=(*SAMPLE.evidence, Evidence("weir.txt", "Nobody was warned.")))
    assert scores(elsewhere, ANSWER) == right | {"evidence_recall": 0.5}
    another = replace(SAMPLE, holders=("Ana Bell", "Sam Quay"))
    assert scores(another, ANSWER) == right | {"holder_recall": 0.5}
    assert scores(replace(SAMPLE, answerable=False), ANSWER) == right | {"status_accuracy": 0.0}


def test_what_cannot_be_scored_is_unscored_with_a_reason_and_not_zero() -> None:
    silent = replace(ANSWER, citations=(), status="unanswered")
    nothing = Sample("q2", "Why?", False)
    assert scores(nothing, silent) == {
        "quote_exactness": None,
        "evidence_recall": None,
        "holder_recall": None,
        "status_accuracy": 1.0,
    }
    assert SCORERS["quote_exactness"](nothing, silent, TEXTS) == Score(None, "the answer cites nothing")


def test_evidence_cited_past_3000_characters_earns_nothing() -> None:
    long = TEXT + "Rain. " * 700
    padding = replace(ANSWER.citations[0], start=len(TEXT), end=len(long), quote=long[len(TEXT) :])
    late = replace(ANSWER, citations=(padding, replace(ANSWER.citations[0], id=2)))
    assert SCORERS["evidence_recall"](SAMPLE, late, {"weir.txt": long}).value == 0.0


def test_a_suite_runs_and_its_means_leave_out_the_unscored() -> None:
    suite = Suite("mine", None, (SAMPLE, Sample("q2", "Why?", False, type="unanswerable")))
    report = run_suite(suite, lambda sample: ANSWER, TEXTS)
    assert (report.suite, report.version, report.writer) == ("mine", "v1", "extractive")
    assert (report.mean("evidence_recall"), report.scored("evidence_recall")) == (1.0, 1)
    assert (report.mean("status_accuracy"), report.scored("status_accuracy")) == (0.5, 2)
    assert {name: part.mean("status_accuracy") for name, part in report.by_type.items()} == {
        "full": 1.0,
        "unanswerable": 0.0,
    }


def report(**values: float | None) -> Report:
    told = {name: Score(values.get(name, 1.0), "as given") for name in SCORERS}
    return Report("mine", "v1", "extractive", (Row("q1", "full", "When?", "answered", told),))


def test_the_gate_passes_on_the_floor_and_fails_below_it_and_where_nothing_was_scored() -> None:
    assert all(verdict.passed for verdict in judge(report()))
    assert all(verdict.passed for verdict in judge(report(**FLOORS)))
    failed = [v.scorer for v in judge(report(quote_exactness=0.999, evidence_recall=None)) if not v.passed]
    assert failed == ["quote_exactness", "evidence_recall"]


def test_a_report_is_told_as_a_table_and_as_json() -> None:
    given = report(holder_recall=0.25)
    verdicts = [Verdict("holder_recall", 0.25, 0.5, 1)]
    assert table(given, verdicts).splitlines() == [
        "suite mine: 1 questions, corpus version v1, writer extractive",
        "",
        "score                mean  floor  scored  verdict",
        "holder_recall       0.250   0.50       1  FAIL",
        "",
        "type               n    holder_recall",
        "full               1            0.250",
        "",
        "Points lost:",
        "  q1 When?",
        "      holder_recall 0.250: as given",
    ]
    told = as_json(given, verdicts)
    assert told["passed"] is False
    assert told["scores"] == [{"scorer": "holder_recall", "mean": 0.25, "floor": 0.5, "scored": 1, "passed": False}]


def test_the_bundled_suite_has_30_questions_whose_evidence_stands_once_in_its_source() -> None:
    suite = read_suite(ROOT / "eval" / "suites" / "sample.jsonl")
    assert (suite.name, suite.corpus, len(suite.samples)) == ("sample", "sample", 30)
    folder = ROOT / "ingest" / "sample" / "articles"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    pieces = [piece for sample in suite.samples for piece in sample.evidence]
    assert [piece for piece in pieces if texts[piece.source].count(piece.quote) != 1] == []
    assert [sample.id for sample in suite.samples if sample.answerable != bool(sample.evidence)] == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the first line must name the suite"),
        ('{"id": "q1"}', "the first line must name the suite"),
        ('{"suite": "mine"}', "holds no question"),
        ('{"suite": "mine"}\n\nnot json', "line 3: this is not JSON"),
        ('{"suite": "mine"}\n[1]', "line 2: a line must be a JSON object"),
        ('{"suite": "mine"}\n{"id": "q1", "question": "Why?"}', "line 2: a question needs"),
    ],
)
def test_a_mistake_in_a_suite_is_told_with_its_line(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "suite.jsonl").write_text(content)
    with pytest.raises(SuiteError, match=message):
        read_suite(tmp_path / "suite.jsonl")
