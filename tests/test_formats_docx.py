from __future__ import annotations

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.document import Document
from ingest.formats.docx import read
from ingest.read import read_document
from vectorstore.errors import SourceEmpty, SourceNotText, SourceUnreadable


def saved(document: Any) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def written(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def test_headings_paragraphs_and_cells_are_given_in_order() -> None:
    document = docx.Document()
    document.add_heading("The Ferry", 1)
    document.add_paragraph("It\u00a0lay, \u200fسلمى\u200f said.").add_run("\tIt\nleft.")
    document.add_paragraph("")
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Mon", "late", "Tue", "never"),
        strict=True,
    ):
        cell.text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    document.add_paragraph("عادت العبّارة.")
    text = (
        "The Ferry\n\nIt\u00a0lay, \u200fسلمى\u200f"
        " said.\tIt\nleft.\n\nMon\nlate\nTue\nnever\n\nعادت العبّارة."
    )
    assert read("post.docx", saved(document)) == Document(text)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<w:ins w:id="1"><w:r><w:t>added</w:t></w:r></w:ins>', "added"),
        ('<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r>', "kept"),
        ('<w:moveFrom w:id="1"><w:r><w:t>old</w:t></w:r></w:moveFrom><w:r><w:t>kept</w:t></w:r>', "kept"),
        ("<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>", "linked"),
        ("<w:sdt><w:sdtContent><w:r><w:t>field</w:t></w:r></w:sdtContent></w:sdt>", "field"),
        ('<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr><w:r><w:t>tabbed</w:t></w:r>', "tabbed"),
        ("<w:r><w:t>harbour</w:t><w:noBreakHyphen/><w:t>master</w:t></w:r>", "harbour\u2011master"),
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph_now_is_its_text(inner: str, text: str) -> None:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    assert read("post.docx", saved(document)).text == text


def test_a_text_box_is_a_paragraph_of_its_own_and_given_once() -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>"
    choice = f'<mc:Choice Requires="w">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    runs = f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r><w:r><w:t>Around.</w:t></w:r>"
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')} {compatible}>{runs}</w:p>"))
    assert read("post.docx", saved(document)).text == "Around.\n\nBoxed."


def test_a_document_without_words_is_empty() -> None:
    for content in (b"", written(), written("", " ")):
        with pytest.raises(SourceEmpty) as refused:
            read_document("post.docx", content)
        assert str(refused.value) == "post.docx holds no words. Nothing was added."


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 EncryptedPackage",
            SourceUnreadable,
            (
                "post.docx is protected by a password, or is an old .doc. Save it as .docx without"
                " one and ingest that."
            ),
        ),
        (
            b"The ferry lay.",
            SourceNotText,
            (
                "post.docx is not a Word document, whatever its name says. Check what it is and"
                " name it so."
            ),
        ),
        (
            written("The ferry lay.")[:2000],
            SourceUnreadable,
            (
                "post.docx is broken or incomplete: it cannot be opened as a zip. Copy or download"
                " it again."
            ),
        ),
        (
            written("The ferry lay.").replace(b"word/document.xml", b"word/documens.xml"),
            SourceUnreadable,
            (
                "post.docx is broken or no Word document. Open it in Word or LibreOffice, save it"
                " again, and ingest that."
            ),
        ),
    ],
)
def test_a_bad_file_is_told(content: bytes, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as refused:
        read("post.docx", content)
    assert str(refused.value) == message


def test_a_zip_bomb_under_the_name_of_a_document_is_told() -> None:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"a" * 11_000_000)
    ratio = 11_000_000 // ZipFile(content).getinfo("word/document.xml").compress_size
    with pytest.raises(SourceUnreadable) as refused:
        read("post.docx", content.getvalue())
    assert (
        str(refused.value)
        == f"post.docx unpacks to {ratio:,} times its size, as zip bombs do. Unpack it by hand if"
        " you trust it."
    )
