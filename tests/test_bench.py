from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.material import PASSAGES, SENTENCES, pieces, vectors, write_files
from bench.ours import ask, build, ingest
from bench.page import BEGIN, END, table
from bench.run import Ratio
from tests.conftest import ROOT, TinyEmbedder
from vectorstore.language.sentences import sentences
from vectorstore.ranking import first


class Tiny(TinyEmbedder):
    dimension = 384


def test_the_articles_are_the_same_in_every_run_and_have_as_many_sentences_as_vectors() -> None:
    one, *_ = pieces(3)
    assert one == next(iter(pieces(1))) and len(one.paragraphs) == PASSAGES
    assert [len(list(sentences(words))) for words in one.paragraphs] == [SENTENCES] * PASSAGES
    assert np.array_equal(vectors(one), vectors(one))
    assert np.linalg.norm(vectors(one), axis=1) == pytest.approx([1] * PASSAGES, abs=1e-5)


def test_ingest_and_questions_are_measured(tmp_path: Path) -> None:
    write_files(2, tmp_path / "files")
    told = ingest(tmp_path / "files", tmp_path / "ours", Tiny())
    assert told["passages"] > PASSAGES and 0 < told["in_encoder"] < 1 and told["seconds"] > 0
    build(40, tmp_path / "built", Tiny())
    build(40, tmp_path / "built", Tiny())  # what is there is kept
    asked = ask(tmp_path / "built", 3, Tiny())
    assert set(asked) == {"ready", "memory_mb", "disk_mb", "search", "filtered", "answer"}
    assert all(0 < asked[kind]["p50"] <= asked[kind]["p95"] for kind in ("search", "filtered", "answer"))


def test_a_ratio_holds_on_its_side_of_the_bound() -> None:
    assert [Ratio("", 2, 1).holds, Ratio("", 1, 1).holds, Ratio("", 2, 1, at_most=False).holds] == [False, True, True]
    assert table([("cold", 3.14159, 3.0, False)]).splitlines()[-1] == "| cold | 3.14 | 3.0 | **no** |"


def test_the_page_has_a_place_for_the_figures() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert page.index(BEGIN) < page.index(END)


def test_the_first_are_the_highest_and_of_equals_the_earlier() -> None:
    scores = np.array([0, 3, 1, 3, 1, 1, 2], dtype=np.float32)
    assert [first(scores, k) for k in (1, 2, 4, 5, 9)] == [
        [1], [1, 3], [1, 3, 6, 2], [1, 3, 6, 2, 4], [1, 3, 6, 2, 4, 5],
    ]  # fmt: skip
