from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.retrieval import VARIANTS, Measured, measure, table
from eval.suite import ExpectedEvidence, Sample, Suite
from rag.retrieval.coverage import QuestionTerms
from rag.retrieval.results import Hit, SearchResult
from tests.conftest import ROOT
from vectorstore.records import Article, Passage
from vectorstore.storage.snapshot import Snapshot

TEXT = "The weir broke at noon. Nobody was warned. The mill is old."
SPANS = {"weir": (0, 23), "warned": (24, 42), "mill": (43, 59)}
FIRST, SECOND = (
    ExpectedEvidence("weir.txt", "The weir broke at noon."),
    ExpectedEvidence("weir.txt", "Nobody was warned."),
)


def found(*names: str) -> SearchResult:
    """What a search gave: these passages in this order."""
    article = Article("a", "weir.txt", 0, len(TEXT), "The Weir")
    hits = (
        Hit(
            Passage(name, "a", "weir.txt", *SPANS[name], TEXT[slice(*SPANS[name])], "en", ()),
            article,
            1.0,
        )
        for name in names
    )
    return SearchResult(tuple(hits), QuestionTerms(()), lambda: None, Snapshot("v", (), ()))


def test_the_share_of_evidence_in_the_first_passages_is_measured() -> None:
    samples = (
        Sample("1", "one", True, evidence=(FIRST, SECOND)),
        Sample("2", "two", True, evidence=(FIRST,)),
    )
    given = {"one": found("mill", "weir", "warned"), "two": found("mill")}
    rows = measure(
        "as it is",
        Suite("s", None, samples),
        lambda sample: given[sample.question],
        {"weir.txt": TEXT},
    )
    assert rows == Measured("as it is", {1: 0.0, 5: 0.5, 10: 0.5}, 0.5, 0.25, None)
    assert (
        table([rows]).splitlines()[2] == "| as it is | 0.000 | 0.500 | 0.500 | 0.500 | 0.250 | - |"
    )


def test_questions_that_cannot_be_answered_give_an_area_and_no_recall() -> None:
    samples = (Sample("1", "one", True, evidence=(FIRST,)), Sample("2", "two", False))
    rows = measure("equal", Suite("s", None, samples), lambda _: found("weir"), {"weir.txt": TEXT})
    assert rows == Measured("equal", {1: 1.0, 5: 1.0, 10: 1.0}, 1.0, 1.0, 0.5)


def test_the_page_about_retrieval_has_a_row_for_each_variant() -> None:
    page = (ROOT / "docs" / "retrieval.md").read_text(encoding="utf-8")
    assert [name for name in VARIANTS if f"| {name} |" not in page] == []


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "whole"])
def test_each_variant_differs_from_the_whole(name: str) -> None:
    assert VARIANTS[name] != VARIANTS["whole"] and replace(VARIANTS[name]) == VARIANTS[name]


def test_texts_are_found_beside_the_suite(tmp_path: Path) -> None:
    missing = Sample("1", "one", True, evidence=(ExpectedEvidence("other.txt", "The weir"),))
    assert (
        measure("none", Suite("s", None, (missing,)), lambda _: found("weir"), {}).recall[10] == 0.0
    )
