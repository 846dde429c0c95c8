from __future__ import annotations

import pytest

from ingest.articles.build import read_articles
from ingest.read import read_document
from vectorstore.errors import SourceNotText
from vectorstore.records import Article, content_id

PROSE = (
    "The ferry lay at its berth in Lanvar for nine days with its lamps lit, and nobody on the quay"
    " could say who had ordered it to stay there through the storm."
)
ARABIC_PROSE = (
    "بقيت السفينة في مرساها تسعة أيام ومصابيحها مضاءة، ولم يعرف أحد على الرصيف من الذي أمر ببقائها"
    " هناك طوال أيام العاصفة، ولا من الذي سمح لها بالمغادرة بعد ذلك بليلة."
)
DUMP = f"""\
The Ferry That Never Sailed

By Hella Mornay
The Quay Post
3 May 2020

{PROSE}

“I was told to wait,” said the mate. He would not say by whom.

Photo: Tam Ruick / The Quay Post

{PROSE}

Related
Nine Days at the Berth

The views expressed here are the author’s own and do not bind The Quay Post or its friends.

A Harbour Without a Master

A Harbour Without a Master
Guest post by Tam Ruick
May 9, 2020

Somebody has to ring the bell when the fog comes in.

{PROSE}

Share this post

السفينة التي لم تبحر

بقلم: سلمى الرماني

صحيفة الرصيف

٢١ أيار ٢٠٢٠

{ARABIC_PROSE}
"""


def articles(text: str, name: str = "quay.txt") -> tuple[Article, ...]:
    return read_articles(name, read_document(name, text.encode()))


def article(text: str, name: str = "quay.txt") -> Article:
    (found,) = articles(text, name)
    return found


def bodies(text: str, name: str = "quay.txt") -> list[list[str]]:
    return [[text[start:end] for start, end in found.body] for found in articles(text, name)]


