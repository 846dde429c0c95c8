"""Amounts in digits and in words, in English and Arabic."""

from __future__ import annotations

import pytest

from vectorstore.language.figures.amounts import amounts, in_digits
from vectorstore.language.figures.arabic import arabic_in_digits


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("two hundred and fourteen people and twenty-nine missing", ("214", "29")),
        ("one point two million, 1.2 million and 0.5 bn", ("1200000", "500000000")),
        ("3 thousand of 3,400,000; a hundred and one", ("3000", "3400000", "101")),
        ("thirty-one, one of them, no one", ("31",)),
        ("at 00:55 on the 21st", ("0", "55", "21")),
        ("٢١٤ شخصا و1.5 مليون و١٢ قتيلا", ("214", "1500000", "12")),
        ("nobody at all", ()),
    ],
)
def test_amounts_are_read_in_digits_and_in_words(text: str, values: tuple[str, ...]) -> None:
    assert amounts(text) == values


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("مئتان وأربعة عشر شخصا", "214 شخصا"),
        ("خمسة آلاف وثلاثمئة", "5300"),
        ("بأربعمئة وخمسة عشر مليون تاج", "415000000 تاج"),
        ("واثنين وعشرين ألف هكتار", "22000 هكتار"),
        ("ثلاث مئة وواحد", "301"),
        ("بين الثامن عشر والحادي والعشرين من آذار", "بين 18 21 من آذار"),
        ("واحدًا واحدًا في الثامنة", "واحدًا واحدًا في الثامنة"),
        ("ألف ليلة", "ألف ليلة"),
    ],
)
def test_arabic_number_words_become_digits(text: str, written: str) -> None:
    assert arabic_in_digits(text) == written


def test_the_rest_of_a_text_stays_as_it_is() -> None:
    assert (
        in_digits("The weir broke,\nand 37 people died.") == "The weir broke,\nand 37 people died."
    )
