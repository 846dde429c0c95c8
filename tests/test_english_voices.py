"""What others answer for in a stretch: where a sentence leaves something open, and what stands
inside quotations.
"""

from __future__ import annotations

import pytest

from ingest.attribution import read_statements
from vectorstore.records import Article, Holder, Link, Statement

Row = tuple[str | None, str, str]


def statements(text: str) -> tuple[Statement, ...]:
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
    return read_statements(article, text)


def told(text: str) -> list[Row]:
    """Who, what, and by which rule, without the author."""
    return [
        (s.holder.name or s.holder.mention, text[s.start : s.end], s.rule or "")
        for s in statements(text)[1:]
    ]


def test_a_statement_inside_the_authors_has_the_whole_chain() -> None:
    text = "The dyke would hold, Odile Karsk, a harbour engineer, said."
    author, said = statements(text)
    assert author.holder == Holder("Brelin Post", None, "author")
    assert said == Statement(
        id="a1-s1",
        article_id="a1",
        source="dyke.txt",
        start=0,
        end=19,
        holder=Holder("Odile Karsk", "Odile Karsk", "person", "harbour engineer"),
        form="indirect",
        chain=(Link("Odile Karsk", "said"), Link("Brelin Post", "published_by")),
        cue="said",
        parent_id="a1-s0",
        confidence=0.9,
        language="en",
        rule="aside-trailing",
        resolved="name",
    )


def test_a_quotation_without_a_cue_goes_on_with_the_speaker_before() -> None:
    assert told(
        "“The dyke will hold,” Odile Karsk said. “It has always held. We built it well.”"
    ) == [
        ("Odile Karsk", "The dyke will hold", "subject-trailing"),
        ("Odile Karsk", "It has always held. We built it well.", "quotation-goes-on"),
    ]


def test_a_paragraph_that_is_one_quotation_goes_on_with_the_paragraph_before() -> None:
    assert told(
        "“The dyke will hold,” Odile Karsk said.\n\n“It has always held, and it always will.”"
    )[1:] == [("Odile Karsk", "It has always held, and it always will.", "quotation-goes-on")]


def test_a_short_quotation_before_its_cue_is_one_sentence_with_it() -> None:
    assert told("“Stop!” Odile Karsk shouted. “The dyke moves!”") == [
        ("Odile Karsk", "Stop!", "subject-trailing"),
        ("Odile Karsk", "The dyke moves!", "quotation-goes-on"),
    ]


def test_a_quotation_of_several_paragraphs_is_one_statement() -> None:
    text = "Odile Karsk wrote: “The dyke will hold.\n\n“We built it well.”\n\nThe letter is short."
    ((holder, words, rule),) = told(text)
    assert (holder, rule) == ("Odile Karsk", "subject-colon")
    assert words.startswith("The dyke will hold.\n\n“We built it well.")


def test_a_quotation_that_nobody_is_said_to_say_is_nobodys() -> None:
    assert told(
        "The square was empty. “The dyke will hold until the spring tide.” Nobody came."
    ) == [(None, "The dyke will hold until the spring tide.", "quotation-alone")]


def test_words_below_a_colon_are_the_speakers_and_what_comes_after_them_is_not() -> None:
    words = "The dyke will hold until the spring tide comes."
    assert told(f"Odile Karsk said this on Monday:\n\n{words}\n\nNobody answered.") == [
        ("Odile Karsk", words, "words-below")
    ]


def test_a_list_below_its_announcement_is_one_statement() -> None:
    assert told(
        "The clubs published three demands:\n\n- a new pump\n- an open sluice\n\nThe council slept."
    ) == [("The clubs", "a new pump\n- an open sluice", "words-below")]


