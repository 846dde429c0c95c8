from __future__ import annotations

import csv
import json

import pytest

from ingest.document import Document, DocumentPart
from ingest.formats.rows import TableRow, csv_rows, folded
from ingest.formats.table import read, read_mapped
from ingest.metadata import Metadata
from ingest.read import read_document
from vectorstore.errors import SourceEmpty, SourceNotText, UsageError

FERRY = {
    "title": "The Ferry",
    "author": "Hella Mornay",
    "translator": "Tam Ruick",
    "outlet": "The Quay Post",
    "original_outlet": "صحيفة الرصيف",
    "date": "2020-05-03T23:30:00-05:00",
    "url": "https://quay.example/ferry",
    "language": "en-GB",
    "kind": "Opinion",
    "text": "The ferry lay.\n\nIt left, “late”.",
}
FACTS = Metadata(
    title="The Ferry",
    author="Hella Mornay",
    translator="Tam Ruick",
    outlet="The Quay Post",
    original_outlet="صحيفة الرصيف",
    published="2020-05-03",
    url="https://quay.example/ferry",
    language="en",
    kind="opinion",
)
SECOND = {"title": "السلام", "text": "لم تغادر العبّارة."}


def lines(*rows: object) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_each_line_of_json_is_an_article_with_its_title_before_it() -> None:
    text = "The Ferry\n\nThe ferry lay.\n\nIt left, “late”.\n\nالسلام\n\nلم تغادر العبّارة."
    parts = (DocumentPart(0, 43, FACTS), DocumentPart(45, 71, Metadata(title="السلام")))
    assert read("posts.jsonl", lines(FERRY, SECOND)) == Document(text, parts)
    assert [text[part.start : part.end].split("\n\n")[0] for part in parts] == [
        "The Ferry",
        "السلام",
    ]


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ({"Headline": "Ferry", "Byline": "Hella", "Body": "It lay."}, Metadata(title="Ferry", author="Hella")),
        ({"authors": ["Hella", "Tam"], "content": "It lay."}, Metadata(author="Hella, Tam")),
        ({"authors": [{"name": "Hella"}, {"name": "Tam"}], "article": "It lay."}, Metadata(author="Hella, Tam")),
        ({"Published-At": "3 May 2020", "text": "It lay."}, Metadata(published="2020-05-03")),
        ({"date": "", "published": "٣ أيار ٢٠٢٠", "text": "It lay."}, Metadata(published="2020-05-03")),
        ({"SITE": {"name": "Quay Post"}, "link": "q.ex", "text": "It lay."}, Metadata(outlet="Quay Post", url="q.ex")),
        ({"title": None, "date": "someday", "language": "the usual", "kind": "verse", "text": "It lay."}, Metadata()),
    ],
)  # fmt: skip
def test_the_usual_names_of_columns_are_understood(row: dict[str, object], facts: Metadata) -> None:
    assert [part.facts for part in read("posts.ndjson", lines(row)).parts] == [facts]


def test_a_bad_line_is_skipped_and_told_and_the_good_ones_kept() -> None:
    bad = [
        b"{not json",
        lines(["a list"]),
        lines({"title": "Bare"}),
        b'{"text": "half \\ud800"}',
        b'{"text": "\\u0000a"}',
    ]
    content = b"\r\n".join([lines({"text": "First."}), b"", *bad, lines({"text": "Last."})])
    assert read("posts.jsonl", content) == Document(
        "First.\n\nLast.",
        (DocumentPart(0, 6, Metadata()), DocumentPart(8, 13, Metadata())),
        (
            "Line 3 was skipped: it is not JSON.",
            "Line 4 was skipped: it is not a JSON object.",
            "Line 5 was skipped: it has no text.",
            "Line 6 was skipped: it holds characters that no text has.",
            "Line 7 was skipped: it holds characters that no text has.",
        ),
    )


def test_a_line_that_is_damaged_spoils_no_other() -> None:
    content = lines({"text": "سلمى"}) + b'\n{"text": "a\xff"}\n' + lines({"text": "Last."})
    found = read("posts.jsonl", content)
    assert (found.text, found.notes) == (
        "سلمى\n\nLast.",
        ("Line 2 was skipped: it is not UTF-8 text.",),
    )


def test_a_binary_file_under_the_name_of_a_table_is_told() -> None:
    for name in ("posts.jsonl", "posts.csv"):
        with pytest.raises(SourceNotText) as refused:
            read(name, b"PK\x03\x04\x00\x00ferry\n")
        assert (
            str(refused.value)
            == f"{name} is a binary file, not text. Save its text as .txt and ingest that."
        )


