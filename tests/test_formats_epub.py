from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZipFile

import pytest

from ingest.document import Document, DocumentPart
from ingest.formats.epub import read
from ingest.metadata import Metadata
from ingest.read import read_document
from vectorstore.errors import SourceEmpty, SourceNotText, SourceUnreadable

LONG = (
    "The ferry lay at its berth until noon, and nobody told the passengers why it had not left. "
    * 3
)
ARABIC = (
    "أعلنت سلمى الرويني أن العبّارة لم تغادر الرصيف يوم الثلاثاء وأن الركاب انتظروا ثلاث ساعات تحت"
    " المطر. " * 3
)
CONTAINER = (
    '<?xml version="1.0"?><container'
    ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile'
    ' full-path="OEBPS/book.opf"'
    ' media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>Ferries</dc:title><dc:creator id="h">Hella Mornay</dc:creator><dc:creator>Tam Ruick</dc:creator>
<dc:contributor opf:role="trl">Salma al-Ruwaini</dc:contributor><dc:publisher>The Quay Press</dc:publisher>
<dc:date>2020-05-03</dc:date><dc:language>en-GB</dc:language><meta refines="#h" property="role">aut</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="two"/><itemref idref="one"/></spine></package>"""
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol><li><a'
    ' href="text/one%20a.xhtml">One</a></li><li><a href="text/two.xhtml#top">The'
    " <b>Second</b></a></li></ol></nav></body></html>"
)
PAGE = (
    '<?xml version="1.0" encoding="utf-8"?><html'
    ' xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
)
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": PACKAGE,
    "OEBPS/nav.xhtml": NAV,
    "OEBPS/cover.xhtml": PAGE.format("<p>Ferries</p>"),
    "OEBPS/text/one a.xhtml": PAGE.format(f"<h1>The  First Ferry</h1><p>{LONG}</p>"),
    "OEBPS/text/two.xhtml": PAGE.format(f"<p>{ARABIC}</p>"),
}


def bound(files: Mapping[str, str]) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as book:
        for name, text in files.items():
            book.writestr(name, text)
    return content.getvalue()


def test_the_chapters_of_a_book_are_articles_in_the_order_of_its_spine() -> None:
    arabic, first = ARABIC.strip(), f"The First Ferry\n\n{LONG.strip()}"
    text = f"Ferries\n\n{arabic}\n\n{first}"
    facts = Metadata(
        author="Hella Mornay, Tam Ruick",
        translator="Salma al-Ruwaini",
        outlet="The Quay Press",
        published="2020-05-03",
        language="en",
    )
    second, end = 9, 9 + len(arabic)
    assert read("ferries.epub", bound(BOOK)) == Document(
        text,
        (
            DocumentPart(second, end, Metadata(title="The Second").before(facts)),
            DocumentPart(end + 2, len(text), Metadata(title="The First Ferry").before(facts)),
        ),
    )


def test_a_book_of_epub_2_names_its_chapters_in_its_ncx() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>The'
        ' Old Way</text></navLabel><content src="text/two.xhtml"/></navPoint></navMap></ncx>'
    )
    item = '<item id="nav" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    package = PACKAGE.replace(
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>',
        item,
    )
    package = package.replace('<itemref idref="nav"/>', "")
    found = read("ferries.epub", bound({**BOOK, "OEBPS/book.opf": package, "OEBPS/toc.ncx": ncx}))
    assert [part.facts.title for part in found.parts] == ["The Old Way", "The First Ferry"]


def test_a_book_whose_fonts_alone_are_encrypted_is_read() -> None:
    encryption = (
        "<encryption><EncryptedData><CipherReference"
        ' URI="OEBPS/font.otf"/></EncryptedData></encryption>'
    )
    assert (
        len(read("ferries.epub", bound({**BOOK, "META-INF/encryption.xml": encryption})).parts) == 2
    )


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (
            bound(
                {
                    **BOOK,
                    "META-INF/encryption.xml": (
                        '<e><CipherReference URI="OEBPS/text/one%20a.xhtml"/></e>'
                    ),
                }
            ),
            SourceUnreadable,
            (
                "ferries.epub is protected against copying (DRM), so its text cannot be read. Get"
                " it without protection."
            ),
        ),
        (
            b"The ferry lay.",
            SourceNotText,
            "ferries.epub is not an EPUB, whatever its name says. Check what it is and name it so.",
        ),
        (
            bound(BOOK)[:-100],
            SourceUnreadable,
            (
                "ferries.epub is broken or incomplete: it cannot be opened as a zip. Copy or"
                " download it again."
            ),
        ),
        (
            bound({name: text for name, text in BOOK.items() if "two" not in name}),
            SourceUnreadable,
            "ferries.epub is broken or incomplete. Copy or download it again.",
        ),
        (
            bound({**BOOK, "OEBPS/book.opf": PACKAGE[:200]}),
            SourceUnreadable,
            "ferries.epub is broken or incomplete. Copy or download it again.",
        ),
        (
            bound({"a.txt": "ferry"}),
            SourceUnreadable,
            "ferries.epub is broken or incomplete. Copy or download it again.",
        ),
    ],
)
def test_a_bad_book_is_told(content: bytes, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as refused:
        read("ferries.epub", content)
    assert str(refused.value) == message


def test_an_empty_book_is_empty() -> None:
    with pytest.raises(SourceEmpty) as refused:
        read_document("ferries.epub", b"")
    assert str(refused.value) == "ferries.epub holds no words. Nothing was added."


def test_a_chapter_that_the_spine_names_twice_is_read_once() -> None:
    twice = PACKAGE.replace("<spine>", '<spine><itemref idref="two"/>')
    assert (
        read("ferries.epub", bound({**BOOK, "OEBPS/book.opf": twice})).text.count(ARABIC.strip())
        == 1
    )
