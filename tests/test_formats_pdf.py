from __future__ import annotations

import io
from collections.abc import Sequence
from typing import cast

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from ingest.document import Document
from ingest.formats.pdf import read
from ingest.read import read_document
from vectorstore.errors import SourceEmpty, SourceNotText, SourceUnreadable

FERRY = [
    "The Ferry That Stayed",
    "The ferry lay at its berth until noon on Tuesday, and nobody told the passen-",
    "gers why it had not left, although the harbour-master knew of the broken shaft",
    "since the evening before.",
    "Tam Ruick said that the company had never once answered the telephone, and",
    "that he would take his eels to market by road.",
]
MENDED = (
    "The Ferry That Stayed\n\nThe ferry lay at its berth until noon on Tuesday, and nobody told the"
    " passengers why it had not left, although the harbour-master knew of the broken shaft since"
    " the evening before.\n\nTam Ruick said that the company had never once answered the telephone,"
    " and that he would take his eels to market by road."
)


def printed(*pages: Sequence[str], password: str | None = None, owner: str | None = None) -> bytes:
    """A PDF of pages of lines, in Helvetica, under a password if there is one."""
    writer = PdfWriter()
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")}
    )
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    font[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        drawn = DecodedStreamObject()
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        drawn.set_data(f"BT /F1 11 Tf 60 780 Td\n{shown}ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(drawn)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
    if password is not None:
        writer.encrypt(password, owner, algorithm="AES-256")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def test_the_lines_of_a_page_are_mended_into_paragraphs() -> None:
    assert read("posts.pdf", printed(FERRY)) == Document(MENDED)


def test_a_paragraph_goes_on_over_the_page_and_what_runs_through_the_pages_is_dropped() -> None:
    pages = [
        ["The Quay Post", *lines, f"Page {n} of 3"]
        for n, lines in enumerate((FERRY[:2], FERRY[2:5], FERRY[5:]), 1)
    ]
    assert read("posts.pdf", printed(*pages)) == Document(MENDED)


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    assert read("posts.pdf", printed(FERRY, password="", owner="lamp")) == Document(MENDED)


def test_a_pdf_under_a_password_is_told() -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read("posts.pdf", printed(FERRY, password="lamp"))
    assert (
        str(refused.value)
        == "posts.pdf is protected by a password. Open it with the password, save it without one,"
        " and ingest that."
    )


def test_a_scan_is_told() -> None:
    with pytest.raises(SourceNotText) as refused:
        read("scan.pdf", printed([], []))
    assert (
        str(refused.value) == "scan.pdf has 2 pages and no text in them, as scans have. "
        "Run text recognition over it (ocrmypdf, for example) and ingest the result."
    )


@pytest.mark.parametrize("kept", [0.3, 0.5, 0.9, 0.99])
def test_a_truncated_pdf_is_told(kept: float) -> None:
    whole = printed(FERRY)
    with pytest.raises(SourceUnreadable) as refused:
        read("posts.pdf", whole[: int(kept * len(whole))])
    assert str(refused.value) == "posts.pdf is broken or incomplete. Copy or download it again."


def test_what_is_no_pdf_is_told() -> None:
    with pytest.raises(SourceNotText) as refused:
        read("posts.pdf", b"The ferry lay.")
    assert (
        str(refused.value)
        == "posts.pdf is not a PDF, whatever its name says. Check what it is and name it so."
    )


def test_an_empty_pdf_is_empty() -> None:
    with pytest.raises(SourceEmpty) as refused:
        read_document("posts.pdf", b"")
    assert str(refused.value) == "posts.pdf holds no words. Nothing was added."


def drawn(pages: int, shared: str, apart: bool) -> bytes:
    """A PDF of pages that one long stream draws, behind a short one of their own where they are
    `apart`.
    """
    writer = PdfWriter(clone_from=io.BytesIO(printed([shared])))
    first = writer.pages[0]
    stream = writer._add_object(cast(DecodedStreamObject, first["/Contents"]).flate_encode())
    first[NameObject("/Contents")] = stream
    for n in range(pages):
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = first["/Resources"]
        own = DecodedStreamObject()
        own.set_data(f"% {n}\n".encode())
        page[NameObject("/Contents")] = (
            ArrayObject([writer._add_object(own), stream]) if apart else stream
        )
    writer.compress_identical_objects(remove_unreferenced=True)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def test_pages_that_are_drawn_by_one_stream_are_read_once() -> None:
    assert read("posts.pdf", drawn(30, "The ferry lay.", apart=False)) == Document("The ferry lay.")


def test_a_pdf_that_draws_one_text_without_end_is_refused() -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read("posts.pdf", drawn(20, "ferry " * 20_000, apart=True))
    assert (
        str(refused.value)
        == "posts.pdf draws the same text without end. Save what it says as .txt and ingest that."
    )
