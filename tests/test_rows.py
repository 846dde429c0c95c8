from __future__ import annotations

import pytest

from vectorstore.records import Article, Embedded, Entry, Holder, Link, Passage, Statement
from vectorstore.rows import (
    VALUE_BYTES,
    article_row,
    gathered,
    holder_keys,
    passage_row,
    pieces,
    read_article,
    read_passage,
    read_sentences,
    spread,
)

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
    article = Article("a1", "post.txt", 0, 9000, "Ferry", body=tuple((n, n + 1) for n in range(0, 9000, 9)))
    row = article_row(Entry(article, (), "t1", "f1"))
    assert max(len(str(value).encode()) for value in row.values()) <= VALUE_BYTES
    assert len(row) > 8
    assert read_article("a1", row) == article


def test_a_passage_as_a_row_says_each_shared_fact_once_and_names_its_holders() -> None:
    assert passage_row(passage(AUTHOR), b"1:\x7f") == {
        "article_id": "a1",
        "source": "post.txt",
        "start": 30,
        "end": 60,
        "language": "en",
        "statements_0": (
            '[{"id":"a1-s0","start":30,"end":60,"holder":{"name":"Hella Mornay","type":"author"},"form":"author",'
            '"chain":[{"name":"Hella Mornay","role":"written_by","date":"2020-05-03"},'
            '{"name":"The Quay Post","role":"published_by"}],'
            '"polarity":"asserted","modality":"stated","confidence":1.0}]'
        ),
        "sentences_0": "MTp/",
        "holders": ["hella mornay"],
    }


def test_a_passage_of_unnamed_holders_has_no_holders_to_filter_by() -> None:
    assert "holders" not in passage_row(passage(SPOKEN), b"")


def test_a_passage_comes_back_from_its_row_whole() -> None:
    for stored in (passage(AUTHOR, SPOKEN), passage(SPOKEN), passage(language=None)):
        assert read_passage("p1", passage_row(stored, b""), WORDS) == stored


def test_the_vectors_of_sentences_come_back_from_a_row_that_is_spread_over_values() -> None:
    stored = bytes(range(256)) * 40
    row = passage_row(passage(AUTHOR), stored)
    assert read_sentences(row) == stored
    assert max(len(str(value)) for value in row.values()) <= VALUE_BYTES
    assert read_sentences({"article_id": "a1"}) == b""


def test_the_holder_keys_of_a_passage_are_those_of_everyone_named_in_it() -> None:
    assert holder_keys(passage(AUTHOR, SPOKEN)) == frozenset({"hella mornay"})
    assert holder_keys(passage(SPOKEN)) == frozenset()


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("", 5, []),
        ("abc", 3, ["abc"]),
        ("abcd", 3, ["abc", "d"]),
        ("سلمى", 4, ["سل", "مى"]),
        ("a🐟b🐟", 5, ["a🐟", "b🐟"]),
        ("🐟🐟", 5, ["🐟", "🐟"]),
        ("a\ud83db", 4, ["a\ud83d", "b"]),
        ("a\r\nb", 2, ["a\r", "\nb"]),
    ],
)
def test_a_text_is_cut_by_bytes_and_never_inside_a_character(text: str, limit: int, cut: list[str]) -> None:
    assert pieces(text, limit) == cut


@pytest.mark.parametrize("text", ["", "short", "🐟 سلمى é\r\n" * 2000])
def test_a_text_that_was_spread_is_gathered_whole_from_values_of_allowed_size(text: str) -> None:
    row = spread("notes", text)
    assert list(row) == [f"notes_{n}" for n in range(len(row))]
    assert all(len(str(value).encode()) <= VALUE_BYTES for value in row.values())
    assert gathered("notes", {**row, "other_0": "not this"}) == text
