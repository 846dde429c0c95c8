from __future__ import annotations

import pytest

from ingest.document import Document, DocumentPart
from ingest.formats.feed import read
from ingest.metadata import Metadata
from ingest.read import read_document
from vectorstore.errors import SourceEmpty, SourceNotText, SourceUnreadable

RSS = """<?xml version="1.0" encoding="{}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>صحيفة الرصيف</title><language>ar-LB</language>
<item><title>العبّارة &amp;amp; الرصيف</title><link>https://quay.example/1</link><dc:creator>سلمى الرويني</dc:creator>
<pubDate>Sun, 03 May 2020 23:30:00 -0500</pubDate><description>قصير</description><content:encoded>
<![CDATA[<p>لم تغادر <b>العبّارة</b>.</p><p>انتظر\u00a0الركاب.</p><script>track()</script>]]></content:encoded></item>
<item><title>Bare</title></item>
<item><description>Only &lt;i&gt;words&lt;/i&gt;.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay Post</title>
<entry><title>The Ferry</title><link href="https://quay.example/2"/><author><name>Hella Mornay</name></author>
<author><name>Tam Ruick</name></author><updated>2020-05-04T00:10:00Z</updated>
<published>2020-05-03T10:30:00Z</published>
<source><title>The Eel Gazette</title></source>
<content type="text" xml:lang="en">The ferry lay.</content></entry></feed>"""
FIRST = "العبّارة & الرصيف\n\nلم تغادر العبّارة.\n\nانتظر\u00a0الركاب."


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_each_entry_of_a_feed_is_an_article_and_one_without_text_is_told(charset: str) -> None:
    outlet = Metadata(outlet="صحيفة الرصيف", language="ar")
    first = Metadata(
        title="العبّارة & الرصيف",
        author="سلمى الرويني",
        published="2020-05-03",
        url="https://quay.example/1",
    )
    assert read("quay.rss", RSS.format(charset).encode(charset)) == Document(
        f"{FIRST}\n\nOnly words.",
        (DocumentPart(0, 52, first.before(outlet)), DocumentPart(54, 65, outlet)),
        ("Entry 2 was skipped: it has no text.",),
    )


def test_an_entry_of_atom_names_its_authors_and_its_source() -> None:
    facts = Metadata(
        title="The Ferry",
        author="Hella Mornay, Tam Ruick",
        outlet="The Eel Gazette",
        published="2020-05-03",
        url="https://quay.example/2",
        language="en",
    )
    assert read("quay.atom", ATOM.encode()) == Document(
        "The Ferry\n\nThe ferry lay.", (DocumentPart(0, 25, facts),)
    )


def test_of_a_feed_that_breaks_off_the_whole_entries_are_read() -> None:
    found = read("quay.xml", RSS.format("utf-8").encode()[:-90])
    assert (found.text, found.notes) == (
        FIRST,
        (
            "Entry 2 was skipped: it has no text.",
            "The feed is not well-formed XML: entries after the place where it breaks are missing.",
        ),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"<map><spot/></map>",
        b"<html><body>It left.</body></html>",
        b"http://127.0.0.1/feed.rss",
        b"\x89PNG\x00",
    ],
)
def test_what_is_no_feed_is_told(content: bytes) -> None:
    with pytest.raises(SourceNotText) as refused:
        read("quay.xml", content)
    assert (
        str(refused.value)
        == "quay.xml is not a feed (RSS or Atom). If it is a page, name it .html; else save its"
        " text as .txt."
    )


def test_a_feed_that_is_broken_past_reading_is_told() -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read("quay.rss", b'<?xml version="1.0" encoding="\x83"?><rss version="2.0"></rss>')
    assert str(refused.value) == "quay.rss is broken. Save the feed again and ingest that."


@pytest.mark.parametrize("name", ["quay.rss", "quay.atom", "quay.xml"])
@pytest.mark.parametrize(
    "content", ["", "\n", '<rss version="2.0"><channel><title>Quay</title></channel></rss>']
)
def test_a_feed_without_entries_is_empty(name: str, content: str) -> None:
    with pytest.raises(SourceEmpty) as refused:
        read_document(name, content.encode())
    assert str(refused.value) == f"{name} holds no words. Nothing was added."
