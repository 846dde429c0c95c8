from __future__ import annotations

import pytest

from vectorstore.language.sentences import paragraphs, sentences


def told(text: str, start: int = 0, end: int | None = None) -> list[str]:
    return [text[first:last] for first, last in sentences(text, start, end)]


def blocks(text: str, start: int = 0, end: int | None = None) -> list[str]:
    return [text[first:last] for first, last in paragraphs(text, start, end)]


def test_a_sentence_ends_at_its_end_mark_with_the_quotes_that_close_there() -> None:
    text = "The ferry left. “Why now?” he asked. “Go!” They went… and slowed... Then it sank."
    assert told(text) == [
        "The ferry left.",
        "“Why now?” he asked.",
        "“Go!”",
        "They went… and slowed...",
        "Then it sank.",
    ]


def test_an_arabic_sentence_ends_at_its_end_mark_and_not_at_a_semicolon() -> None:
    text = "هل غرقت السفينة؟ نعم! قالت: «انتهى الأمر.» ثم سكتت؛ ولم تعد. وقف الجميع"
    assert told(text) == [
        "هل غرقت السفينة؟",
        "نعم!",
        "قالت: «انتهى الأمر.»",
        "ثم سكتت؛ ولم تعد.",
        "وقف الجميع",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Mornay left.",
        "She met Mr. Ruick at noon.",
        "The post of Lt. Col. Ruick is vacant.",
        "J. K. Mornay rang the bell.",
        "The U.S. Navy came.",
        "The match of Lanvar vs. Brume was put off.",
        "See No. 5 on the list.",
        "They met at 5 p.m. Monday on the quay.",
        "The firm of Marlo Bros. Ropes failed.",
    ],
)
def test_a_sentence_does_not_end_after_an_abbreviation_or_an_initial(text: str) -> None:
    assert told(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No. Our ferries never left.", ["No.", "Our ferries never left."]),
        (
            "The answer is no. Our ferries never left.",
            ["The answer is no.", "Our ferries never left."],
        ),
        (
            "They dried the rope in the sun. It shrank.",
            ["They dried the rope in the sun.", "It shrank."],
        ),
    ],
)
def test_a_sentence_ends_after_a_word_that_only_looks_like_an_abbreviation(
    text: str, expected: list[str]
) -> None:
    assert told(text) == expected


def test_a_sentence_ends_after_the_word_i() -> None:
    assert told("She feared it and so did I. They left.") == [
        "She feared it and so did I.",
        "They left.",
    ]


def test_a_sentence_does_not_end_inside_a_number_or_before_a_small_letter() -> None:
    text = "It rose 3.5 metres. It fell. “Stop!” she cried. www.quay.example is down."
    assert told(text) == [
        "It rose 3.5 metres.",
        "It fell.",
        "“Stop!” she cried. www.quay.example is down.",
    ]


def test_a_sentence_ends_after_a_year_and_the_number_of_a_list_item_stays_with_its_words() -> None:
    assert told("It closed in 2014. Nobody came.") == ["It closed in 2014.", "Nobody came."]
    assert told("1. Ring the bell\n2. Light the lamp") == ["1. Ring the bell", "2. Light the lamp"]


def test_no_sentence_crosses_a_paragraph_whatever_the_newlines() -> None:
    assert told("The ferry\r\n\r\nOne left. Two stayed\r\nThree sank.\r\n") == [
        "The ferry",
        "One left.",
        "Two stayed",
        "Three sank.",
    ]


def test_no_break_spaces_bidi_marks_and_emoji_leave_the_spans_exact() -> None:
    text = "🐟 swam.\u00a0\u200fغرقت السفينة. 👩‍✈️ waved."
    assert list(sentences(text)) == [(0, 7), (8, 22), (23, 34)]
    assert told(text) == ["🐟 swam.", "\u200fغرقت السفينة.", "👩‍✈️ waved."]


def test_a_sentence_that_repeats_has_a_span_of_its_own_each_time() -> None:
    assert list(sentences("It sank. It sank. It sank.")) == [(0, 8), (9, 17), (18, 26)]


def test_only_the_part_of_the_text_that_was_asked_for_is_read() -> None:
    text = "One left. Two stayed. Three sank."
    assert told(text, 10, 28) == ["Two stayed.", "Three"]
    assert told(text, 4, 4) == []


@pytest.mark.parametrize("nothing", ["", " \r\n\t\u00a0\n"])
def test_a_text_without_words_has_no_sentences_and_no_paragraphs(nothing: str) -> None:
    assert (told(nothing), blocks(nothing)) == ([], [])


def test_each_line_of_text_copied_from_the_web_is_a_paragraph_trimmed_of_space() -> None:
    long_line = (
        "The ferry lay at its berth for nine days with its lamps lit while the council looked for"
        " its keys. " * 2
    )
    assert blocks(f"  The Ferry \n\n{long_line}\r\nBy Hella Mornay\u00a0\n") == [
        "The Ferry",
        long_line.strip(),
        "By Hella Mornay",
    ]


WRAPPED = """\
The harbour office said on Monday that the two boats had left before
the tide turned, and that nobody had been told of it beforehand.
The mayor did not answer.

She rang the bell of the old customs house twice in the afternoon and
- a lamp
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_of_a_hard_wrapped_text_that_run_on_are_one_paragraph(newline: str) -> None:
    text = WRAPPED.replace("\n", newline)
    assert [block.replace("\r", "") for block in blocks(text)] == [
        (
            "The harbour office said on Monday that the two boats had left before\n"
            "the tide turned, and that nobody had been told of it beforehand."
        ),
        "The mayor did not answer.",
        "She rang the bell of the old customs house twice in the afternoon and",
        "- a lamp",
    ]


def test_one_long_line_shows_that_a_text_is_not_hard_wrapped() -> None:
    text = WRAPPED + "\n" + "A line that is far longer than anybody wraps by hand. " * 3
    assert blocks(text)[:2] == [
        "The harbour office said on Monday that the two boats had left before",
        "the tide turned, and that nobody had been told of it beforehand.",
    ]


def test_a_row_of_marks_inside_a_word_ends_no_sentence() -> None:
    text = "Wait!!!now. Version 3.5 came...so. Go?!” She left. A.!? B"
    assert told(text) == [
        "Wait!!!now.",
        "Version 3.5 came...so.",
        "Go?!”",
        "She left.",
        "A.!?",
        "B",
    ]
