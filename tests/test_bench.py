from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.material import PASSAGES, SENTENCES, pieces, vectors, write_files
from bench.ours import ask, build, ingest
from bench.page import BEGIN, END, table, write_page
from bench.run import Ratio
from tests.conftest import ROOT, TinyEmbedder
from vectorstore.language.sentences import sentences


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
    assert all(
        0 < asked[kind]["p50"] <= asked[kind]["p95"] for kind in ("search", "filtered", "answer")
    )


def test_a_ratio_holds_on_its_side_of_the_bound() -> None:
    assert [Ratio("", 2, 1).holds, Ratio("", 1, 1).holds, Ratio("", 2, 1, at_most=False).holds] == [
        False,
        True,
        True,
    ]
    assert (
        table([("cold", 3.14159, 3.0, False)]).splitlines()[-1] == "| cold | 3.14 | 3.0 | **no** |"
    )


def test_the_page_has_a_place_for_the_figures() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert page.index(BEGIN) < page.index(END)


def test_figures_are_written_into_the_page_with_their_plot(tmp_path: Path) -> None:
    one = {
        "ready": 1.0, "memory_mb": 400, "disk_mb": 40,
        "search": {"p50": 0.013, "p95": 0.02}, "filtered": {"p50": 0.01, "p95": 0.02},
    }  # fmt: skip
    ingested = {"seconds": 40.0, "passages": 960, "disk_mb": 49}
    told = {
        "ingest": {"ours": ingested, "theirs": ingested | {"seconds": 50.0}},
        "cold": {"alone_cpu": 2.5, "with_server": 0.35, "server_ready": 8.5},
        "ask": {"1000": {"ours": one, "theirs": one}, "10000": {"ours": one, "theirs": one}},
    }
    (tmp_path / "performance.md").write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    write_page(told, [("cold", 2.5, 3.0, True)], tmp_path)
    page = (tmp_path / "performance.md").read_text().splitlines()
    assert page[:2] == ["Before.", BEGIN] and page[-2:] == [END, "After."]
    assert "| 1,000 | theirs | 13 / 20 | 10 / 20 | - | 1.0 s | 400 | 40 |" in page
    assert (
        page[-3]
        == "Ingest: ours 960 passages at 24.0 a second into 49 MB; theirs 960 passages at 19.2 a"
        " second into 49 MB. `rashomon ask`: 2.5 s of CPU alone, 0.35 s with a server running,"
        " which is ready after 8.5 s."
    )
    assert (tmp_path / "performance.svg").read_text().startswith("<?xml")
