from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from ingest.attribution import read_statements
from ingest.passages import BUDGET, read_passages
from vectorstore.embedders.base import Embedder, Parts, Vectors, encode_apart
from vectorstore.records import (
    Article,
    Embedded,
    Holder,
    Kind,
    Passage,
    Span,
    Statement,
    content_id,
)


class WordCounter:
    """An embedder whose tokens are words; it reads English."""

    name = "words"

    def __init__(self, max_tokens: int) -> None:
        self.max_tokens = max_tokens

    def reads(self, language: str | None) -> bool:
        return language == "en"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        return encode_apart(self, texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def article(
    body: Sequence[Span],
    kind: Kind | None = None,
    language: str = "en",
    embedded: tuple[Embedded, ...] = (),
) -> Article:
    return Article(
        "a1", "quay.txt", 0, 900, "The Ferry", "Hella Mornay", language=language, kind=kind, body=tuple(body),
        embedded=embedded,
    )  # fmt: skip


def passages(text: str, about: Article, max_tokens: int) -> tuple[Passage, ...]:
    embedder: Embedder = WordCounter(max_tokens)
    return read_passages(about, text, read_statements(about, text), embedder)


def packed(text: str, max_tokens: int, about: Article | None = None) -> list[str]:
    found = passages(text, about or article([(0, len(text))]), max_tokens)
    assert all(text[p.start : p.end] == p.text for p in found)
    return [p.text for p in found]


def test_whole_sentences_are_packed_until_the_next_would_be_too_long() -> None:
    text = "The ferry left. It came back.\u00a0Nobody rang\r\nthe bell. 🐟 swam on. The end.\n"
    assert packed(text, 6) == [
        "The ferry left. It came back.",
        "Nobody rang\r\nthe bell.",
        "🐟 swam on. The end.",
    ]


def test_a_sentence_over_the_budget_stands_alone_and_whole() -> None:
    text = "It left. The ferry came back with all its lamps lit. It sank."
    assert packed(text, 4) == [
        "It left.",
        "The ferry came back with all its lamps lit.",
        "It sank.",
    ]


def test_a_budget_of_200_tokens_leaves_a_long_model_room() -> None:
    text = "The old ferry left. " * 60
    assert [len(words.split()) for words in packed(text, 8192)] == [BUDGET, 40]


def test_sentences_that_repeat_are_passages_at_their_own_places_with_ids_of_their_own() -> None:
    found = passages("It sank. It sank. It sank.", article([(0, 26)]), 2)
    assert [(p.start, p.end, p.text) for p in found] == [
        (0, 8, "It sank."),
        (9, 17, "It sank."),
        (18, 26, "It sank."),
    ]
    assert [p.id for p in found] == [
        content_id("a1", str(start), "It sank.") for start in (0, 9, 18)
    ]


def test_no_passage_crosses_a_caption_between_two_stretches_of_the_body() -> None:
    text = "It left. Photo: Tam Ruick. It sank."
    assert packed(text, 50, article([(0, 8), (27, 35)])) == ["It left.", "It sank."]


def test_no_passage_crosses_the_edge_of_an_embedded_piece() -> None:
    text = "He wrote this. I saw it. I was there. So far he."
    piece = Embedded(15, 37, author="Tam Ruick")
    assert packed(text, 50, article([(0, len(text))], embedded=(piece,))) == [
        "He wrote this.",
        "I saw it. I was there.",
        "So far he.",
    ]


TALK = "A talk.\n\nHella Mornay: One. Two.\n\nThree.\n\nTam Ruick: Four.\n\nMornay: Five.\n"


def test_no_passage_crosses_two_turns_of_a_transcript() -> None:
    found = packed(TALK, 50, article([(0, len(TALK) - 1)], "transcript"))
    assert [words for words in found if words in ("One. Two.\n\nThree.", "Four.", "Five.")] == [
        "One. Two.\n\nThree.",
        "Four.",
        "Five.",
    ]


def test_a_label_alone_is_no_passage() -> None:
    found = packed(TALK, 50, article([(0, len(TALK) - 1)], "transcript"))
    assert found == ["A talk.", "One. Two.\n\nThree.", "Four.", "Five."]


def test_a_passage_carries_the_statements_that_overlap_it_parents_first() -> None:
    about = article([(0, len(TALK) - 1)], "transcript")
    told = read_statements(about, TALK)
    (four,) = [p for p in passages(TALK, about, 50) if p.text == "Four."]
    assert four.statements == (told[0], told[2])
    assert four.statement_at(four.start, four.end).holder == Holder(
        "Tam Ruick", "Tam Ruick", "person"
    )
    assert (four.article_id, four.source, four.language) == ("a1", "quay.txt", "en")


def test_an_arabic_text_is_packed_by_words_when_the_model_does_not_read_arabic() -> None:
    text = "غرقت السفينة أمس في الميناء. لم يقرع أحد الجرس. وعاد الجميع."
    assert packed(text, 14, article([(0, len(text))], language="ar")) == [
        "غرقت السفينة أمس في الميناء. لم يقرع أحد الجرس.",
        "وعاد الجميع.",
    ]


@pytest.mark.parametrize("body", [[], [(0, 3)]])
def test_a_body_without_words_has_no_passages(body: list[Span]) -> None:
    assert packed(" \r\n", 50, article(body)) == []


def test_every_word_of_a_body_is_in_one_passage() -> None:
    text = (
        "The ferry left.\n\nDr. Mornay rang the bell! Who heard?\r\n\r\nغرقت السفينة."
        " 🐟\u00a0swam.\n"
    )
    found = passages(text, article([(0, len(text))]), 5)
    assert " ".join(p.text for p in found).split() == text.split()
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_statements_elsewhere_in_the_article_are_not_carried() -> None:
    text = "It left. It sank."
    told: list[Statement] = list(read_statements(article([(0, 8), (9, 17)]), text))
    found = read_passages(article([(0, 8), (9, 17)]), text, told, WordCounter(50))
    assert [p.statements for p in found] == [(told[0],), (told[1],)]
