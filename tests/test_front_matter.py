from __future__ import annotations

import pytest

from ingest.formats.front_matter import FrontMatter, read_front_matter
from ingest.metadata import Metadata
from vectorstore.errors import SourceNotText

WHOLE = """\
---
title: "The Ferry: A Mystery"
author: Hella Mornay
translator: Tam Ruick
outlet: The Quay Post
original_outlet: صحيفة الرصيف
date: 2020-05-03
url: https://quay.example/ferry
language: en
kind: opinion
mood: wistful
---
The ferry lay at its berth.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_facts_of_a_file_and_where_its_own_text_begins_are_read(newline: str) -> None:
    text = WHOLE.replace("\n", newline)
    assert read_front_matter("ferry.md", text) == FrontMatter(
        Metadata(
            title="The Ferry: A Mystery",
            author="Hella Mornay",
            translator="Tam Ruick",
            outlet="The Quay Post",
            original_outlet="صحيفة الرصيف",
            url="https://quay.example/ferry",
            language="en",
            kind="opinion",
            published="2020-05-03",
        ),
        text.index("The ferry lay"),
    )


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("date: 2020-05-03", "2020-05-03"),
        ("date: 2020-05-03 10:30", "2020-05-03"),
        ("date: 2020-05-03T10:30:00Z", "2020-05-03"),
        ("published: 3 May 2020", "2020-05-03"),
        ("published: ٣ أيار ٢٠٢٠", "2020-05-03"),
        ("date: 2020-05-03\npublished: 2021-01-01", "2020-05-03"),
    ],
)
def test_a_date_is_read_under_either_name_and_in_any_form(stated: str, iso: str) -> None:
    found = read_front_matter("ferry.md", f"---\n{stated}\n---\n")
    assert found is not None
    assert found.facts == Metadata(published=iso)


@pytest.mark.parametrize("stated", ["date: someday", "date:", "title:", "mood: wistful", ""])
def test_a_fact_that_is_empty_unknown_or_no_date_is_left_out(stated: str) -> None:
    text = f"---\n{stated}\n---\nThe ferry"
    assert read_front_matter("ferry.md", text) == FrontMatter(Metadata(), text.index("The ferry"))


def test_a_number_as_a_title_is_text() -> None:
    assert read_front_matter("ferry.md", "---\ntitle: 1984\n---\n") == FrontMatter(
        Metadata(title="1984"), 20
    )


def test_several_authors_are_named_as_people_write_them() -> None:
    found = read_front_matter("ferry.md", "---\nauthor: [Hella Mornay, Tam Ruick]\n---\n")
    assert found is not None
    assert found.facts == Metadata(author="Hella Mornay, Tam Ruick")


def test_a_byte_order_mark_before_the_first_line_does_not_hide_it() -> None:
    assert read_front_matter("ferry.md", "\ufeff---\ntitle: Ferry\n---\nIt lay") == FrontMatter(
        Metadata(title="Ferry"), 22
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry lay at its berth.",
        "---\ntitle: Ferry\nThe line below is missing.",
        "The ferry\n---\ntitle: Ferry\n---\n",
        "---\n- eels\n- lamps\n---\nThe ferry",
        "---\nThe ferry lay at its berth.\n---\nIt left.",
    ],
)
def test_a_text_without_facts_between_two_rules_has_no_front_matter(text: str) -> None:
    assert read_front_matter("ferry.md", text) is None


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ("title: The Ferry: A Mystery", "at line 2 (ScannerError)"),
        ('title: "The Ferry', "at line 2 (ScannerError)"),
        ("mood: wistful\ntitle: [Ferry", "at line 3 (ParserError)"),
        ("\ttitle: Ferry", "at line 2 (ScannerError)"),
        ("date: 2020-13-45", "at line 2 (ValueError)"),
    ],
)
def test_front_matter_that_is_broken_is_told_with_the_name_and_the_line_of_the_file(
    stated: str, why: str
) -> None:
    with pytest.raises(SourceNotText) as refused:
        read_front_matter("ferry.md", f"---\n{stated}\n---\nThe ferry")
    assert (
        str(refused.value)
        == f"The front matter of ferry.md cannot be read {why}. Mend it between the two --- lines,"
        " or remove it."
    )
