from __future__ import annotations

import pytest

from vectorstore.language.figures.numbers import Number, normal, numbers


@pytest.mark.parametrize(
    "written",
    ["3000", "3,000", "3\u00a0000", "3\u202f000", "٣٠٠٠", "٣٬٠٠٠", "٣,٠٠٠", "۳۰۰۰", "3,000.0"],
)
def test_one_number_has_one_value_however_it_is_written(written: str) -> None:
    assert numbers(written) == [Number("3000", 0, len(written))]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2.50", "2.5"),
        ("١٢٫٥", "12.5"),
        ("1,234,567.80", "1234567.8"),
        ("007", "7"),
        ("0", "0"),
        ("0.0", "0"),
        ("10\u00a0000\u00a0000", "10000000"),
    ],
)
def test_the_value_is_plain_latin_digits_without_grouping_or_needless_zeros(
    written: str, value: str
) -> None:
    assert normal(written) == value
    assert numbers(written) == [Number(value, 0, len(written))]


def test_numbers_of_a_running_text_stand_where_they_were_written() -> None:
    text = "In 2014 the 🐟 market sold 1,200 eels for $5.50, 12% less; it closed at 7."
    found = numbers(text)
    assert [(number.value, text[number.start : number.end]) for number in found] == [
        ("2014", "2014"),
        ("1200", "1,200"),
        ("5.5", "5.50"),
        ("12", "12"),
        ("7", "7"),
    ]


def test_numbers_of_an_arabic_text_stand_where_they_were_written() -> None:
    text = "باع السوق \u200f١٬٢٠٠ سمكة بسعر ٥٫٥ في ٢٠١٤."
    assert [(number.value, text[number.start : number.end]) for number in numbers(text)] == [
        ("1200", "١٬٢٠٠"),
        ("5.5", "٥٫٥"),
        ("2014", "٢٠١٤"),
    ]


def test_a_year_before_another_number_is_not_joined_with_it() -> None:
    assert [number.value for number in numbers("in 2014 200 boats")] == ["2014", "200"]


def test_the_ends_of_a_range_and_the_parts_of_a_time_are_numbers_each() -> None:
    assert [number.value for number in numbers("10,000-12,000 at 12:30")] == [
        "10000",
        "12000",
        "12",
        "30",
    ]


@pytest.mark.parametrize("text", ["", "seven", "berth A4", "½", "سبعة"])
def test_words_letters_with_digits_and_fractions_are_no_numbers(text: str) -> None:
    assert numbers(text) == []
