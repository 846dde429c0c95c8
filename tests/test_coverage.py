from __future__ import annotations

import pytest

from rag.retrieval.coverage import Idf, asked
from vectorstore.language.tokenise import terms
from vectorstore.search.term_counts import TermCounts


def rarity(*documents: str) -> Idf:
    return Idf(TermCounts.of_texts(documents))


COMMON = rarity("the weir", "the weir again", "a weir at noon", "Tamsin at the weir")


def test_coverage_is_the_weighted_share_of_the_questions_words() -> None:
    question = asked("Did Tamsin see the weir?", COMMON)  # see, tamsin, weir
    assert question.coverage(frozenset(terms("Tamsin saw the weir and would see it again"))) == 1.0
    with_name = question.coverage(frozenset(terms("Tamsin left.")))
    with_noun = question.coverage(frozenset(terms("The weir broke.")))
    assert 0 < with_noun < with_name < 1


def test_a_word_the_corpus_does_not_know_weighs_most() -> None:
    question = asked("weir volcano", COMMON)
    assert (
        question.coverage(frozenset(terms("weir")))
        < 0.5
        < question.coverage(frozenset(terms("volcano")))
    )


def test_an_arabic_word_is_covered_behind_a_clitic() -> None:
    question = asked("ماذا حدث للسد القديم", rarity("السد القديم"))
    assert question.coverage(frozenset(terms("وبالسد القديم حدث شرخ"))) == pytest.approx(1.0)


def test_a_question_of_stop_words_covers_nothing() -> None:
    assert asked("what is it?", COMMON).coverage(frozenset({"weir"})) == 0.0
