"""Suites of questions: what is read of them, and every mistake told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.corpus_texts import CorpusTexts, Voice
from eval.draft import draft
from eval.suite import ExpectedEvidence, Sample, Suite, mistakes_in, read_suite, suite_schema
from ingest.sample import sample_texts
from tests.conftest import ROOT
from vectorstore.errors import SuiteError, UsageError

SAMPLE = ROOT / "eval" / "suites" / "sample.jsonl"
HEAD = '{"suite": "mine", "corpus": "sample"}\n'


def written(folder: Path, content: str) -> Path:
    path = folder / "suite.jsonl"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_suite_is_read_whole(tmp_path: Path) -> None:
    line = (
        '{"id": "q1", "question": "Who broke it?", "answerable": true, "context": ["And the'
        ' weir?"], "type": "followup", "language": "en", "evidence": [{"source": "weir.txt",'
        ' "quote": "It broke."}], "holders": ["Ana Bell"], "contested": true}\n'
    )
    other = '{"id": "q2", "question": "Why?", "answerable": false, "context": null}\n'
    assert read_suite(written(tmp_path, HEAD + line + "\n" + other)) == Suite(
        "mine",
        "sample",
        (
            Sample(
                "q1", "Who broke it?", True, ("And the weir?",), "followup", "en",
                (ExpectedEvidence("weir.txt", "It broke."),), ("Ana Bell",), True,
            ),
            Sample("q2", "Why?", False),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "mistakes"),
    [
        (
            "",
            [
                'line 1: the file is empty. The first line names the suite, such as {"suite":'
                ' "mine"}.'
            ],
        ),
        (HEAD, ["line 2: there is no question. Add one a line below the first."]),
        (
            HEAD + "\nnot json\n",
            ["line 3: this is not JSON (Expecting value: line 1 column 1 (char 0))."],
        ),
        (HEAD + '{"id": "a", "question": "Why?"}', ["line 2: `answerable`: Field required."]),
        (
            HEAD + '{"id": "a", "question": "Why?", "answerable": false, "holder": "x"}',
            ["line 2: `holder`: Unexpected keyword argument."],
        ),
        (
            HEAD + '{"id": "a", "question": " ", "answerable": true}\n{"id": "a", "question": "W",'
            ' "answerable": false,"holders": ["B"]}',
            [
                "line 2: the question is empty.",
                (
                    "line 2: it is answerable and names no evidence. Add the words that answer it,"
                    " or set `answerable` to false."
                ),
                (
                    "line 3: it is not answerable, so it has no evidence, no holders and is not"
                    " contested."
                ),
                "line 3: the id a stands on line 2 already.",
            ],
        ),
    ],
)
def test_every_mistake_is_told_with_its_line(
    tmp_path: Path, content: str, mistakes: list[str]
) -> None:
    path = written(tmp_path, content)
    assert mistakes_in(path) == mistakes
    with pytest.raises(SuiteError) as raised:
        read_suite(path)
    assert raised.value.with_place == f"The suite has a mistake at {mistakes[0]} ({path})"


def test_a_first_line_that_names_no_suite_is_a_mistake(tmp_path: Path) -> None:
    told = mistakes_in(written(tmp_path, '{"id": "q1", "question": "Why?", "answerable": false}\n'))
    assert told[0].startswith(
        'line 1: the first line must name the suite, such as {"suite": "mine"}'
    )


def test_evidence_must_stand_once_in_its_source(tmp_path: Path) -> None:
    line = (
        '{"id": "q1", "question": "W", "answerable": true, "evidence": [{"source": "%s", "quote":'
        ' "It broke."}]}\n'
    )
    path = written(tmp_path, HEAD + line % "weir.txt")
    assert mistakes_in(path, {"weir.txt": "It broke."}) == []
    assert mistakes_in(path, {"weir.txt": "It broke. It broke."}) == [
        "line 2: “It broke.” stands 2 times in weir.txt; once is needed."
    ]
    assert mistakes_in(path, {}) == ["line 2: the corpus has no source weir.txt."]


def test_a_suite_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        SuiteError, match=r"cannot be read \(FileNotFoundError\). Name a UTF-8 file of JSON lines."
    ):
        read_suite(tmp_path / "none.jsonl")


def test_the_schema_has_every_field_of_a_question() -> None:
    schema = suite_schema()
    assert set(schema["properties"]) == set(Sample.__dataclass_fields__)
    assert (
        schema["required"] == ["id", "question", "answerable"]
        and schema["additionalProperties"] is False
    )


def test_the_bundled_suite_has_questions_of_every_kind_without_a_mistake() -> None:
    assert mistakes_in(SAMPLE, sample_texts()) == []
    samples = read_suite(SAMPLE).samples
    assert len(samples) == 140 and len({sample.question for sample in samples}) == 140
    kinds = (
        "arabic comparison contested crosslingual date false_premise followup full keyword numeric"
        " says_about"
    )
    assert {sample.type for sample in samples} == {*kinds.split(), "unanswerable"}
    assert (
        sum(sample.contested for sample in samples) >= 25
        and sum(not sample.answerable for sample in samples) >= 20
    )
    assert all(
        bool(sample.context) == (sample.type == "followup")
        for sample in samples
        if sample.answerable
    )


def test_a_draft_asks_everybody_once_and_is_a_suite(tmp_path: Path) -> None:
    ana = "The weir above Tolling broke at noon, and the mill went with it."
    omar = "Nobody in Tolling was warned, and 37 people died of it that night."
    text = f"{ana}\n{omar}\n"
    voices = tuple(
        Voice(
            text.index(told),
            text.index(told) + len(told),
            name,
            None,
            "person",
            "Lin Marsh",
            "North Post",
        )
        for told, name in ((ana, "Ana Bell"), (omar, "Omar Reed"))
    )
    head, *rows = draft(CorpusTexts({"weir.txt": text}, {"weir.txt": voices}), 5)
    assert head == {"suite": "draft"}
    assert sorted((row["type"], row["holders"], row["evidence"][0]["quote"]) for row in rows) == [
        ("numeric", ("Omar Reed",), omar),
        ("says_about", ("Ana Bell",), ana),
    ]
    assert all("Tolling" not in row["question"] or "about" in row["question"] for row in rows)
    with pytest.raises(UsageError, match="Nobody who is named speaks in the corpus"):
        list(draft(CorpusTexts({}, {}), 5))
