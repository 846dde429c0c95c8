from __future__ import annotations

import dataclasses

import pytest

from ingest.attribution import read_statements
from vectorstore.chains import article_chain
from vectorstore.records import Article, Embedded, Holder, Kind, Link, Statement

TEXT = "Intro.\n\nHella Mornay: One.\n\nTwo.\n\nPhoto: Tam Ruick\n\nThree.\n\nQuestion: Four?\n"
FIRST, SECOND = (0, TEXT.index("\n\nPhoto")), (TEXT.index("Three"), len(TEXT) - 1)
ARTICLE = Article(
    id="a1",
    source="talk.txt",
    start=0,
    end=len(TEXT),
    title="A Talk on the Quay",
    outlet="The Quay Post",
    published="2020-05-03",
    language="en",
    kind="transcript",
    body=(FIRST, SECOND),
)
CHAIN = (Link("The Quay Post", "published_by", "2020-05-03"),)


def authors(number: int, start: int, end: int) -> Statement:
    holder = Holder("The Quay Post", None, "author")
    return Statement(
        f"a1-s{number}", "a1", "talk.txt", start, end, holder, "author", CHAIN, language="en", rule="author",
        resolved="place",
    )  # fmt: skip


def spoken(number: int, words: str, holder: Holder, parent: int) -> Statement:
    start = TEXT.index(words)
    return Statement(
        id=f"a1-s{number}",
        article_id="a1",
        source="talk.txt",
        start=start,
        end=start + len(words),
        holder=holder,
        form="turn",
        chain=(Link(holder.name or holder.mention, "said"), *CHAIN),
        parent_id=f"a1-s{parent}",
        language="en",
        rule="turn",
        resolved="place",
    )


def test_a_turn_belongs_to_its_speaker_and_a_caption_in_its_middle_does_not_end_it() -> None:
    hella = Holder("Hella Mornay", "Hella Mornay", "person")
    assert read_statements(ARTICLE, TEXT) == (
        authors(0, *FIRST),
        spoken(1, "One.\n\nTwo.", hella, parent=0),
        authors(2, *SECOND),
        spoken(3, "Three.", hella, parent=2),
        spoken(4, "Four?", Holder(None, "Question", "unnamed"), parent=2),
    )


@pytest.mark.parametrize("kind", [None, "news", "opinion"])
def test_labels_in_an_article_that_is_no_transcript_open_no_turns(kind: Kind | None) -> None:
    article = dataclasses.replace(ARTICLE, kind=kind)
    assert read_statements(article, TEXT) == (authors(0, *FIRST), authors(1, *SECOND))


def test_a_transcript_without_labels_is_its_authors() -> None:
    text = "The ferry left.\n"
    article = dataclasses.replace(ARTICLE, end=len(text), body=((0, 15),))
    assert read_statements(article, text) == (authors(0, 0, 15),)


def test_a_translated_turn_says_so_behind_its_speaker() -> None:
    text = "Hella Mornay (retranslated): One.\n\nTam Ruick: Two."
    article = dataclasses.replace(ARTICLE, end=len(text), body=((0, len(text)),))
    assert [statement.chain for statement in read_statements(article, text)] == [
        CHAIN,
        (Link("Hella Mornay", "said"), Link(None, "translated_by"), *CHAIN),
        (Link("Tam Ruick", "said"), *CHAIN),
    ]


def test_a_republished_piece_keeps_its_own_author_and_what_is_told_in_it_too() -> None:
    text = "Intro.\n\nTwo boats sank, Tam Ruick said.\n\nOutro."
    start, end = text.index("Two"), text.index("\n\nOutro")
    piece = Embedded(start, end, author="Pell Orrin", outlet="Tide")
    article = dataclasses.replace(
        ARTICLE, kind="news", end=len(text), body=((0, len(text)),), embedded=(piece,)
    )
    written = (Link("Pell Orrin", "written_by"), Link("Tide", "published_by"))
    taken = (*written, Link("The Quay Post", "republished_by", "2020-05-03"))
    assert [(s.holder.name, s.rule, s.chain) for s in read_statements(article, text)] == [
        ("The Quay Post", "author", CHAIN),
        ("Pell Orrin", "republished", taken),
        ("Tam Ruick", "subject-trailing", (Link("Tam Ruick", "said"), *taken)),
    ]


def test_what_an_author_says_of_themselves_is_no_other_voice() -> None:
    text = "Hella Mornay said that the ferry left."
    article = dataclasses.replace(
        ARTICLE, kind="news", author="Hella Mornay", end=len(text), body=((0, len(text)),)
    )
    assert [s.form for s in read_statements(article, text)] == ["author"]


def test_an_article_in_a_language_without_a_grammar_is_its_authors() -> None:
    article = dataclasses.replace(ARTICLE, kind="news", language="xx")
    assert read_statements(article, TEXT) == tuple(
        dataclasses.replace(s, language="xx") for s in (authors(0, *FIRST), authors(1, *SECOND))
    )


def test_an_article_without_a_body_states_nothing() -> None:
    assert read_statements(dataclasses.replace(ARTICLE, body=(), kind="stub"), TEXT) == ()


@pytest.mark.parametrize(
    ("author", "outlet", "holder"),
    [
        ("Hella Mornay", "The Quay Post", "Hella Mornay"),
        (None, "The Quay Post", "The Quay Post"),
        (None, None, None),
    ],
)
def test_an_articles_own_words_are_its_authors_or_of_an_unsigned_one_its_outlets(
    author: str | None, outlet: str | None, holder: str | None
) -> None:
    article = dataclasses.replace(ARTICLE, kind=None, author=author, outlet=outlet)
    assert {statement.holder for statement in read_statements(article, TEXT)} == {
        Holder(holder, None, "author")
    }


def test_a_chain_names_author_and_outlet_with_the_date() -> None:
    article = dataclasses.replace(ARTICLE, author="Hella Mornay")
    assert article_chain(article) == (Link("Hella Mornay", "written_by", "2020-05-03"), *CHAIN)


def test_the_chain_of_a_translated_article_runs_from_its_author_to_whoever_republished_it() -> None:
    article = dataclasses.replace(
        ARTICLE, author="سلمى الرماني", translator="Tam Ruick", original_outlet="صحيفة الرصيف"
    )
    assert [(link.name, link.role) for link in article_chain(article)] == [
        ("سلمى الرماني", "written_by"),
        ("صحيفة الرصيف", "published_by"),
        ("Tam Ruick", "translated_by"),
        ("The Quay Post", "republished_by"),
    ]


def test_the_chain_of_an_article_that_says_nothing_of_itself_is_empty() -> None:
    assert article_chain(Article("a1", "talk.txt", 0, 9, "A Talk")) == ()
