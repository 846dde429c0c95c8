"""The eval commands, from a suite to an exit code."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from eval.degraded_runs import SABOTAGE, main, trial
from eval.feedback import REASONS, Feedback, keep
from eval.gate import Exit
from eval.judges.faithfulness import LlamaIndexFaithfulness
from eval.policy import read_policy
from eval.reports.kept import kept_reports
from eval.runs.baseline import accepted, baseline_path
from eval.runs.run_file import read_run
from eval.suite import ExpectedEvidence, read_suite
from ingest.sample import sample_texts
from rag.answer import Answer
from rag.llm import OpenAiCompatible
from rag.verification.verdict import Mistake, Verdict
from tests.conftest import ROOT
from tests.scripted_server import Script, scripted
from tests.test_cli import folder, run
from tests.test_verdict import ANA
from ui.schemas import from_json

__all__ = ["folder"]  # the fixture of a corpus with one article

SAMPLE = ROOT / "eval" / "suites" / "sample.jsonl"
SUITE = """{"suite": "weir"}
{"id": "w1", "question": "When did the weir above Tolling break?", "answerable": true, "holders": ["Ana Bell"], \
"evidence": [{"source": "weir.txt", "quote": "The weir above Tolling broke at noon."}]}
{"id": "w2", "question": "What did the mayor of Sorrel say about cheese?", "answerable": false, "type": "unanswerable"}
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    path = tmp_path / "weir.jsonl"
    path.write_text(SUITE)
    return path


def test_a_suite_is_run_kept_accepted_and_compared(
    capsys: pytest.CaptureFixture[str], folder: Path, suite: Path, tmp_path: Path
) -> None:
    saved, page = tmp_path / "run.jsonl.gz", tmp_path / "report.html"
    asked = ["eval", "run", str(suite), "--corpus", str(folder), "--gate"]
    code, out, _ = run(
        capsys,
        *asked,
        "--save",
        str(saved),
        "--html",
        str(page),
        "--markdown",
        str(tmp_path / "r.md"),
    )
    assert (code, out.splitlines()[0]) == (
        0,
        (
            f"suite weir: 2 questions, corpus version {read_run(saved).version}, extractive, judged"
            " by typed checks, not compared"
        ),
    )
    assert "supported" in page.read_text() and (tmp_path / "r.md").read_text().startswith(
        "## Faithfulness of weir: pass"
    )
    before = saved.read_bytes()
    code, out, _ = run(capsys, *asked, "--save", str(saved), "--json")
    assert (code, saved.read_bytes()) == (0, before)  # nothing was asked again
    assert json.loads(out)["scores"][0]["change"] is None

    code, out, _ = run(capsys, "eval", "accept", str(saved), str(suite))
    assert (code, out) == (0, f"{baseline_path(suite)} is the baseline of {suite} now.\n")
    code, out, _ = run(capsys, *asked, "--json")
    told = json.loads(out)
    assert (code, told["scores"][0]["change"]["interval"]["mean"]) == (0, 0.0)
    code, first, _ = run(capsys, "eval", "score", str(saved))
    assert run(capsys, "eval", "score", str(saved)) == (0, first, "")


