from __future__ import annotations

from email.message import EmailMessage

import pytest

from ingest.document import Document, DocumentPart
from ingest.formats.mail import read
from ingest.metadata import Metadata
from ingest.read import read_document
from vectorstore.errors import SourceEmpty, SourceNotText, SourceUnreadable

HEAD = (
    b"From: Hella Mornay <hella@quay.example>\r\nSubject: The Ferry\r\nDate: Sun, 03 May 2020"
    b" 23:30:00 -0500\r\n"
)
FACTS = Metadata(title="The Ferry", author="Hella Mornay", published="2020-05-03")


def written(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message


def test_a_mail_is_one_article_with_its_subject_sender_date_and_list() -> None:
    message = written(
        From="سلمى الرويني <salma@quay.example>",
        Subject="العبّارة التي بقيت",
        Date="Sun, 03 May 2020 23:30:00 -0500",
        List_Id='"Quay News" <news.quay.example>',
    )
    message.set_content("لم تغادر العبّارة.\n\n> Why not?\nBecause.\n")
    message.add_alternative("<p>Not this.</p>", subtype="html")
    text = "لم تغادر العبّارة.\n\n> Why not?\nBecause."
    facts = Metadata(
        title="العبّارة التي بقيت",
        author="سلمى الرويني",
        outlet="Quay News",
        published="2020-05-03",
    )
    assert read("note.eml", message.as_bytes()) == Document(
        text, (DocumentPart(0, len(text), facts),)
    )


def test_a_mail_in_html_alone_gives_its_text() -> None:
    message = written(Subject="Ferry")
    message.set_content(
        "<html><body><p>It&nbsp;lay.</p><p>It left.</p></body></html>", subtype="html"
    )
    assert read("note.eml", message.as_bytes()) == Document(
        "It\u00a0lay.\n\nIt left.", (DocumentPart(0, 17, Metadata(title="Ferry")),)
    )


@pytest.mark.parametrize("charset", [b"windows-1252", b"unknown-8bit", b"utf-8"])
def test_the_encoding_is_the_one_stated_where_it_fits(charset: bytes) -> None:
    content = (
        HEAD
        + b"Content-Type: text/plain; charset="
        + charset
        + b"\r\n\r\nThe caf\xe9 by the quay was shut.\r\n"
    )
    assert read("note.eml", content) == Document(
        "The café by the quay was shut.", (DocumentPart(0, 30, FACTS),)
    )


@pytest.mark.parametrize(
    ("count", "notes"),
    [(0, ()), (1, ("1 attachment was not read.",)), (2, ("2 attachments were not read.",))],
)
def test_attachments_are_told(count: int, notes: tuple[str, ...]) -> None:
    message = written(Subject="Ferry")
    message.set_content("It lay.")
    for n in range(count):
        message.add_attachment(b"eels", maintype="application", subtype="pdf", filename=f"{n}.pdf")
    assert read("note.eml", message.as_bytes()) == Document(
        "It lay.", (DocumentPart(0, 7, Metadata(title="Ferry")),), notes
    )


@pytest.mark.parametrize(
    "head",
    [
        b"From: hella@quay.example\r\nDate: someday\r\nList-Id: <news.quay.example>\r\n",
        b"From: \r\nSubject:\r\nDate:\r\nList-Id:\r\n",
        b"From: <<>>,,;:\r\nDate: 99 Foo 2020\r\n",
    ],
)
def test_what_a_mail_does_not_say_is_not_guessed(head: bytes) -> None:
    assert read("note.eml", head + b"\r\nIt lay.\r\n") == Document(
        "It lay.", (DocumentPart(0, 7, Metadata()),)
    )


def test_what_is_no_mail_is_told() -> None:
    for content in (b"The ferry lay.", b"\x89PNG\r\n\x1a\n\x00\x00"):
        with pytest.raises(SourceNotText) as refused:
            read("note.eml", content)
        assert (
            str(refused.value)
            == "note.eml is not a mail: it has no From, Subject or Date. Save its text as .txt."
        )


@pytest.mark.parametrize("content", [b"", b"\r\n", HEAD, HEAD + b"\r\n \r\n"])
def test_a_mail_without_words_is_empty(content: bytes) -> None:
    with pytest.raises(SourceEmpty) as refused:
        read_document("note.eml", content)
    assert str(refused.value) == "note.eml holds no words. Nothing was added."


@pytest.mark.parametrize(
    "part",
    [
        "Content-Type: multipart/mixed; boundary=x{0}\n\n--x{0}\n",
        "Content-Type: message/rfc822\n\n",
    ],
)
def test_a_mail_of_parts_in_parts_without_end_is_refused(part: str) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        read("note.eml", f"Subject: Ferry\n{''.join(map(part.format, range(3000)))}".encode())
    assert (
        str(refused.value)
        == "note.eml holds parts in parts in parts, more than any mail does. Save its text as .txt"
        " and ingest that."
    )


def test_of_an_endless_header_the_beginning_is_read() -> None:
    sent = f"From: {'(' * 3000}\nSubject: {'=?utf-8?q?so?= ' * 3000}\n\nIt lay.\n"
    assert read("note.eml", sent.encode()) == Document(
        "It lay.", (DocumentPart(0, 7, Metadata(title="so" * 250)),)
    )
