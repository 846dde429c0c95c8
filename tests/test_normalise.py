from __future__ import annotations

import pytest

from vectorstore.language.normalise import fold, squeeze


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Lanvar", "lanvar"),
        ("CAFÉ Zoë", "cafe zoe"),
        ("Straße", "strasse"),
        ("ﬁsh", "fish"),
        ("the pilot’s", "the pilot's"),
        ("the pilot`s", "the pilot's"),
        ("no\u00adthing", "nothing"),
        ("eel 🐟", "eel 🐟"),
        ("", ""),
    ],
)
def test_capitals_accents_and_marks_of_latin_letters_fold_away(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أحمد", "احمد"),
        ("إحسان", "احسان"),
        ("آمال", "امال"),
        ("سلمى", "سلمي"),
        ("سفينة", "سفينه"),
        ("مسؤول", "مسوول"),
        ("مَرْفَأٌ", "مرفا"),
        ("مينـــاء", "ميناء"),
        ("ﻻ", "لا"),
        ("کشتی", "كشتي"),
    ],
)
def test_variants_of_one_arabic_letter_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    "mark", ["\u200e", "\u200f", "\u202a", "\u202c", "\u2067", "\u2069", "\ufeff", "\u200b"]
)
def test_bidi_and_other_invisible_marks_do_not_divide_a_word(mark: str) -> None:
    assert fold(f"{mark}mor{mark}nay") == "mornay"


def test_folding_twice_is_folding_once() -> None:
    text = "É’ß أُخْرى ﬁ İ 🐟"
    assert fold(fold(text)) == fold(text)


def test_a_squeezed_text_is_one_line_with_single_spaces() -> None:
    assert (
        squeeze("\t The ferry\u00a0 lay\r\n at  its\u2003berth \n") == "The ferry lay at its berth"
    )
    assert squeeze(" \r\n ") == ""
