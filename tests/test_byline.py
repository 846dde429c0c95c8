from __future__ import annotations

import pytest

from ingest.articles.byline import outlet_lines, read_byline
from ingest.articles.paragraph import read_paragraphs
from ingest.articles.split import split
from ingest.metadata import Metadata

PROSE = (
    "The ferry lay at its berth in Lanvar for nine days with its lamps lit, and nobody on the quay"
    " could say who had ordered it to stay there through the storm."
)
LATER = (
    "On the tenth morning the berth was empty. The rope had been cut clean through with a good"
    " knife, and the lamps stood in a row along the quay, still burning, with the price of their"
    " oil beside them in small coins. It stayed."
)
ARABIC_PROSE = "بقيت السفينة في مرساها تسعة أيام ومصابيحها مضاءة، ولم يعرف أحد من أمر ببقائها هناك."


def byline(head: str, foot: str = "", prose: str = PROSE) -> Metadata:
    cuts = split(read_paragraphs(f"The ferry that never sailed\n\n{head}\n\n{prose}\n\n{foot}"))
    assert len(cuts) == 1
    return read_byline(cuts[0], outlet_lines(cuts))


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        (
            "By Hella Mornay\nThe Quay Post\n3 May 2020",
            Metadata(author="Hella Mornay", outlet="The Quay Post", published="2020-05-03"),
        ),
        ("The Quay Post\nBy Hella Mornay", Metadata(author="Hella Mornay", outlet="The Quay Post")),
        (
            "HELLA MORNAY\n\nQuay Post | 3 May 2020",
            Metadata(author="Hella Mornay", outlet="Quay Post", published="2020-05-03"),
        ),
        ("Quay Post, 3 May 2020", Metadata(outlet="Quay Post", published="2020-05-03")),
        ("Hella Mornay, 3 May 2020", Metadata(author="Hella Mornay", published="2020-05-03")),
        ("By Hella Mornay\nBrume Lantern", Metadata(author="Hella Mornay", outlet="Brume Lantern")),
        (
            "By Hella Mornay\nBrume Lantern | 3 May 2020",
            Metadata(author="Hella Mornay", outlet="Brume Lantern", published="2020-05-03"),
        ),
        ("By Hella Mornay for Quay Post", Metadata(author="Hella Mornay", outlet="Quay Post")),
        (
            "By Hella Mornay\nTranslated by Tam Ruick",
            Metadata(author="Hella Mornay", translator="Tam Ruick"),
        ),
        ("Opinion\nBy Hella Mornay", Metadata(author="Hella Mornay", kind="opinion")),
        ("By Hella\nThe Quay Post", Metadata(author="Hella", outlet="The Quay Post")),
    ],
)
def test_the_lines_under_a_title_tell_its_author_outlet_and_date(
    head: str, facts: Metadata
) -> None:
    assert byline(head) == facts


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        (
            "بقلم: سلمى الرماني\n\nصحيفة الرصيف\n\n٣ أيار ٢٠٢٠",
            Metadata(author="سلمى الرماني", outlet="صحيفة الرصيف", published="2020-05-03"),
        ),
        (
            "سلمى الرماني\n\nصحيفة الرصيف | 3 أيار/مايو 2020",
            Metadata(author="سلمى الرماني", outlet="صحيفة الرصيف", published="2020-05-03"),
        ),
        (
            "\u200fبقلم: سلمى الرماني\n\n\u200fترجمة: سالم النوري",
            Metadata(author="سلمى الرماني", translator="سالم النوري"),
        ),
    ],
)
def test_the_lines_under_an_arabic_title_tell_its_author_outlet_and_date(
    head: str, facts: Metadata
) -> None:
    cuts = split(read_paragraphs(f"السفينة التي لم تبحر\n\n{head}\n\n{ARABIC_PROSE}\n"))
    assert read_byline(cuts[0], outlet_lines(cuts)) == facts


def test_what_the_lines_do_not_say_stays_none() -> None:
    assert byline("") == Metadata()


def test_a_name_in_the_middle_of_the_text_signs_nothing() -> None:
    assert byline(f"{LATER}\n\n{LATER}\n\nHella Mornay") == Metadata()


def test_one_teaser_may_stand_between_the_title_and_its_byline() -> None:
    teaser = "Nine days of lamps, and nobody who lit them."
    facts = Metadata(author="Hella Mornay", published="2020-05-03")
    assert byline(f"{teaser}\n\nBy Hella Mornay\n3 May 2020") == facts


def test_the_disclaimer_below_names_the_outlet_when_nothing_above_does() -> None:
    foot = (
        "The views expressed here are the author’s own and do not bind the Quay Post or its"
        " friends."
    )
    assert byline("By Hella Mornay", foot) == Metadata(
        author="Hella Mornay", outlet="The Quay Post"
    )
    assert byline("By Hella Mornay\nBrume Lantern", foot) == Metadata(
        author="Hella Mornay", outlet="Brume Lantern"
    )


def test_a_disclaimer_that_names_only_the_author_gives_no_outlet() -> None:
    foot = "The opinions expressed in this article are those of the author."
    assert byline("By Hella Mornay", foot) == Metadata(author="Hella Mornay")


def test_a_section_heading_after_the_lead_is_no_outlet() -> None:
    head = f"By Hella Mornay\n3 May 2020\n\n{PROSE}\n\nThe Bell and Its Rope"
    assert byline(head) == Metadata(author="Hella Mornay", published="2020-05-03")


def test_a_name_that_is_an_outlet_under_one_title_is_one_under_all() -> None:
    cuts = split(
        read_paragraphs(
            "The ferry that never sailed\n\nBy Hella Mornay\nBrume Lantern\n3 May"
            f" 2020\n\n{PROSE}\n\nShare this post\n\nWho rings the bell?\n\nBrume Lantern\n9 May"
            f" 2020\n\n{PROSE}\n"
        )
    )
    outlets = outlet_lines(cuts)
    assert outlets == frozenset({"Brume Lantern"})
    assert [read_byline(cut, outlets) for cut in cuts] == [
        Metadata(author="Hella Mornay", outlet="Brume Lantern", published="2020-05-03"),
        Metadata(outlet="Brume Lantern", published="2020-05-09"),
    ]
