"""Where quotations open and close. All words are invented."""

from __future__ import annotations

import pytest

from ingest.attribution.quotations import ends_sentence, read_quotations
from vectorstore.language.sentences import paragraphs


def quoted(text: str) -> list[tuple[str, bool]]:
    """The words between marks, and whether no mark closes them."""
    return [(q.text(text), q.open) for q in read_quotations(text, list(paragraphs(text)))]


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "„“", "„”", "””", "““", "‘’", "''", "»«"])
def test_marks_of_every_shape_open_before_a_word_and_close_after_one(marks: str) -> None:
    assert quoted(f"She said, {marks[0]}The eels are back.{marks[1]} No.") == [
        ("The eels are back.", False)
    ]


def test_marks_may_be_doubled_letters_of_a_typewriter() -> None:
    assert quoted("She said, ``The eels are back.'' No.") == [("The eels are back.", False)]


def test_quotations_come_in_order_with_their_spans() -> None:
    text = "“One,” he said, “and two.”"
    assert [(q.start, q.end, q.inner) for q in read_quotations(text, [(0, len(text))])] == [
        (0, 6, (1, 5)),
        (16, 26, (17, 25)),
    ]


@pytest.mark.parametrize(
    "text", ["The mayor's eels don’t bite.", "rock 'n' roll in the '90s", "6' of rope", ""]
)
def test_an_apostrophe_is_no_mark(text: str) -> None:
    assert [words for words, _ in quoted(text) if len(words) > 1] == []


def test_marks_inside_other_marks_belong_to_the_outer_quotation() -> None:
    assert quoted("“She said, ‘Run!’ and I ran.”") == [("She said, ‘Run!’ and I ran.", False)]
    assert quoted("“She said, “Run!” and I ran.”") == [("She said, “Run!” and I ran.", False)]


def test_a_quotation_goes_on_over_paragraphs_that_each_open_with_a_mark() -> None:
    assert quoted("He wrote: “One.\n\n“Two.\n\n“Three.”\n\nFour.") == [
        ("One.\n\n“Two.\n\n“Three.", False)
    ]


def test_a_quotation_that_never_closes_ends_with_its_paragraph() -> None:
    assert quoted("He wrote: “One.\n\nTwo.\n\n“Three.”") == [("One.", True), ("Three.", False)]


def test_a_lost_mark_costs_one_paragraph() -> None:
    assert quoted("One ” two.\n\n“Three,” she said.") == [("Three,", False)]


def test_a_quotation_may_close_in_the_next_paragraph_without_opening_there_again() -> None:
    assert quoted("“One.\n\nTwo.” Three.") == [("One.\n\nTwo.", False)]


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("Stop!", True),
        ("Stop. ", True),
        ("Stop …", True),
        ("Stop", False),
        ("Stop,", False),
        ("", False),
    ],
)
def test_words_end_a_sentence_with_a_full_stop_or_the_like(words: str, ends: bool) -> None:
    assert ends_sentence(words) is ends
