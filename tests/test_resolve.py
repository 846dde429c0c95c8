"""Who a mention stands for inside one article. People, places and papers are invented."""

from __future__ import annotations

import pytest

from ingest.attribution import read_statements
from vectorstore.records import Article


def holders(text: str) -> list[tuple[str | None, str]]:
    """The name of each statement's holder but the author's, and how it was found."""
    article = Article(
        "a1",
        "dyke.txt",
        0,
        len(text),
        "The Dyke",
        outlet="Brelin Post",
        language="en",
        body=((0, len(text)),),
    )
    return [(s.holder.name, s.resolved or "") for s in read_statements(article, text)[1:]]


def last(text: str) -> tuple[str | None, str]:
    return holders(text)[-1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Odile Karsk said that it rains. Karsk said that it pours.", ("Odile Karsk", "name")),
        ("Karsk said that it rains. Odile Karsk left.", ("Odile Karsk", "name")),
        ("The mayor, Odile Karsk, came. Mrs Karsk said that it rains.", ("Odile Karsk", "name")),
        ("Odile Karsk left. Teun Karsk stayed. Karsk said that it rains.", ("Teun Karsk", "name")),
        (
            "Odile Karsk left. Teun Karsk stayed. Odile Karsk said that it rains.",
            ("Odile Karsk", "name"),
        ),
        ("Odile van Karsk left. Karsk said that it rains.", ("Odile van Karsk", "name")),
        ("Odile Karsk’s boat sank. Karsk said that it rains.", ("Odile Karsk", "name")),
        ("The Karsk Company sank. Karsk said that it rains.", ("Karsk", "name")),
    ],
)
def test_a_surname_stands_for_the_full_name_of_the_article(
    text: str, found: tuple[str, str]
) -> None:
    assert last(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Odile Karsk said that it rains. She said that it pours.", ("Odile Karsk", "pronoun")),
        ("Mr Karsk said that it rains. She said that it pours.", (None, "unclear")),
        ("She said that it pours.", (None, "unclear")),
        (
            "The Brelin council said that it rains. It said that it pours.",
            ("Brelin council", "pronoun"),
        ),
        ("Two engineers said that it rains. They said that it pours.", (None, "pronoun")),
        ("Odile Karsk said that it rains. They said that it pours.", (None, "unclear")),
        (
            (
                "According to Odile Karsk, Mayor Teun Falder said that it rains. She said so, she"
                " said."
            ),
            ("Odile Karsk", "pronoun"),
        ),
        (
            "Odile Karsk said that it rains. “Teun Falder is a fool,” she said.",
            ("Odile Karsk", "pronoun"),
        ),
        (
            "Mayor Odile Karsk came. Mayor Teun Falder left. He said that it rains.",
            ("Teun Falder", "pronoun"),
        ),
    ],
)
def test_a_pronoun_stands_for_the_last_speaker_or_stays_unclear(
    text: str, found: tuple[str | None, str]
) -> None:
    assert last(text) == found


def test_an_it_that_means_nobody_says_nothing() -> None:
    assert holders("The wind turned. It said that it pours.") == []


def test_two_people_without_a_clear_subject_leave_a_pronoun_unclear() -> None:
    assert last(
        "A letter to Mayor Odile Karsk and Mayor Teun Falder came.\n\nHe said that it rains."
    ) == (
        None,
        "unclear",
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The engineer Odile Karsk said that it rains. The engineer said that it pours.",
            ("Odile Karsk", "noun"),
        ),
        (
            "Ambassador Odile Karsk said that it rains. The veteran diplomat said that it pours.",
            ("Odile Karsk", "noun"),
        ),
        (
            "Odile Karsk, a hydrologist, said that it rains. The expert said that it pours.",
            ("Odile Karsk", "noun"),
        ),
        (
            "Odile Karsk, a hydrologist, said that it rains. The fisherman said that it pours.",
            (None, "noun"),
        ),
        (
            "The newspaper Brelin Herald said that it rains. The newspaper said that it pours.",
            ("Brelin Herald", "noun"),
        ),
        ("The Prime Minister said that it rains.", ("Prime Minister", "noun")),
        ("A fisherman said that it rains.", (None, "noun")),
        ("The sources said that it rains.", (None, "noun")),
    ],
)
def test_a_description_stands_for_who_has_such_a_role(
    text: str, found: tuple[str | None, str]
) -> None:
    assert last(text) == found


def test_the_same_sources_keep_their_fuller_first_mention() -> None:
    text = (
        "Two sources in the Brelin harbour office said that it rains. The same sources said that it"
        " pours."
    )
    article = Article(
        "a1", "dyke.txt", 0, len(text), "The Dyke", language="en", body=((0, len(text)),)
    )
    assert [s.holder.mention for s in read_statements(article, text)[1:]] == [
        "Two sources in the Brelin harbour office"
    ] * 2


def test_who_is_named_in_the_article_before_is_nobody_here() -> None:
    before = "Mayor Odile Karsk said that it rains.\n\n"
    text = f"{before}She said that it pours. Karsk said: “It pours on us all.”"
    article = Article(
        "a2",
        "dyke.txt",
        len(before),
        len(text),
        "Rain",
        language="en",
        body=((len(before), len(text)),),
    )
    assert [s.holder.name for s in read_statements(article, text)[1:]] == [None, "Karsk"]