def test_announced_points_are_the_speakers_until_somebody_else_writes_on() -> None:
    text = (
        "According to Odile Karsk, there are three reasons. First, the wind is strong. Second, the"
        " tide is high.\n\nThird, the sand is old.\n\nThe mill stands empty."
    )
    assert told(text) == [
        ("Odile Karsk", "there are three reasons", "according-fronted"),
        ("Odile Karsk", "First, the wind is strong", "announced-point"),
        ("Odile Karsk", "Second, the tide is high", "announced-point"),
        ("Odile Karsk", "Third, the sand is old", "announced-point"),
    ]


@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_cue_may_come_in_the_sentence_after_the_words(gap: str) -> None:
    assert told(
        f"The mill is old. The dyke moved by a yard in March.{gap}This was disclosed by Odile"
        " Karsk."
    ) == [("Odile Karsk", "The dyke moved by a yard in March.", "revealed-by")]


def test_nothing_is_disclosed_where_no_sentence_stands_before() -> None:
    assert told("This was disclosed by Odile Karsk.") == []


def test_a_partial_quotation_goes_on_with_the_speaker_before() -> None:
    text = (
        "“The dyke is a heap of sand,” Odile Karsk said. The sluice would be “the end of us all”."
        " The mill is old."
    )
    assert told(text) == [
        ("Odile Karsk", "The dyke is a heap of sand", "subject-trailing"),
        ("Odile Karsk", "The sluice would be “the end of us all”", "partial-goes-on"),
    ]


def test_what_was_stressed_by_nobody_goes_on_with_the_last_speaker() -> None:
    assert told(
        "Odile Karsk said that the dyke would hold. It was stressed that the sluice was shut."
    )[1:] == [("Odile Karsk", "the sluice was shut", "continued")]


@pytest.mark.parametrize(
    "text",
    [
        "The “experts” of the ministry came by boat. They sat in the “Golden Eel” and drank.",
        "She wrote “The Long Dyke” in a winter. It sold badly.",
        "I say that the dyke will hold. We think so.",
        "***\n\n...\n\n“”",
    ],
)
def test_scare_quotes_titles_the_first_person_and_rows_of_marks_are_nobodys_speech(
    text: str,
) -> None:
    assert told(text) == []


def test_who_is_quoted_inside_a_quotation_is_told_by_its_speaker() -> None:
    text = (
        "“Teun Falder told me that the dyke would never break, and I believed him,” Odile Karsk"
        " said."
    )
    assert [
        [link.name for link in s.chain if link.role != "published_by"] for s in statements(text)[1:]
    ] == [
        ["Odile Karsk"],
        ["Teun Falder", "Odile Karsk"],
    ]


def test_voices_nest_four_deep_and_no_deeper() -> None:
    people = ["Odile Karsk", "Teun Falder", "Orla Tevin", "Bram Ostel", "Siv Larn"]
    text = " ".join(f"{name} said that" for name in people) + " it rains."
    assert [holder for holder, _, _ in told(text)] == people[:4]


def test_a_transcripts_turn_holds_what_its_speaker_quotes() -> None:
    text = (
        "Odile Karsk: Teun Falder told me, “The dyke will break before the morning.” I ran.\n\nOrla"
        " Tevin: And then?\n"
    )
    article = Article(
        "a1",
        "dyke.txt",
        0,
        len(text),
        "A Talk",
        language="en",
        kind="transcript",
        body=((0, len(text)),),
    )
    assert [
        (s.holder.name, s.form, [link.name for link in s.chain])
        for s in read_statements(article, text)
    ] == [
        (None, "author", []),
        ("Odile Karsk", "turn", ["Odile Karsk"]),
        ("Teun Falder", "direct", ["Teun Falder", "Odile Karsk"]),
        ("Orla Tevin", "turn", ["Orla Tevin"]),
    ]


def test_literal_mask_characters_in_a_text_are_no_quotation() -> None:
    assert told("\ufffc\ufffc\ufffc\ufffc\ufffc. The mill is old.") == []


def test_the_last_word_of_one_paragraph_does_not_open_a_quotation_in_the_next() -> None:
    assert told("The mill is old.\n “ “The dyke will hold,” Karsk said.") == told(
        " “ “The dyke will hold,” Karsk said."
    )
