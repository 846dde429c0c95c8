from __future__ import annotations

import pytest

from ingest.document import Document, DocumentPart
from ingest.formats.html import read
from ingest.formats.markup import without_crowds
from ingest.metadata import Metadata
from ingest.read import read_document
from vectorstore.errors import SourceEmpty, SourceNotText

LEAD = (
    "The ferry lay at its berth until noon on Tuesday, and nobody told the passengers why it had"
    " not left, although the harbour-master had known of the broken shaft since the evening before."
)
SECOND = (
    "Tam Ruick, who had waited since dawn, said that the company had “never once” answered the"
    " telephone, and that he would take his eels to market by road from now on."
)
PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The Ferry That Stayed | The Quay Post</title>
<meta property="og:title" content="The Ferry That Stayed"><meta name="author" content="Hella Mornay">
<meta property="og:site_name" content="The Quay Post">
<meta property="article:published_time" content="2020-05-03T10:30:00Z">
<link rel="canonical" href="https://quay.example/ferry"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>The Ferry That Stayed</h1><p>{LEAD}</p><h2>A long wait</h2><p>{SECOND}</p>
<ul><li>eels</li><li>lamps</li></ul></article>
<section id="comments"><h3>Comments</h3><p>I have never liked ferries, and I never will, said a reader.</p></section>
<footer>Copyright 2020 The Quay Post. Subscribe to our newsletter.</footer>
<script>track("everybody")</script></body></html>"""
ARABIC = (
    "أعلنت سلمى الرويني، مديرة الميناء، أن العبّارة لم تغادر الرصيف يوم الثلاثاء، وقالت إن الركاب"
    " انتظروا ثلاث ساعات تحت المطر قبل أن يُخبَروا بإلغاء الرحلة."
)


def test_the_main_text_of_a_page_is_one_article_with_the_facts_it_states() -> None:
    text = f"The Ferry That Stayed\n\n{LEAD}\n\nA long wait\n\n{SECOND}\n\n- eels\n\n- lamps"
    facts = Metadata(
        title="The Ferry That Stayed",
        author="Hella Mornay",
        outlet="The Quay Post",
        published="2020-05-03",
        url="https://quay.example/ferry",
    )
    assert read("ferry.html", PAGE.encode()) == Document(text, (DocumentPart(0, len(text), facts),))


def test_what_a_page_does_not_state_is_not_guessed() -> None:
    page = (
        f"<link rel='canonical' href='https://www.quay.example/x'><p>{LEAD}</p><p>{SECOND} Lanvar,"
        " 3 May 2020.</p>"
    )
    assert [part.facts for part in read("ferry.html", page.encode()).parts] == [
        Metadata(url="https://www.quay.example/x")
    ]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
@pytest.mark.parametrize(
    "declared", ["<meta charset={}>", "<?xml version='1.0' encoding='{}'?>", ""]
)
def test_an_arabic_page_is_read_in_the_encoding_it_states_or_shows(
    declared: str, charset: str
) -> None:
    page = f"{declared.format(charset)}<html><body><p>{ARABIC}</p></body></html>"
    assert read("ferry.html", page.encode(charset)).text == ARABIC


def test_a_page_that_states_a_wrong_encoding_is_read_all_the_same() -> None:
    page = f"<html><head><meta charset='us-ascii'></head><body><p>{SECOND}</p></body></html>"
    assert read("ferry.html", page.encode()).text == SECOND


def test_bidi_marks_are_kept() -> None:
    page = (
        f"<html><body><article><p>{LEAD}"
        f" \u200fسلمى\u200f</p><p>{SECOND}</p></article></body></html>"
    )
    assert read("ferry.html", page.encode()).text == f"{LEAD} \u200fسلمى\u200f\n\n{SECOND}"


@pytest.mark.parametrize(
    "page", ["<p>It left.</p>", "<html><body>It left.</body></html>", "It left.", "<p>It left."]
)
def test_a_page_without_much_of_a_text_gives_what_is_seen_of_it(page: str) -> None:
    assert read("ferry.html", page.encode()).text == "It left."


def test_a_page_of_the_same_bytes_gives_the_same_text_again() -> None:
    assert read("ferry.html", PAGE.encode()) == read("ferry.html", PAGE.encode())


@pytest.mark.parametrize("page", ["", "<html></html>", "<script>track('everybody')</script>"])
def test_a_page_without_words_is_empty(page: str) -> None:
    with pytest.raises(SourceEmpty) as refused:
        read_document("ferry.html", page.encode())
    assert str(refused.value) == "ferry.html holds no words. Nothing was added."


def test_a_picture_under_the_name_of_a_page_is_refused() -> None:
    with pytest.raises(SourceNotText) as refused:
        read("ferry.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    assert (
        str(refused.value)
        == "ferry.html is a binary file, not text. Save its text as .txt and ingest that."
    )


def test_a_page_with_ten_thousand_tags_in_one_is_read_with_all_that_is_visible_and_its_facts() -> (
    None
):
    page = (
        "<title>The"
        f" Ferry</title><body><nav>Home</nav><p>{LEAD}</p><div>{'<p>so</p>' * 10_001}</div>"
    )
    text = "\n\n".join([LEAD, *["so"] * 10_001])
    assert read("page.html", page.encode()) == Document(
        text, (DocumentPart(0, len(text), Metadata(title="The Ferry")),)
    )


def test_a_tag_keeps_no_attributes_where_it_has_more_than_a_thousand() -> None:
    crowd = " ".join(f"a{n}=so" for n in range(1001))
    rest = f"<!-- <p {crowd}> --><p id=a>{SECOND}"
    page = f"<script {crowd}>x < y</script><p {crowd}>{LEAD}</p>{rest}"
    assert without_crowds(page) == f"<script>x < y</script><p>{LEAD}</p>{rest}"
    assert read("page.html", page.encode()).text == f"{LEAD}\n\n{SECOND}"
