from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vectorstore.corrections import (
    Correction,
    add_correction,
    corrected,
    place_of,
    read_corrections,
)
from vectorstore.errors import CorrectionError
from vectorstore.records import Form, Holder, Link, Statement

TEXT = "Ana Bell said the weir broke at noon. The town slept. The town slept."
WHOLE, NOON = (0, len(TEXT)), (14, 36)
POST = Link("North Post", "published_by")


def statement(
    id: str, start: int, end: int, holder: Holder, parent: str | None = None
) -> Statement:
    chain = (POST,) if parent is None else (Link(holder.name, "said"), POST)
    form: Form = "author" if parent is None else "indirect"
    return Statement(
        id, "a1", "weir.txt", start, end, holder, form, chain, parent_id=parent, rule="some-rule"
    )


ROOT = statement("a1-s0", *WHOLE, Holder("North Post", None, "author"))
TOLD = statement("a1-s1", *NOON, Holder("Ana Bell", "Ana Bell", "person"), "a1-s0")


def correction(words: str, holder: str | None = "Omar Reed", **given: object) -> Correction:
    stated: Any = {"type": "person", "holder": holder, **given}
    return Correction("a1", words, TEXT.index(words), **stated)


def told(*corrections: Correction) -> list[tuple[str, str | None, str, str | None, str | None]]:
    found = corrected([ROOT, TOLD], TEXT, WHOLE, corrections)
    return [(s.id, s.holder.name, TEXT[s.start : s.end], s.parent_id, s.rule) for s in found]


def test_a_corrected_statement_keeps_its_id_and_is_marked() -> None:
    assert told(correction("the weir broke at noon")) == [
        ("a1-s0", "North Post", TEXT, None, "some-rule"),
        ("a1-s1", "Omar Reed", "the weir broke at noon", "a1-s0", "correction"),
    ]
    found = corrected([ROOT, TOLD], TEXT, WHOLE, [correction("the weir broke at noon")])[1]
    assert (found.chain, found.confidence, found.resolved) == (
        (Link("Omar Reed", "said"), POST),
        1.0,
        "person",
    )
    assert found.holder == Holder("Omar Reed", "Ana Bell", "person")


def test_words_that_no_rule_found_become_a_statement_of_their_own() -> None:
    found = told(correction("The town slept."))
    assert [row[1:4] for row in found] == [
        ("North Post", TEXT, None),
        ("Ana Bell", "the weir broke at noon", "a1-s0"),
        ("Omar Reed", "The town slept.", "a1-s0"),
    ]


def test_a_wrong_span_is_replaced_by_the_right_one() -> None:
    found = told(correction("broke at noon", instead_of="the weir broke at noon"))
    assert [row[1:3] for row in found] == [("North Post", TEXT), ("Omar Reed", "broke at noon")]


def test_words_given_back_to_the_author_have_no_statement_of_their_own() -> None:
    assert [row[1] for row in told(correction("the weir broke at noon", None, type="author"))] == [
        "North Post"
    ]


def test_a_whole_article_can_be_given_to_somebody() -> None:
    assert [row[1] for row in told(correction(TEXT, "Lin Marsh", type="author"))] == [
        "Lin Marsh",
        "Ana Bell",
    ]


def test_a_statement_inside_a_new_one_becomes_its_child() -> None:
    found = told(correction("Ana Bell said the weir broke at noon.", "Lin Marsh"))
    assert [(row[1], row[3]) for row in found[1:]] == [
        ("Lin Marsh", "a1-s0"),
        ("Ana Bell", found[1][0]),
    ]


def test_words_that_are_gone_change_nothing() -> None:
    assert corrected(
        [ROOT, TOLD], TEXT, WHOLE, [Correction("a1", "The dam broke.", 5, "person", "Omar Reed")]
    ) == (
        ROOT,
        TOLD,
    )


def test_of_repeated_words_those_nearest_to_their_old_place_are_meant() -> None:
    first, second = TEXT.index("The town"), TEXT.rindex("The town")
    assert place_of("The town slept.", TEXT, WHOLE, first + 3) == (first, first + 15)
    assert place_of("The town slept.", TEXT, WHOLE, second + 40) == (second, second + 15)
    assert place_of("The town slept.", TEXT, (0, first), 0) is None


def test_corrections_are_kept_in_order_and_one_about_the_same_words_takes_the_place_of_the_old(
    tmp_path: Path,
) -> None:
    path = tmp_path / "beside" / "corrections.yaml"
    one, other = (
        correction("the weir broke at noon", made="2026-01-02"),
        correction("The town slept.", "ليلى مرسى"),
    )
    for made in (one, other, correction("the weir broke at noon", "Lin Marsh")):
        add_correction(path, made)
    assert read_corrections(path) == (other, correction("the weir broke at noon", "Lin Marsh"))
    assert path.read_text().startswith("# Whose words are whose")


def test_no_file_holds_no_corrections(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "corrections.yaml") == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "cannot be read"),
        ("article: a1", "must hold a list"),
        ("- article: a1", "entry 1 must have"),
        ("- {article: a1, words: x, at: 0, type: person, holder: A, more: 1}", "entry 1 must have"),
        ("- {article: a1, words: x, at: here, type: person}", "entry 1 has a value"),
        ("- {article: a1, words: x, at: 0, type: king}", "entry 1 has a value"),
    ],
)
def test_a_file_that_cannot_be_is_told_with_its_entry(
    tmp_path: Path, content: str, why: str
) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(content)
    with pytest.raises(CorrectionError, match=why):
        read_corrections(path)