def test_a_worse_run_fails_the_gate_with_exit_1_and_compare_says_by_how_much(
    capsys: pytest.CaptureFixture[str], folder: Path, suite: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    run(capsys, "eval", "run", str(suite), "--corpus", str(folder), "--save", str(good))
    bad.write_text(
        good.read_text().replace(
            "“The weir above Tolling broke at noon.”", "“The weir broke at dusk.”"
        )
    )
    code, out, _ = run(
        capsys,
        "eval",
        "compare",
        str(good),
        str(bad),
        "--gate",
        "--junit",
        str(tmp_path / "junit.xml"),
    )
    assert code == 1 and out.splitlines()[-1].startswith(
        "fail; failed: claim_support, typed_violations, citation_recall"
    )
    assert (tmp_path / "junit.xml").read_text().count("<failure") == 4
    code, out, _ = run(capsys, "eval", "compare", str(good), str(bad))
    assert code == 0  # without --gate it only tells


def test_answers_that_cannot_be_scored_are_exit_3(
    capsys: pytest.CaptureFixture[str], folder: Path, suite: Path, tmp_path: Path
) -> None:
    run(
        capsys,
        "eval",
        "run",
        str(suite),
        "--corpus",
        str(folder),
        "--save",
        str(tmp_path / "run.jsonl"),
    )
    lines = (tmp_path / "run.jsonl").read_text().splitlines()
    lines[-1] = '{"answered":{"id":"w2","answer":null,"hits":null,"error":"no reply"}}'
    (tmp_path / "run.jsonl").write_text("\n".join(lines))
    code, out, _ = run(capsys, "eval", "score", str(tmp_path / "run.jsonl"), "--gate")
    assert code == 3 and out.splitlines()[-1].startswith(
        "invalid; 1 of 2 questions have no answer (no reply)"
    )


def test_answers_of_another_system_are_scored(
    capsys: pytest.CaptureFixture[str], folder: Path, suite: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text(
        '{"text": "The weir broke at noon."}\n{"text": "Nobody knows.", "status": "unanswered"}\n'
    )
    code, out, _ = run(
        capsys,
        "eval",
        "run",
        str(suite),
        "--corpus",
        str(folder),
        "--answers",
        str(answers),
        "--json",
    )
    told = json.loads(out)
    assert (code, told["system"], [row["status"] for row in told["questions"]]) == (
        0,
        "answers of answers.jsonl",
        ["answered", "unanswered"],
    )
    code, _, err = run(
        capsys, "eval", "run", str(suite), "--answers", str(answers), "--url", "http://127.0.0.1:1/"
    )
    assert (code, err) == (2, "rashomon: Name a file of answers or a server, not both.\n")


def test_check_tells_mistakes_and_the_schema(
    capsys: pytest.CaptureFixture[str], folder: Path, suite: Path, tmp_path: Path
) -> None:
    assert run(capsys, "eval", "check", str(suite), "--corpus", str(folder))[:2] == (
        0,
        f"{suite}: 2 questions, no mistakes.\n",
    )
    suite.write_text(SUITE.replace("broke at noon", "broke at dusk"))
    code, out, _ = run(capsys, "eval", "check", str(suite), "--corpus", str(folder))
    assert (
        code == 1
        and "line 2: “The weir above Tolling broke at dusk.” stands 0 times in weir.txt" in out
    )
    code, out, _ = run(capsys, "eval", "check", "--schema")
    assert code == 0 and json.loads(out)["title"] == "Sample"
    assert run(capsys, "eval", "check")[0] == 2


def test_draft_proposes_a_suite_that_check_reads(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "eval", "draft", "--corpus", str(folder), "-n", "3")
    (tmp_path / "draft.jsonl").write_text(out)
    assert code == 0 and read_suite(tmp_path / "draft.jsonl").samples[0].holders == ("Ana Bell",)


def test_draft_proposes_what_people_gave_feedback_on(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    question = "When did the weir above Tolling break?"
    _, told, _ = run(capsys, "ask", question, "--corpus", str(folder), "--json")
    keep(
        tmp_path / "feedback.jsonl",
        Feedback("2026-01-02", "down", from_json(Answer, told), (), REASONS[0]),
    )
    code, out, _ = run(
        capsys,
        "eval",
        "draft",
        "--corpus",
        str(folder),
        "--feedback",
        str(tmp_path / "feedback.jsonl"),
    )
    (tmp_path / "draft.jsonl").write_text(out)
    (sample,) = read_suite(tmp_path / "draft.jsonl").samples
    assert (code, sample.question, sample.note) == (0, question, "thumbs down: The wrong person")
    assert ExpectedEvidence("weir.txt", "The weir above Tolling broke at noon.") in sample.evidence


def test_a_report_is_kept_and_a_folder_that_cannot_be_written_fails_no_gate(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    suite: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = ["eval", "run", str(suite), "--corpus", str(folder), "--gate"]
    assert run(capsys, *asked)[0] == 0
    assert [one.told["suite"] for one in kept_reports(tmp_path / "reports")] == ["weir"]
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RASHOMON_REPORTS", str(tmp_path / "file"))
    code, _, err = run(capsys, *asked)
    assert (code, err) == (
        0,
        (
            f"The report is not kept in {tmp_path / 'file'} (File exists). RASHOMON_REPORTS names"
            " another.\n"
        ),
    )


def test_a_language_model_that_is_not_set_is_no_judge(
    capsys: pytest.CaptureFixture[str], folder: Path, suite: Path
) -> None:
    code, _, err = run(
        capsys, "eval", "run", str(suite), "--corpus", str(folder), "--judge", "model"
    )
    assert (code, err) == (
        2,
        "rashomon: No language model is set. Set RASHOMON_LLM_URL and RASHOMON_LLM_MODEL.\n",
    )


def test_the_evaluator_of_llama_index_judges_by_yes_and_no() -> None:
    for reply, verdict in (
        ("YES", Verdict((), 1.0)),
        ("NO", Verdict((Mistake("support", "It broke."),), 0.0)),
        (500, Verdict((), None, "no verdict: InternalServerError")),
    ):
        with scripted(Script(reply)) as url:
            judge = LlamaIndexFaithfulness(OpenAiCompatible(url, "scripted", "", 5, 100))
            assert judge.judge("It broke.", [ANA]) == verdict


def test_the_accepted_baseline_is_of_the_bundled_suite_and_its_articles() -> None:
    known = accepted(SAMPLE)
    assert known is not None
    baseline = read_run(known)
    assert baseline.samples == read_suite(SAMPLE).samples
    assert {
        name.split("/")[-1]: text for name, text in baseline.material.texts.items()
    } == sample_texts()


def test_the_pytest_plugin_has_a_test_for_each_score(
    pytester: pytest.Pytester,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    suite: Path,
    tmp_path: Path,
) -> None:
    saved = tmp_path / "run.jsonl"
    run(capsys, "eval", "run", str(suite), "--corpus", str(folder), "--save", str(saved))
    shutil.copy(saved, pytester.path / "run.jsonl")
    options = ("-p", "eval.pytest_plugin", "--rashomon-run", "run.jsonl", "run.jsonl")
    pytester.runpytest_inprocess(*options).assert_outcomes(passed=15)
    (pytester.path / "run.jsonl").write_text(saved.read_text().replace("at noon.”", "at dusk.”"))
    outcome = pytester.runpytest_inprocess(*options)
    outcome.assert_outcomes(passed=11, failed=4)
    outcome.stdout.fnmatch_lines(["*fail: 0.* is below the floor 1.00*"])


@pytest.mark.slow
def test_the_gate_fails_every_run_made_worse_and_passes_the_same_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = accepted(SAMPLE)
    assert known is not None
    baseline = read_run(known)
    found = trial(baseline, read_policy(), baseline, seeds=3)
    assert found == {"unchanged": [Exit.PASS] * 3, **{name: [Exit.FAIL] * 3 for name in SABOTAGE}}
    small = tmp_path / "small.jsonl"
    small.write_bytes(gzip.decompress(known.read_bytes())[:500])
    assert main([str(SAMPLE), str(small)]) == 1 and "cannot be read" in capsys.readouterr().err
