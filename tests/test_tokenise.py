from __future__ import annotations

import pytest

from vectorstore.language.tokenise import content_words, terms, word_terms, words


def test_words_are_folded_and_stand_in_order_without_numbers() -> None:
    assert words("The Mayor’s 12 boats, Zoë’s; don't!") == ["the", "mayor", "boats", "zoe", "don't"]
    assert words("غرقت السفينةُ في ٢٠١٤") == ["غرقت", "السفينه", "في"]


def test_a_no_break_space_parts_words_and_a_bidi_mark_does_not() -> None:
    assert words("quay\u00a0post \u200fسل\u200eمى") == ["quay", "post", "سلمي"]


@pytest.mark.parametrize("nothing", ["", " \r\n", "12 ... 🐟", "—"])
def test_a_text_without_letters_has_no_words(nothing: str) -> None:
    assert words(nothing) == []


def test_the_words_of_an_english_question_that_carry_its_topic_are_kept_with_plain_numbers_last() -> (
    None
):
    question = "How many of the 1,200 lamps did the mayor of Lanvar buy in 2014?"
    assert content_words(question) == ["lamps", "mayor", "lanvar", "buy", "1200", "2014"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("كم عدد السفن في الميناء؟", ["عدد", "السفن", "الميناء"]),
        ("ماذا قال العمدة عن ٣٠٠ مصباح؟", ["العمده", "مصباح", "300"]),
        ("من أين جاءت السفينة", ["جاءت", "السفينه"]),
    ],
)
def test_the_words_of_an_arabic_question_that_carry_its_topic_are_kept(
    question: str, told: list[str]
) -> None:
    assert content_words(question) == told


@pytest.mark.parametrize("word", ["على", "إلى", "متى", "حتى", "أين", "أو", "أيضًا", "إن"])
def test_an_arabic_stop_word_is_none_the_less_one_for_its_hamza_or_final_letter(word: str) -> None:
    assert content_words(word) == []


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("boats", ("boat",)),
        ("boating", ("boat",)),
        ("2014", ("2014",)),
        ("سمكه", ("سمك", "مكه")),
        ("السمكه", ("سمك", "مكه")),
        ("والسمكه", ("سمك", "مكه")),
        ("للسمكه", ("سمك", "مكه")),
        ("يد", ("يد",)),
        ("الا", ("الا",)),
    ],
)
def test_a_word_gives_its_stem_its_arabic_threes_or_itself(
    word: str, found: tuple[str, ...]
) -> None:
    assert word_terms(word) == found


def test_terms_keep_repetitions_because_they_are_counted() -> None:
    assert terms("Boats and boats: 1,200 boats") == ["boat", "boat", "boat", "1200"]


def test_an_arabic_word_is_found_behind_its_article_and_clitics() -> None:
    assert set(terms("قنديل")) <= set(terms("وبالقنديل"))
    assert terms("القنديل") == terms("قنديل")


def test_the_words_that_put_a_question_are_not_its_topic() -> None:
    assert content_words("قارن بين السد والطاحونة، وكم يبلغ ارتفاعهما؟") == [
        "السد",
        "والطاحونه",
        "وكم",
        "ارتفاعهما",
    ]
    assert content_words("Compare the weir and the mill") == ["weir", "mill"]