def test_each_post_of_a_dump_is_an_article_with_its_own_facts() -> None:
    second, third = DUMP.index("A Harbour"), DUMP.index("السفينة التي")
    first_text, second_text, third_text = (
        DUMP[:second].rstrip(),
        DUMP[second:third].rstrip(),
        DUMP[third:].rstrip(),
    )
    assert articles(DUMP) == (
        Article(
            id=content_id("quay.txt", "0", first_text),
            source="quay.txt",
            start=0,
            end=len(first_text),
            title="The Ferry That Never Sailed",
            author="Hella Mornay",
            outlet="The Quay Post",
            published="2020-05-03",
            language="en",
            body=articles(DUMP)[0].body,
        ),
        Article(
            id=content_id("quay.txt", str(second), second_text),
            source="quay.txt",
            start=second,
            end=second + len(second_text),
            title="A Harbour Without a Master",
            author="Tam Ruick",
            published="2020-05-09",
            language="en",
            body=articles(DUMP)[1].body,
        ),
        Article(
            id=content_id("quay.txt", str(third), third_text),
            source="quay.txt",
            start=third,
            end=third + len(third_text),
            title="السفينة التي لم تبحر",
            author="سلمى الرماني",
            outlet="صحيفة الرصيف",
            published="2020-05-21",
            language="ar",
            body=articles(DUMP)[2].body,
        ),
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_body_is_the_articles_own_text_without_title_byline_caption_or_closing_lines(
    newline: str,
) -> None:
    text = DUMP.replace("\n", newline)
    mate = "“I was told to wait,” said the mate. He would not say by whom."
    assert bodies(text) == [
        [f"{PROSE}{newline}{newline}{mate}", PROSE],
        [f"Somebody has to ring the bell when the fog comes in.{newline}{newline}{PROSE}"],
        [ARABIC_PROSE],
    ]


def test_a_text_of_two_equal_paragraphs_keeps_both() -> None:
    text = f"The ferry that never sailed\n\n3 May 2020\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n"
    assert bodies(text) == [[f"{PROSE}\n\n{PROSE}\n\n{PROSE}"]]


def test_an_article_has_the_same_id_when_it_is_read_again_and_another_under_another_name_or_text() -> (
    None
):
    first, again = articles(DUMP), articles(DUMP)
    assert [a.id for a in first] == [a.id for a in again]
    assert (
        len(
            {
                a.id
                for a in (
                    *first,
                    *articles(DUMP, "copy.txt"),
                    *articles(DUMP.replace("nine", "ten"))[:2],
                )
            }
        )
        == 8
    )


def test_a_section_heading_after_the_lead_is_no_text_of_its_own() -> None:
    text = (
        f"The ferry that never sailed\n\nBy Hella Mornay\n3 May 2020\n\n{PROSE}\n\nThe Bell and Its"
        f" Rope\n\n{PROSE}\n"
    )
    assert bodies(text) == [[PROSE, PROSE]]


def test_an_arabic_paragraph_that_opens_like_a_closing_line_belongs_to_the_body() -> None:
    opening = (
        "شارك مئات الصيادين في الوقفة التي دعا إليها اتحاد البحارة أمام مبنى الميناء، ورفعوا"
        " المصابيح نفسها."
    )
    text = f"السفينة التي لم تبحر\n\nبقلم: سلمى الرماني\n\n{ARABIC_PROSE}\n\n{opening}\n"
    assert bodies(text) == [[f"{ARABIC_PROSE}\n\n{opening}"]]


def test_a_rule_of_stars_is_no_text() -> None:
    text = f"The ferry that never sailed\n\n3 May 2020\n\n{PROSE}\n\n{PROSE}\n\n* * *\n\n{PROSE}\n"
    assert bodies(text) == [[f"{PROSE}\n\n{PROSE}", PROSE]]


def test_a_label_above_the_title_says_the_kind_and_is_no_title() -> None:
    found = article(
        f"Opinion\n\nThe ferry that never sailed\n\nBy Hella Mornay\n3 May 2020\n\n{PROSE}\n"
    )
    assert (found.title, found.author, found.outlet, found.kind) == (
        "The ferry that never sailed",
        "Hella Mornay",
        None,
        "opinion",
    )


def test_a_byte_order_mark_is_no_part_of_the_title() -> None:
    assert (
        article(f"\ufeffThe ferry that never sailed\n\n{PROSE}\n").title
        == "The ferry that never sailed"
    )


def test_a_text_that_opens_with_prose_loses_none_of_it() -> None:
    assert bodies(f"{PROSE} {PROSE}\n\nIt left.\n") == [[f"{PROSE} {PROSE}\n\nIt left."]]


def test_a_title_with_nothing_below_it_but_a_link_is_a_stub() -> None:
    found = article("The Ferry That Never Sailed\n\nhttps://quay.example/ferry\n")
    assert (found.title, found.kind, found.body, found.language) == (
        "The Ferry That Never Sailed",
        "stub",
        (),
        "en",
    )


def test_a_text_of_labelled_turns_is_a_transcript() -> None:
    text = (
        "A talk on the quay\n\nHella Mornay: Good morning.\n\nTam Ruick: Hello.\n\nHella Mornay:"
        " Two boats.\n"
    )
    assert article(text).kind == "transcript"
    assert bodies(text) == [[text.partition("\n\n")[2].rstrip()]]


MATTER = """\
---
title: The Ferry That Never Sailed
author: Hella Mornay
translator: Tam Ruick
outlet: The Quay Post
original_outlet: صحيفة الرصيف
date: 2020-05-03
url: https://quay.example/ferry
kind: opinion
---
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter_says_what_a_file_is(newline: str) -> None:
    text = f"{MATTER}\n{PROSE}\n\n## The bell\n\n{PROSE}\n".replace("\n", newline)
    first, second = text.index(PROSE), text.rindex(PROSE)
    assert articles(text, "ferry.md") == (
        Article(
            id=content_id("ferry.md", "0", text),
            source="ferry.md",
            start=0,
            end=len(text),
            title="The Ferry That Never Sailed",
            author="Hella Mornay",
            translator="Tam Ruick",
            outlet="The Quay Post",
            original_outlet="صحيفة الرصيف",
            published="2020-05-03",
            url="https://quay.example/ferry",
            language="en",
            kind="opinion",
            body=((first, first + len(PROSE)), (second, second + len(PROSE))),
        ),
    )


@pytest.mark.parametrize(
    "heading", ["# The Ferry That Never Sailed", "The Ferry That Never Sailed"]
)
def test_a_title_that_is_repeated_below_the_front_matter_is_no_text(heading: str) -> None:
    assert bodies(f"{MATTER}\n{heading}\n\n{PROSE}\n", "ferry.md") == [[PROSE]]


def test_front_matter_without_a_title_leaves_it_to_the_first_heading() -> None:
    text = f"---\nauthor: Hella Mornay\n---\n\n# The Ferry\n\n{PROSE}\n"
    assert (article(text, "ferry.md").title, bodies(text, "ferry.md")) == ("The Ferry", [[PROSE]])


def test_a_file_of_nothing_but_front_matter_is_a_stub() -> None:
    found = article(MATTER.replace("kind: opinion\n", ""), "ferry.md")
    assert (found.title, found.kind, found.body) == ("The Ferry That Never Sailed", "stub", ())


def test_a_kind_that_is_none_of_ours_is_left_out_and_a_stated_language_is_kept() -> None:
    found = article(f"---\ntitle: The Ferry\nkind: poem\nlanguage: ar\n---\n{PROSE}\n", "ferry.md")
    assert (found.kind, found.language) == (None, "ar")


def test_broken_front_matter_is_told_rather_than_read_as_text() -> None:
    with pytest.raises(SourceNotText):
        articles(f'---\ntitle: "The Ferry\n---\n{PROSE}\n', "ferry.md")


def test_whoever_signs_a_translation_is_its_translator_and_not_its_author() -> None:
    introduction = (
        "The following is the translation from Arabic of an article by Salma Rumani published in"
        " Reed Weekly:"
    )
    found = article(
        f"The ferry that never sailed\n\nTam Ruick\n\n{introduction}\n\n" + f"{PROSE}\n\n" * 6
    )
    assert (found.author, found.translator, found.original_outlet) == (
        "Salma Rumani",
        "Tam Ruick",
        "Reed Weekly",
    )
    assert [(piece.author, piece.outlet) for piece in found.embedded] == [
        ("Salma Rumani", "Reed Weekly")
    ]


def test_the_outlet_and_the_day_of_a_piece_are_read_from_the_words_that_introduce_it() -> None:
    introduction = (
        "We reproduce in full his article, as published in the Reed Weekly of 29 November 2020."
    )
    text = (
        f"An Answer\n\nTam Ruick\n\n{introduction}\n\nThe Ferry\n\nBy Salma Rumani\n\n"
        + f"{PROSE}\n\n" * 3
    )
    assert [(piece.outlet, piece.published) for piece in article(text).embedded] == [
        ("Reed Weekly", "2020-11-29")
    ]


def test_a_caption_that_stands_twice_and_lines_of_the_editors_are_no_text() -> None:
    lines = [
        "The lamps of Lanvar",
        "The lamps of Lanvar",
        "<…>",
        "Update: the list is complete.",
        "To be continued.",
    ]
    text = (
        "The ferry that never sailed\n\n" + f"{PROSE}\n\n" + "\n\n".join(lines) + f"\n\n{PROSE}\n"
    )
    assert bodies(text) == [[PROSE, PROSE]]


def test_a_first_paragraph_too_long_for_a_title_is_text() -> None:
    text = f"{'The ferry lay at its berth. ' * 100}It left."
    (found,) = articles(f"---\nauthor: Hella Mornay\n---\n{text}\n\nIt came back.\n", "quay.md")
    assert (
        found.title
        == "The ferry lay at its berth. The ferry lay at its berth. The ferry lay at its …"
    )
    assert found.body == ((29, 29 + len(text) + len("\n\nIt came back.")),)
