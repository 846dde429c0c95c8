"""What people say of answers: kept, and made into questions for a suite."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.feedback import REASONS, Feedback, keep, proposed, read_feedback
from eval.suite import read_suite
from tests.test_render import ANSWER, CITATION, QUOTE, TEXT
from vectorstore.errors import SuiteError

AT = "2026-01-02T03:04:05+00:00"


def test_what_is_said_is_kept_a_line_each_and_the_last_word_counts(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feedback.jsonl"
    up = Feedback(AT, "up", ANSWER)
    down = Feedback(AT, "down", ANSWER, (), REASONS[0], "It was Lin.")
    later = Feedback(AT, "up", ANSWER, ("And before?",))
    for one in (up, down, later):
        keep(path, one)
    assert len(path.read_text().splitlines()) == 3
    assert read_feedback(path) == [down, later]


def test_a_write_that_was_killed_spoils_no_other_line_and_two_answers_are_two(
    tmp_path: Path,
) -> None:
    path = tmp_path / "feedback.jsonl"
    one, two = (
        Feedback(AT, "down", ANSWER, (), REASONS[0]),
        Feedback(AT, "up", replace(ANSWER, text="Other words.")),
    )
    keep(path, one)
    keep(path, two)
    with path.open("ab") as file:
        file.write(b'{"at": "20')
    assert read_feedback(path) == [one, two]


def test_feedback_becomes_a_suite_that_can_be_read(tmp_path: Path) -> None:
    twice = replace(CITATION, id=2, quote="was", start=0, end=3)
    told = [
        Feedback(AT, "up", replace(ANSWER, citations=(CITATION, twice)), ("And before?",)),
        Feedback(AT, "down", replace(ANSWER, id="y"), (), REASONS[3]),
        Feedback(AT, "up", replace(ANSWER, id="z", status="unanswered")),
    ]
    lines = list(proposed(told, {"weir.txt": TEXT + "was was"}))
    assert lines[1] == {
        "id": "f-1-x",
        "question": "When?",
        "answerable": True,
        "context": ("And before?",),
        "type": "feedback",
        "language": "en",
        "evidence": ({"source": "weir.txt", "quote": QUOTE},),
        "holders": ("Ana Bell",),
        "contested": False,
        "note": "thumbs up",
    }
    assert lines[2]["note"] == "thumbs down: It should have said that it is not here"
    assert [line["answerable"] for line in lines[1:]] == [True, False, False]
    path = tmp_path / "suite.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert [sample.id for sample in read_suite(path).samples] == ["f-1-x", "f-2-y", "f-3-z"]


def test_an_answer_that_should_have_come_is_answerable_and_waits_for_its_evidence() -> None:
    silent = replace(ANSWER, status="unanswered", citations=())
    (_, line) = proposed([Feedback(AT, "down", silent, (), REASONS[4])], {})
    assert line["answerable"] is True and "evidence" not in line


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="cannot be read"):
        read_feedback(tmp_path / "none.jsonl")
    (tmp_path / "bad.jsonl").write_text("{}\n")
    with pytest.raises(SuiteError, match="Name a file that the chat has written"):
        read_feedback(tmp_path / "bad.jsonl")
