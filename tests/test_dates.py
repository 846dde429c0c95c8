from __future__ import annotations

import pytest

from vectorstore.language.time.dates import read_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("14 May 2021", "2021-05-14"),
        ("May 14, 2021", "2021-05-14"),
        ("JUL 21, 2023", "2023-07-21"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("14th May 2021", "2021-05-14"),
        ("Friday, 14 May 2021", "2021-05-14"),
        ("14 May 2021, 09:15", "2021-05-14"),
        ("2021-05-14", "2021-05-14"),
        ("2021-05-14T10:30:00Z", "2021-05-14"),
        ("14\u00a0May\u00a02021", "2021-05-14"),
        ("  14 May 2021.\r\n", "2021-05-14"),
    ],
)
def test_an_english_date_is_read(written: str, iso: str) -> None:
    assert read_date(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("14/5/2021", "2021-05-14"),
        ("3/4/2021", "2021-04-03"),
        ("03.04.2021", "2021-04-03"),
        ("٣/٤/٢٠٢١", "2021-04-03"),
    ],
)
def test_a_two_way_number_date_is_read_day_first(written: str, iso: str) -> None:
    assert read_date(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("5 كانون الثاني 2020", "2020-01-05"),
        ("5 شباط 2020", "2020-02-05"),
        ("5 آذار 2020", "2020-03-05"),
        ("5 نيسان 2020", "2020-04-05"),
        ("١٤ أيار ٢٠٢١", "2021-05-14"),
        ("5 حزيران 2020", "2020-06-05"),
        ("5 تموز 2020", "2020-07-05"),
        ("5 آب 2020", "2020-08-05"),
        ("5 أيلول 2020", "2020-09-05"),
        ("٣ تشرين الأول ٢٠١٨", "2018-10-03"),
        ("5 تشرين الثاني 2020", "2020-11-05"),
        ("5 كانون الأول 2020", "2020-12-05"),
    ],
)
def test_every_levantine_month_is_read(written: str, iso: str) -> None:
    assert read_date(written) == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("14 مايو 2021", "2021-05-14"),
        ("14 أيار/مايو 2021", "2021-05-14"),
        ("14 أيار / مايو 2021", "2021-05-14"),
        ("3 تشرين الثاني/نوفمبر 2018", "2018-11-03"),
        ("\u200f14 أيار 2021", "2021-05-14"),
        ("الجمعة 14 مايو 2021", "2021-05-14"),
    ],
)
def test_an_arabic_date_is_read_with_both_names_of_its_month_a_weekday_or_a_bidi_mark(
    written: str, iso: str
) -> None:
    assert read_date(written) == iso


@pytest.mark.parametrize("written", ["الجمعة 14 أيار 2021", "الجمعة، 14 أيار/مايو 2021"])
def test_a_levantine_month_is_read_after_a_weekday(written: str) -> None:
    assert read_date(written) == "2021-05-14"


@pytest.mark.parametrize(
    ("written", "iso"),
    [("1 ايار 2020", "2020-05-01"), ("4 اذار 2020", "2020-03-04"), ("4 اب 2020", "2020-08-04")],
)
def test_a_levantine_month_is_read_without_its_hamza(written: str, iso: str) -> None:
    assert read_date(written) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May 2021",
        "2021",
        "14 May",
        "14 May 21",
        "yesterday",
        "31 February 2021",
        "2021-13-45",
        "Published 14 May 2021",
        "In 2021 the ferry left on the 14th of May",
        "آب 2019",
        "14 May 2021 " + "and so on " * 10,
    ],
)
def test_a_text_that_is_not_a_whole_date_is_none(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("14 جانفي 2021", "2021-01-14"),
        ("14 فيفري 2021", "2021-02-14"),
        ("14 أفريل 2021", "2021-04-14"),
        ("14 ماي 2021", "2021-05-14"),
        ("14 جوان 2021", "2021-06-14"),
        ("14 جويلية 2021", "2021-07-14"),
        ("14 أوت 2021", "2021-08-14"),
        ("14 يوليوز 2021", "2021-07-14"),
        ("14 غشت 2021", "2021-08-14"),
        ("14 شتنبر 2021", "2021-09-14"),
        ("14 نونبر 2021", "2021-11-14"),
        ("14 دجنبر 2021", "2021-12-14"),
        ("الخميس ١٤ جانفي ٢٠٢١", "2021-01-14"),
    ],
)
def test_every_month_of_the_maghreb_is_read(written: str, iso: str) -> None:
    assert read_date(written) == iso
