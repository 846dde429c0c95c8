from __future__ import annotations

import pytest

from vectorstore.language.detect import language_of, script_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The mayor would not answer the questions that the reporters put to her last night.",
            "en",
        ),
        (
            (
                "Le maire a refusé hier soir de répondre aux questions que les journalistes lui"
                " posaient."
            ),
            "fr",
        ),
        ("Der Bürgermeister wollte gestern Abend keine Fragen der Journalisten beantworten.", "de"),
        ("رفضت رئيسة البلدية الإجابة عن أسئلة الصحفيين مساء أمس.", "ar"),
    ],
)
def test_the_language_of_a_sentence_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


def test_fewer_than_forty_latin_letters_count_as_english() -> None:
    assert language_of("Bonjour tout le monde") == "en"


def test_even_one_arabic_word_is_arabic() -> None:
    assert language_of("\u200fنعم") == "ar"


def test_the_larger_share_of_letters_decides_between_arabic_and_latin() -> None:
    assert language_of("قالت صحيفة الرصيف إن سفينة Marlo غادرت") == "ar"
    assert (
        language_of(
            "The word رصيف means quay, and nothing else, to anybody who has ever worked on one."
        )
        == "en"
    )


@pytest.mark.parametrize("text", ["", "  \r\n", "2014 — 12%", "🐟 ...", "\u200f", "___"])
def test_a_text_without_letters_has_no_language_and_no_script(text: str) -> None:
    assert (language_of(text), script_of(text)) == (None, None)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Lanvar", "latin"),
        ("سلمى", "arabic"),
        ("سلمى the", "arabic"),
        ("سلمى of the quay", "latin"),
    ],
)
def test_the_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script
