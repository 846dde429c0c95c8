from __future__ import annotations

import numpy as np
import pytest

from vectorstore.records import Article, Embedded, Entry, Holder, Link, Passage, Statement
from vectorstore.storage.rows import (
    VALUE_BYTES,
    article_row,
    passage_row,
    read_article,
    read_passage,
    read_sentences,
)

NONE = np.zeros((0, 0), dtype=np.int8)
ARTICLE = Article(
    id="a1",
    source="post.txt",
    start=0,
    end=90,
    title="The Ferry That Never Sailed",
    author="Hella Mornay",
    translator="Tam Ruick",
    outlet="The Quay Post",
    original_outlet="صحيفة الرصيف",
    published="2020-05-03",
    url="https://quay.example/ferry",
    language="en",
    kind="opinion",
    body=((30, 60), (62, 88)),
    embedded=(Embedded(62, 88, "The Bell", "سلمى الرماني"),),
)
AUTHOR = Statement(
    id="a1-s0",
    article_id="a1",
    source="post.txt",
    start=30,
    end=60,
    holder=Holder("Hella Mornay", None, "author"),
    form="author",
    chain=(Link("Hella Mornay", "written_by", "2020-05-03"), Link("The Quay Post", "published_by")),
    language="en",
)
SPOKEN = Statement(
    id="a1-s1",
    article_id="a1",
    source="post.txt",
    start=40,
    end=58,
    holder=Holder(None, "a mate", "unnamed"),
    form="turn",
    chain=(Link(None, "said"),),
    cue="denied",
    polarity="denied",
    modality="alleged",
    parent_id="a1-s0",
    confidence=0.5,
    language="en",
)
WORDS = "The ferry lay at its berth 🐟."


def passage(*statements: Statement, language: str | None = "en") -> Passage:
    return Passage("p1", "a1", "post.txt", 30, 60, WORDS, language, statements)


def test_an_article_as_a_row_leaves_out_what_is_not_known() -> None:
    bare = Article(id="a1", source="post.txt", start=0, end=9, title="Ferry")
    assert article_row(Entry(bare, (), "t1", "f1")) == {
        "source": "post.txt",
        "start": 0,
        "end": 9,
        "title": "Ferry",
        "lists_0": '{"body":[],"embedded":[]}',
        "fingerprint": "f1",
        "text_id": "t1",
    }


@pytest.mark.parametrize("article", [ARTICLE, Article("a2", "post.txt", 0, 9, "Ferry")])
def test_an_article_comes_back_from_its_row_whole(article: Article) -> None:
    assert read_article(article.id, article_row(Entry(article, (), "t1", "f1"))) == article


def test_a_body_of_a_thousand_spans_is_spread_over_values_that_a_hosted_chroma_takes() -> None:
    article = Article(
        "a1", "post.txt", 0, 9000, "Ferry", body=tuple((n, n + 1) for n in range(0, 9000, 9))
    )
    row = article_row(Entry(article, (), "t1", "f1"))
    assert max(len(str(value).encode()) for value in row.values()) <= VALUE_BYTES
    assert len(row) > 8
    assert read_article("a1", row) == article


def test_a_passage_as_a_row_says_each_shared_fact_once_and_names_its_holders() -> None:
    assert passage_row(passage(AUTHOR), np.array([[127]], dtype=np.int8)) == {
        "article_id": "a1",
        "source": "post.txt",
        "start": 30,
        "end": 60,
        "language": "en",
        "statements_0": (
            '[{"id":"a1-s0","start":30,"end":60,"holder":{"name":"Hella'
            ' Mornay","type":"author"},"form":"author",'
            '"chain":[{"name":"Hella Mornay","role":"written_by","date":"2020-05-03"},'
            '{"name":"The Quay Post","role":"published_by"}],'
            '"polarity":"asserted","modality":"stated","confidence":1.0}]'
        ),
        "sentences_0": "MTp/",
        "holders": ["hella mornay"],
    }


def test_a_passage_of_unnamed_holders_has_no_holders_to_filter_by() -> None:
    assert "holders" not in passage_row(passage(SPOKEN), NONE)


def test_a_passage_comes_back_from_its_row_whole() -> None:
    for stored in (passage(AUTHOR, SPOKEN), passage(SPOKEN), passage(language=None)):
        assert read_passage("p1", passage_row(stored, NONE), WORDS) == stored


def test_the_vectors_of_sentences_come_back_from_a_row_that_is_spread_over_values() -> None:
    stored = np.arange(-127, 128, dtype=np.int8).reshape(5, 51).repeat(40, axis=1)
    row = passage_row(passage(AUTHOR), stored)
    assert np.array_equal(read_sentences(row), stored)
    assert max(len(str(value)) for value in row.values()) <= VALUE_BYTES
    assert read_sentences({"article_id": "a1"}).shape == (0, 0)
