"""Runs: answers of any system, kept in files that can be gone on with and scored again."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.report import score
from eval.runs.baseline import accept, accepted
from eval.runs.run import Answered, Run, run_suite
from eval.runs.run_file import Head, Keeper, head_of, read_run, write_run
from eval.runs.systems import answered, from_file, from_server
from eval.suite import Sample, Suite
from rag.verification.rule_judge import RuleJudge
from tests.test_scorers import ANSWER, COUNCIL, HITS, MATERIAL, SAMPLE
from vectorstore.errors import RunError, ServerError

OTHER = Sample("q2", "Why?", False)
SUITE = Suite("mine", None, (SAMPLE, OTHER))
TIMED = replace(ANSWER, timings_ms={"search": 12.5})


def system(sample: Sample) -> Answered:
    return Answered(sample.id, TIMED, HITS)


def made() -> Run:
    return run_suite(SUITE, system, MATERIAL, name="extractive", version="v1")


def test_a_run_has_an_answer_for_each_question_in_order_without_timings() -> None:
    told: list[str] = []
    run = run_suite(
        SUITE,
        system,
        MATERIAL,
        name="extractive",
        version="v1",
        heard=lambda one: told.append(one.id),
        jobs=4,
    )
    assert run == Run("mine", "extractive", "v1", SUITE.samples, run.answered, MATERIAL)
    assert run.answered == (Answered("q1", ANSWER, HITS), Answered("q2", ANSWER, HITS))
    assert sorted(told) == ["q1", "q2"]


def test_a_question_on_which_the_system_fails_has_its_error_and_the_run_goes_on() -> None:
    def fails(sample: Sample) -> Answered:
        if sample is OTHER:
            raise ServerError("no reply")
        return system(sample)

    run = run_suite(SUITE, fails, MATERIAL, name="x", version="v1")
    assert run.failed == (Answered("q2", None, error="no reply"),)
    report = score(run, RuleJudge())
    assert report.rows[1].status == "no answer"
    assert report.rows[1].scores["refusal"].explanation == "there is no answer: no reply"
    assert report.coverage("quote_exactness") == 0.5


@pytest.mark.parametrize("name", ["run.jsonl", "run.jsonl.gz"])
def test_a_run_comes_back_from_its_file_and_equal_runs_are_equal_bytes(
    tmp_path: Path, name: str
) -> None:
    write_run(tmp_path / name, made())
    write_run(tmp_path / f"again-{name}", made())
    assert read_run(tmp_path / name) == made()
    assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes()


def test_a_run_that_was_stopped_is_gone_on_with(tmp_path: Path) -> None:
    path, head = tmp_path / "run.jsonl", head_of(made())
    keeper = Keeper(path, SUITE, head, MATERIAL)
    keeper(Answered("q1", ANSWER, HITS))
    with pytest.raises(
        RunError, match=r"is not complete: 1 questions are not answered. Run it again to go on"
    ):
        read_run(path)
    again = Keeper(path, SUITE, head, MATERIAL)
    asked: list[str] = []

    def counted(sample: Sample) -> Answered:
        asked.append(sample.id)
        return system(sample)

    run = run_suite(
        SUITE, counted, MATERIAL, name="extractive", version="v1", known=again.known, heard=again
    )
    assert asked == ["q2"] and read_run(path) == run == made()


def test_another_run_is_not_written_over(tmp_path: Path) -> None:
    write_run(tmp_path / "run.jsonl", made())
    other = replace(head_of(made()), version="v2")
    with pytest.raises(RunError, match="holds another run"):
        Keeper(tmp_path / "run.jsonl", SUITE, other, MATERIAL)


@pytest.mark.parametrize("content", [b"", b"{}\n", b"not json\n", b'{"run": {"format": 1}}\n'])
def test_what_is_no_run_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "run.jsonl").write_bytes(content)
    with pytest.raises(RunError, match=r"is no run|cannot be read"):
        read_run(tmp_path / "run.jsonl")
    (tmp_path / "run.jsonl.gz").write_bytes(gzip.compress(b"x")[:10])
    with pytest.raises(RunError):
        read_run(tmp_path / "run.jsonl.gz")


def test_a_run_of_another_format_is_told(tmp_path: Path) -> None:
    write_run(tmp_path / "run.jsonl", made())
    text = (tmp_path / "run.jsonl").read_text().replace('"format":1', '"format":9')
    (tmp_path / "run.jsonl").write_text(text)
    with pytest.raises(RunError, match="has format 9, and this version reads 1"):
        read_run(tmp_path / "run.jsonl")


def test_only_a_whole_run_of_the_same_questions_is_accepted(tmp_path: Path) -> None:
    suite = tmp_path / "mine.jsonl"
    assert accepted(suite) is None
    path = accept(made(), SUITE, suite)
    assert path == tmp_path / "baselines" / "mine.jsonl.gz" == accepted(suite)
    assert read_run(path) == made()
    with pytest.raises(RunError, match="is of other questions"):
        accept(made(), Suite("mine", None, (SAMPLE,)), suite)
    failed = replace(made(), answered=(Answered("q1", ANSWER), Answered("q2", None, error="x")))
    with pytest.raises(RunError, match="1 questions of the run have no answer"):
        accept(failed, SUITE, suite)


FOREIGN = {
    "text": f"The council spoke. They said: “{COUNCIL.quote}” [1].",
    "citations": [
        {"source": "south.txt", "start": COUNCIL.start, "end": COUNCIL.end, "quote": COUNCIL.quote},
    ],
}


def test_a_foreign_answer_is_filled_in() -> None:
    found = answered(SAMPLE, FOREIGN).answer
    assert found is not None
    assert [(s.kind, s.citations) for s in found.sentences] == [("claim", ()), ("claim", (1,))]
    assert (found.status, found.writer, found.citations[0].holder.type) == (
        "answered",
        "unknown",
        "unnamed",
    )
    silent = answered(OTHER, {"text": "I do not know.", "status": "unanswered"}).answer
    assert silent is not None and [s.kind for s in silent.sentences] == ["gap"]
    told = answered(SAMPLE, {**FOREIGN, "hits": [{"source": "a", "start": 0, "end": 3}]})
    assert told.hits is not None and told.hits[0].end == 3


def test_a_foreign_answer_that_lacks_what_is_needed_is_told() -> None:
    with pytest.raises(
        RunError,
        match=r"The answer to question q1 cannot be read: `citations.0.start`: Field required",
    ):
        answered(SAMPLE, {"text": "x", "citations": [{"source": "a"}]})


@pytest.mark.parametrize(
    "row", [None, 5, {"text": None}, {}, {"text": "x", "citations": "a"}, {"text": "x", "hits": 5}]
)
def test_a_line_that_is_no_answer_is_told(row: Any) -> None:
    with pytest.raises(RunError, match="The answer to question q1 cannot be read"):
        answered(SAMPLE, row)


def test_a_question_that_failed_is_asked_again() -> None:
    known = {"q1": Answered("q1", ANSWER, HITS), "q2": Answered("q2", None, error="no reply")}
    assert (
        run_suite(SUITE, system, MATERIAL, name="extractive", version="v1", known=known) == made()
    )


def test_answers_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in (FOREIGN, {"text": "No."})))
    asked = from_file(path, SUITE)
    assert asked(OTHER).answer.text == "No."  # type: ignore[union-attr]
    with pytest.raises(RunError, match="There are 2 answers for 1 questions"):
        from_file(path, Suite("mine", None, (SAMPLE,)))
    with pytest.raises(RunError, match="cannot be read"):
        from_file(tmp_path / "none.jsonl", SUITE)


@pytest.fixture
def server() -> Iterator[str]:
    """A server that answers every question alike, and fails on one without a history."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps({**FOREIGN, "question": asked["question"]}).encode()
            self.send_response(200 if asked["history"] else 500)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_address[1]}/v1/answers"
    made.shutdown()
    made.server_close()


def test_answers_come_from_a_server_and_its_errors_are_told(server: str) -> None:
    asked = from_server(server)
    follow_up = replace(SAMPLE, context=("And the weir?",))
    assert asked(follow_up).answer.question == SAMPLE.question  # type: ignore[union-attr]
    with pytest.raises(ServerError, match=r"The server gave no answer \(HTTPStatusError\)\."):
        asked(SAMPLE)


def test_the_head_of_a_run_tells_it_from_others() -> None:
    assert head_of(made()) == Head(1, "mine", "extractive", "v1", MATERIAL.fingerprint)
