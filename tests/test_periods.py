from __future__ import annotations

import pytest

from vectorstore.language.time.periods import FIRST_DAY, LAST_DAY, Period, asked_periods, periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The weir broke on 10 November 2020.", [("2020-11-10", "2020-11-10")]),
        ("on November 10th, 2020", [("2020-11-10", "2020-11-10")]),
        ("the 3rd of May 2021", [("2021-05-03", "2021-05-03")]),
        ("on 9-10 November 2020", [("2020-11-09", "2020-11-10")]),
        ("7 or 8 February 2022", [("2022-02-07", "2022-02-08")]),
        ("in Feb. 2021", [("2021-02-01", "2021-02-28")]),
        ("in February of 2024", [("2024-02-01", "2024-02-29")]),
        ("2021-05-14", [("2021-05-14", "2021-05-14")]),
        ("in 2022 and in the 1990s", [("2022-01-01", "2022-12-31"), ("1990-01-01", "1990-12-31")]),
        ("في 10 تشرين الثاني/نوفمبر 2020", [("2020-11-10", "2020-11-10")]),
        ("في نوفمبر من عام ٢٠٢٠", [("2020-11-01", "2020-11-30")]),
        ("منذ آذار 2021", [("2021-03-01", "2021-03-31")]),
        ("They may march 2,021 men; 20210 came, 1.2020 left.", []),
        ("31 February 2021", []),
        ("on 5 May", []),
    ],
)
def test_dates_of_a_text_are_periods(text: str, expected: list[tuple[str, str]]) -> None:
    assert periods(text) == tuple(Period(*one) for one in expected)


def test_a_date_without_its_year_is_of_the_year_that_is_given() -> None:
    assert periods("on 5 May, and again in June", 2021) == (
        Period("2021-05-05", "2021-05-05"),
        Period("2021-06-01", "2021-06-30"),
    )
    assert periods("They may march on.", 2021) == ()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What changed between March and July 2023?", [("2023-03-01", "2023-07-31")]),
        ("What was said from 2020 to 2022?", [("2020-01-01", "2022-12-31")]),
        ("What was written since 2021?", [("2021-01-01", LAST_DAY)]),
        ("Who knew before May 2021?", [(FIRST_DAY, "2021-05-31")]),
        (
            "Compare March 2021 and July 2023.",
            [("2021-03-01", "2021-03-31"), ("2023-07-01", "2023-07-31")],
        ),
        ("ماذا قيل بعد عام 2021؟", [("2021-01-01", LAST_DAY)]),
        ("ما الذي تغير بين مارس ويوليو 2023؟", [("2023-03-01", "2023-07-31")]),
        ("Who warned the mill?", []),
    ],
)
def test_the_periods_that_a_question_asks_about(
    question: str, expected: list[tuple[str, str]]
) -> None:
    assert asked_periods(question) == tuple(Period(*one) for one in expected)


def test_periods_meet_when_they_have_a_day_in_common() -> None:
    may, day, june = (
        Period(*one)
        for one in (
            ("2021-05-01", "2021-05-31"),
            ("2021-05-31", "2021-05-31"),
            ("2021-06-01", "2021-06-30"),
        )
    )
    assert (may.meets(day), day.meets(may), may.meets(june)) == (True, True, False)
