from __future__ import annotations

import pytest

from ingest.articles.boilerplate import (
    Boilerplate,
    Mark,
    furniture,
    is_name_shaped,
    is_outlet_shaped,
)
from vectorstore.names.keys import small_capitals

BY_HELLA = Boilerplate(Mark.BYLINE, name="Hella Mornay")
BY_SALMA = Boilerplate(Mark.BYLINE, name="سلمى الرماني")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("By Hella Mornay", BY_HELLA),
        ("BY HELLA MORNAY", BY_HELLA),
        ("  *by  Hella\u00a0Mornay, Staff Writer* ", BY_HELLA),
        ("Written by Hella Mornay.", BY_HELLA),
        ("Guest post by Hella Mornay", BY_HELLA),
        ("Author: Hella Mornay", BY_HELLA),
        (
            "By Hella Mornay and Tam Ruick",
            Boilerplate(Mark.BYLINE, name="Hella Mornay and Tam Ruick"),
        ),
        (
            "By Hella Mornay for Quay Post",
            Boilerplate(Mark.BYLINE, name="Hella Mornay", outlet="Quay Post"),
        ),
        (
            "By Hella Mornay – reporter – for Quay Post",
            Boilerplate(Mark.BYLINE, "Hella Mornay", "Quay Post"),
        ),
        (
            "By Hella Mornay, for the Quay Post",
            Boilerplate(Mark.BYLINE, "Hella Mornay", "the Quay Post"),
        ),
        (
            "By Hella Mornay | Quay Post | 3 May 2020",
            Boilerplate(Mark.BYLINE, "Hella Mornay", "Quay Post", "2020-05-03"),
        ),
        ("بقلم: سلمى الرماني", BY_SALMA),
        ("بقلم سلمى الرماني", BY_SALMA),
        ("كتبت سلمى الرماني", BY_SALMA),
    ],
)
def test_a_byline_names_its_author_and_what_else_it_states(line: str, found: Boilerplate) -> None:
    assert furniture(line) == found


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Translated by Tam Ruick", "Tam Ruick"),
        ("Translated from the Arabic by Tam Ruick.", "Tam Ruick"),
        ("Translation: TAM RUICK", "Tam Ruick"),
        ("ترجمة: سالم النوري", "سالم النوري"),
    ],
)
def test_a_translator_is_no_author(line: str, name: str) -> None:
    assert furniture(line) == Boilerplate(Mark.TRANSLATOR, name=name)


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("3 May 2020", "2020-05-03"),
        ("٣ أيار ٢٠٢٠", "2020-05-03"),
        ("\u200f3 أيار/مايو 2020", "2020-05-03"),
        ("Updated on 3 May 2020", "2020-05-03"),
        ("Published: May 3, 2020", "2020-05-03"),
        ("Evening Talk, broadcast of 3 May 2020", "2020-05-03"),
        ("نشر في 3 أيار 2020", "2020-05-03"),
        ("3 May 2020 • 5 min read", "2020-05-03"),
    ],
)
def test_a_line_that_only_says_when_is_a_date(line: str, iso: str) -> None:
    assert furniture(line) == Boilerplate(Mark.DATE, published=iso)


@pytest.mark.parametrize(
    ("line", "name", "outlet"),
    [
        ("Quay Post | 3 May 2020", None, "Quay Post"),
        ("3 May 2020 | Quay Post", None, "Quay Post"),
        ("Quay Post, 3 May 2020", None, "Quay Post"),
        ("Hella Mornay, 3 May 2020", "Hella Mornay", None),
        ("HELLA MORNAY • MAY 3, 2020 • 1,900 WORDS", "Hella Mornay", None),
        ("Hella Mornay - Quay Post - 3 May 2020", "Hella Mornay", "Quay Post"),
        ("صحيفة الرصيف | ٣ أيار ٢٠٢٠", None, "صحيفة الرصيف"),
        ("سلمى الرماني | 3 أيار/مايو 2020", "سلمى الرماني", None),
    ],
)
def test_a_dateline_names_an_author_an_outlet_or_both(
    line: str, name: str | None, outlet: str | None
) -> None:
    assert furniture(line) == Boilerplate(
        Mark.DATELINE, name=name, outlet=outlet, published="2020-05-03"
    )


