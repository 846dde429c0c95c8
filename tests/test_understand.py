from __future__ import annotations

import pytest

from rag.answer import Turn, Understood
from rag.question.understand import LONGEST_QUESTION, understand
from vectorstore.errors import QuestionError


def test_a_question_is_put_on_one_line_with_its_language() -> None:
    assert understand("  Who opened\nthe gates?  ") == Understood("Who opened the gates?", "en")
    assert understand("من فتح البوابات؟") == Understood("من فتح البوابات؟", "ar")


def test_a_short_follow_up_gets_the_words_of_the_question_before_it() -> None:
    history = [Turn("user", "What did the mayor say?"), Turn("assistant", "**The mayor** ...")]
    assert (
        understand("And her deputy?", history).question == "What did the mayor say? And her deputy?"
    )


def test_a_question_that_stands_alone_is_left_alone() -> None:
    whole = "Which villages below the weir lost their bridges during the spring flood of that year?"
    assert understand(whole, [Turn("user", "What did the mayor say?")]).question == whole


@pytest.mark.parametrize("empty", ["", "   ", "\n\t"])
def test_an_empty_question_is_refused(empty: str) -> None:
    with pytest.raises(QuestionError, match="The question is empty"):
        understand(empty)


def test_a_question_of_100_000_characters_is_refused_with_its_length_and_the_limit() -> None:
    with pytest.raises(QuestionError) as refused:
        understand("why " * 25_000)
    assert str(refused.value) == (
        f"The question has 100,000 characters, and at most {LONGEST_QUESTION:,} are read. "
        "Shorten it; a long text can be ingested as an article instead."
    )
