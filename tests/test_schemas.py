from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from rag.answer import Answer
from tests.test_render import ANSWER
from ui.schemas import (
    ArticleRow,
    AskedCorrection,
    CorrectionRow,
    HolderRow,
    article_row,
    from_json,
    statement_row,
    to_json,
)
from vectorstore.records import Article, Holder, Statement


def test_an_answer_crosses_the_wire_unchanged() -> None:
    assert from_json(Answer, to_json(ANSWER)) == ANSWER


def test_an_answer_has_the_promised_shape() -> None:
    row = json.loads(to_json(ANSWER))
    promised = (
        "id question understood status text sentences viewpoints disagreements gaps citations"
        " searched writer"
    )
    assert set(promised.split()) <= row.keys()
    cited = (
        "id article_id source start end quote title author outlet published url language holder"
        " chain form"
    )
    assert set(cited.split()) <= row["citations"][0].keys()
    assert row["citations"][0]["holder"] == {
        "name": "Ana Bell",
        "mention": "Ana Bell",
        "type": "person",
        "role": "keeper",
    }
    assert row["citations"][0]["chain"][1] == {
        "name": "Omar Reed",
        "role": "written_by",
        "date": "2021-05-03",
    }
    assert set("holder chain outlet published citations".split()) == row["viewpoints"][0].keys()
    assert set("corpus version articles passages filters".split()) == row["searched"].keys()


def test_a_statement_row_carries_its_words() -> None:
    statement = Statement(
        "s", "a", "a.txt", 4, 8, Holder(None, "a guard", "unnamed"), "indirect", ()
    )
    row = json.loads(to_json(statement_row(statement, "The weir.")))
    promised = (
        "id article_id source start end text holder form cue polarity modality chain parent_id"
        " confidence language"
    )
    assert set(promised.split()) | {"rule", "resolved"} == row.keys()
    assert row["text"] == "weir"


def test_an_article_row_carries_its_spans_and_counts() -> None:
    row = article_row(
        Article("a", "a.txt", 0, 9, "Title", body=((3, 9),)), passages=2, statements=1
    )
    assert json.loads(to_json(row))["body"] == [[3, 9]]
    assert from_json(ArticleRow, to_json(row)) == row


def test_a_holder_and_a_correction_cross_the_wire_unchanged() -> None:
    holder = HolderRow("Omar Reed", "person", ("miller",), ("Umar Rid",), 2, 1, "2021-05-03", None)
    assert from_json(HolderRow, to_json(holder)) == holder
    row = CorrectionRow(
        "c", None, "a1", "The Weir", "nobody", 7, "author", None, "2024-06-01", True
    )
    assert from_json(CorrectionRow, to_json(row)) == row


def test_what_is_asked_of_a_correction_has_no_other_fields() -> None:
    asked = AskedCorrection("Omar Reed", "person", "nobody")
    assert from_json(AskedCorrection, to_json(asked)) == asked
    with pytest.raises(ValidationError):
        from_json(AskedCorrection, '{"holder": "Omar Reed", "title": "The Weir"}')