@pytest.mark.parametrize(
    "line", ["The Quay Post", "Hella Mornay", "**Hella Mornay**", "Telegraph", "سلمى الرماني"]
)
def test_a_name_alone_on_its_line_is_a_name(line: str) -> None:
    assert furniture(line) == Boilerplate(Mark.NAME, name=line.strip("*"))


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Photo: Tam Ruick / The Quay Post", Mark.PICTURE),
        ("Image courtesy of the harbour museum", Mark.PICTURE),
        ("صورة: سالم النوري", Mark.PICTURE),
        ("https://quay.example/ferry", Mark.LINK),
        ("Source: https://quay.example/ferry", Mark.LINK),
        ("المصدر: https://quay.example/ferry", Mark.LINK),
        ("---", Mark.RULE),
        ("* * *", Mark.RULE),
        ("***", Mark.RULE),
        ("___", Mark.RULE),
        ("=====", Mark.RULE),
        ("Related", Mark.CLOSING),
        ("Related posts:", Mark.CLOSING),
        ("Share this post", Mark.CLOSING),
        ("Leave a comment", Mark.CLOSING),
        ("Tags: eels, lamps", Mark.CLOSING),
        ("Support us: The Quay Post lives on small change.", Mark.CLOSING),
        ("Subscribe to our letter", Mark.CLOSING),
        ("اقرأ أيضا", Mark.CLOSING),
        ("مواضيع ذات صلة:", Mark.CLOSING),
        ("شارك الخبر", Mark.CLOSING),
    ],
)
def test_a_line_around_the_text_is_told_by_its_kind(line: str, mark: Mark) -> None:
    assert furniture(line) == Boilerplate(mark)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Opinion", "opinion"),
        ("OP-ED:", "opinion"),
        ("*Analysis*", "analysis"),
        ("News", "news"),
        ("Transcript", "transcript"),
        ("رأي", "opinion"),
        ("تحليل", "analysis"),
    ],
)
def test_a_line_that_says_what_kind_of_piece_follows_states_it(line: str, kind: str) -> None:
    assert furniture(line) == Boilerplate(Mark.KIND, kind=kind)


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        (
            (
                "The views expressed here are the author’s own and do not bind The Quay Post or its"
                " friends."
            ),
            "The Quay Post",
        ),
        ("The opinions expressed in this article are those of the author.", None),
        ("The views expressed are those of the author and not of the Quay Post.", "the Quay Post"),
    ],
)
def test_a_disclaimer_names_the_outlet_and_never_the_author(line: str, outlet: str | None) -> None:
    assert furniture(line) == Boilerplate(Mark.DISCLAIMER, outlet=outlet)


@pytest.mark.parametrize(
    "line",
    [
        "It was a long and cold day in the harbour.",
        "By the time the ferry came the tide had turned",
        "By boat to the fair",
        "LANVAR – The ferry sank at noon.",
        "Photography is an art.",
        "Support for the mayor grows",
        "Followers gathered at the gate",
        "Donated lamps light the quay",
        "كتب سالم النوري رسالة طويلة إلى رئيسة البلدية أمس",
        "شارك الصيادون في الوقفة أمام الميناء أمس",
        "شاركت سلمى الرماني في الوقفة",
        "",
    ],
)
def test_a_line_that_may_be_prose_or_a_title_is_no_furniture(line: str) -> None:
    assert furniture(line) is None


@pytest.mark.parametrize(
    "opening",
    [
        (
            "شارك مئات الصيادين في الوقفة التي دعا إليها اتحاد البحارة أمام مبنى الميناء، ورفعوا"
            " المصابيح التي بقيت مضاءة."
        ),
        (
            "Support our pilots, said the mayor from the balcony, and they will bring every one of"
            " your ferries home."
        ),
        (
            "Donate is a word that the harbour master dislikes. She would rather say that people"
            " lent her their lamps."
        ),
        (
            "Subscribe to nothing before you have read it: that was the rule of the chandlers on"
            " the old quay."
        ),
    ],
)
def test_a_long_paragraph_is_prose_even_when_it_opens_with_a_word_of_closing_lines(
    opening: str,
) -> None:
    assert furniture(opening * 3) is None


@pytest.mark.parametrize(
    "line",
    [
        "Hella Mornay",
        "HELLA MORNAY",
        "Hella van der Mornay",
        "The Quay Post",
        "al-Rasif Press",
        "سلمى الرماني",
    ],
)
def test_a_few_capitalised_or_arabic_words_are_shaped_like_a_name(line: str) -> None:
    assert is_name_shaped(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Hella",
        "hella mornay",
        "Hella Mornay?",
        "“Hella Mornay”",
        "Berth 4",
        "Mornay:",
        "سلمى",
        "One Two Three Four Five Six Seven",
    ],
)
def test_marks_digits_small_letters_or_too_many_words_are_not_shaped_like_a_name(line: str) -> None:
    assert not is_name_shaped(line)


@pytest.mark.parametrize(
    "name", ["The Bell", "Quay Post", "Lanvar News Agency", "Harbour Times.", "صحيفة الرصيف"]
)
def test_a_name_that_says_it_is_an_outlet_is_shaped_like_one(name: str) -> None:
    assert is_outlet_shaped(name)


@pytest.mark.parametrize("name", ["", "Hella Mornay", "Thea Postman", "سلمى الرماني"])
def test_the_name_of_a_person_is_not_shaped_like_an_outlet(name: str) -> None:
    assert not is_outlet_shaped(name)


def test_a_name_in_capitals_keeps_them_only_at_the_heads_of_its_words() -> None:
    assert [small_capitals(name) for name in ("HELLA MORNAY", "Hella McRuick", "سلمى")] == [
        "Hella Mornay",
        "Hella McRuick",
        "سلمى",
    ]
