from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from eval import crosslingual
from eval.crosslingual import HitRates, XquadReading, hits, main, measure, read_xquad
from tests.conftest import TinyEmbedder

TEXTS = {
    "en": (
        ["The school is old.", "The army left the city."],
        ["Who left the city?", "How old is the school?"],
    ),
    "ar": (["المدرسة قديمة.", "غادر الجيش المدينة."], ["من غادر المدينة؟", "كم عمر المدرسة؟"]),
}


def xquad(folder: Path) -> Path:
    for language, (passages, questions) in TEXTS.items():
        told = [
            {"context": p, "qas": [{"question": q}]}
            for p, q in zip(passages, reversed(questions), strict=True)
        ]
        text = json.dumps({"data": [{"paragraphs": told}]})
        (folder / f"xquad.{language}.dev.json").write_text(text, encoding="utf-8")
    return folder


def test_questions_are_read_with_the_place_of_their_paragraph(tmp_path: Path) -> None:
    passages, questions = TEXTS["en"]
    assert read_xquad(xquad(tmp_path) / "xquad.en.dev.json") == XquadReading(
        tuple(passages), tuple(reversed(questions)), (0, 1)
    )


def test_of_equal_scores_the_earlier_passage_comes_first() -> None:
    scores = np.array([[0.5, 0.5], [0.5, 0.5], [0.1, 0.9], [0.9, 0.1]])
    assert hits(scores, [0, 1, 1, 1]) == (0.5, 1.0)


def test_crossing_finds_what_plain_words_do_not(tmp_path: Path) -> None:
    texts = {
        language: read_xquad(xquad(tmp_path) / f"xquad.{language}.dev.json") for language in TEXTS
    }
    rows = {row.name: row.hits for row in measure(texts, TinyEmbedder())}
    assert rows["BM25"]["en", "ar"] == (0.5, 1.0)
    assert rows["BM25, crossed"] == dict.fromkeys(rows["BM25"], (1.0, 1.0))
    assert rows["BM25 + both vectors"] == dict.fromkeys(rows["BM25"], (1.0, 1.0))


def test_the_command_prints_a_table_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crosslingual, "BundledEmbedder", TinyEmbedder)
    assert main([str(xquad(tmp_path))]) == 0
    told = capsys.readouterr().out.splitlines()
    assert (
        told[0] == "2 questions, 2 passages; Hits@1/Hits@10"
        and told[1].split() == "en->en ar->ar en->ar ar->en".split()
    )
    assert main([str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err.startswith(
        f"XQuAD in {tmp_path / 'nowhere'} cannot be measured: "
    )


def test_a_row_leaves_out_what_was_not_tried() -> None:
    assert str(HitRates("BM25", {("en", "ar"): (0.5, 1.0)})).split() == ["BM25", "0.500/1.000"]