def test_of_many_bad_lines_the_first_twenty_are_told_one_by_one() -> None:
    notes = read("posts.jsonl", b"bad\n" * 25 + lines({"text": "Last."})).notes
    assert notes[19:] == (
        "Line 20 was skipped: it is not JSON.",
        "5 more rows were skipped for such reasons.",
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "posts.jsonl",
            b'[\n{"text": "It lay."}]',
            (
                "posts.jsonl holds no article. Line 1 was skipped: it is not JSON. "
                'Give one JSON object a line, with the text of the article as its "text".'
            ),
        ),
        (
            "posts.csv",
            b"id,words\n1,It lay.\n",
            (
                "posts.csv holds no article. Line 2 was skipped: it has no text. "
                "Give one article a row, under a header with a column named text."
            ),
        ),
    ],
)
def test_a_file_without_a_good_row_is_refused(name: str, content: bytes, message: str) -> None:
    with pytest.raises(SourceNotText) as refused:
        read(name, content)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("name", "between"),
    [("p.csv", ","), ("p.csv", ";"), ("p.csv", "|"), ("p.csv", "\t"), ("p.tsv", "\t")],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_whatever_stands_between_its_cells(
    name: str, between: str, charset: str
) -> None:
    rows = [
        ["Title", "Date", "Text"],
        ["The Ferry", "3 May 2020", f'It lay{between} it "left".\r\nIt came.'],
        ["Two", "", "سلمى"],
    ]
    content = "\r\n".join(
        between.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    text = f'The Ferry\n\nIt lay{between} it "left".\r\nIt came.\n\nTwo\n\nسلمى'
    parts = (
        DocumentPart(0, 39, Metadata(title="The Ferry", published="2020-05-03")),
        DocumentPart(41, 50, Metadata(title="Two")),
    )
    assert read(name, content.encode(charset)) == Document(text, parts)


def test_rows_that_do_not_fit_the_table_are_told() -> None:
    content = (
        b'title,text\nA,One.\nB,Two, three.\nC,"Four." five\n,\nD\nE,Six.\nF,"never closed\nto the'
        b" end\n"
    )
    found = read("posts.csv", content)
    assert found.text == "A\n\nOne.\n\nE\n\nSix."
    assert found.notes == (
        "Line 3 was skipped: it has 3 cells under a header of 2.",
        "Line 4 was skipped: the quotation marks do not match.",
        "Line 6 was skipped: it has no text.",
        "Lines 8 to 9 were skipped: the quotation marks do not match.",
    )


def test_a_huge_cell_is_read_and_the_limit_of_csv_left_as_it_was() -> None:
    limit = csv.field_size_limit()
    assert len(read("posts.csv", b"text\n" + b"ferry " * 100_000).text) == 600_000
    assert csv.field_size_limit() == limit


def test_a_mapping_says_which_columns_to_read() -> None:
    content = b"Story,Paper,title\nIt lay.,The Quay Post,Ferry\n"
    assert read_mapped("posts.csv", content, {"text": "story", "outlet": "Paper"}) == Document(
        "Ferry\n\nIt lay.", (DocumentPart(0, 14, Metadata(title="Ferry", outlet="The Quay Post")),)
    )


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"text": "Story"}, "posts.csv has no column named Story. Its columns are body, title."),
        (
            {"words": "body"},
            (
                "There is no fact named words. The facts are text, title, author, translator,"
                " outlet, original_outlet, published, url, language, kind."
            ),
        ),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_told(mapping: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_mapped("posts.csv", b"title,body\nFerry,It lay.\n", mapping)
    assert str(refused.value) == message


@pytest.mark.parametrize("name", ["p.jsonl", "p.ndjson", "p.csv", "p.tsv"])
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_table_is_empty(name: str, content: bytes) -> None:
    with pytest.raises(SourceEmpty) as refused:
        read_document(name, content)
    assert str(refused.value) == f"{name} holds no words. Nothing was added."


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("title,text", ["title", "text"]),
        ("title; of all,text", ["title; of all", "text"]),
        ("title;text", ["title", "text"]),
        ("title|text", ["title", "text"]),
        ('"title, or so";"text"', ["title, or so", "text"]),
        ('title;"text, or so"', ["title", "text, or so"]),
        ('"title|so"\t"text"', ["title|so", "text"]),
    ],
)
def test_what_stands_between_the_columns_is_told_by_the_header(
    header: str, columns: list[str]
) -> None:
    named = {folded(column): column for column in columns}
    assert csv_rows("posts.csv", f"{header}\n{header}\n".encode()) == [TableRow("Line 2", named)]


def test_a_header_of_nothing_but_marks_is_no_reason_to_look_for_ever() -> None:
    with pytest.raises(SourceNotText):
        read("posts.csv", b'",' * 5000 + b"\nIt lay.")


def test_names_in_lists_in_lists_name_nobody() -> None:
    row = json.dumps(
        {
            "text": "It lay.",
            "author": [{"name": "Tam Ruick"}, [[{"name": "Hella"}]], {"name": ["Mornay"]}],
        }
    )
    assert read("posts.jsonl", row.encode()) == Document(
        "It lay.", (DocumentPart(0, 7, Metadata(author="Tam Ruick")),)
    )
    deep = '{"text": "It lay.", "author": ' + "[" * 900 + "]" * 900 + "}"
    assert read("posts.jsonl", deep.encode()) == Document(
        "It lay.", (DocumentPart(0, 7, Metadata()),)
    )
