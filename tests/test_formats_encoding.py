from __future__ import annotations

import pytest

from ingest.formats.encoding import decode
from vectorstore.errors import SourceNotText

ARABIC = (
    "أعلنت سلمى الرويني، مديرة الميناء، أن العبّارة لم تغادر الرصيف يوم الثلاثاء.\r\n"
    "وقالت إن الركاب انتظروا ثلاث ساعات تحت المطر: «لم يخبرنا أحد بشيء»."
)
FRENCH = (
    "La directrice du port, Hélène Mornay, a déclaré que le bac n’avait pas quitté le quai. Où"
    " étaient-ils passés ?"
)
GERMAN = (
    "Die Fähre hat den Kai nicht verlassen; „niemand hat uns etwas gesagt“, beklagte sich ein"
    " älterer Herr im Café."
)
ENGLISH = "The ferry’s master said “nobody told us” – and the passengers waited in the rain."
MIXED = (
    "The director of the port, Salma al-Ruwaini (سلمى الرويني), said that the ferry had not left"
    " the quay."
)
MARKS = "The\u00a0ferry \u200fسلمى\u200f left.\r\nIt came back.\r"
RUSSIAN = (
    "Директор порта заявила, что паром не покинул причал во вторник. Пассажиры ждали три часа под"
    " дождём."
)


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (MARKS, "utf-8"),
        (MARKS, "utf-16"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (ENGLISH, "utf-16-le"),
        (MIXED, "utf-16-be"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (ENGLISH, "cp1252"),
        ("café noir", "cp1252"),
        (FRENCH * 2000, "cp1252"),
        (ARABIC, "cp1256"),
        (MIXED, "cp1256"),
        ("سلمى الرويني", "cp1256"),
        (ARABIC * 2000, "cp1256"),
    ],
)
def test_the_encoding_is_told_by_the_bytes(text: str, charset: str) -> None:
    assert decode("post.txt", text.encode(charset)) == text


def test_the_mark_of_utf_8_stays_and_that_of_utf_16_goes() -> None:
    assert decode("post.txt", b"\xef\xbb\xbfferry") == "\ufeffferry"
    assert decode("post.txt", b"\xfe\xff\x00f\x00e") == "fe"


def test_a_text_in_an_encoding_that_is_not_read_is_refused() -> None:
    with pytest.raises(SourceNotText) as refused:
        decode("post.txt", RUSSIAN.encode("cp1251"))
    assert (
        str(refused.value)
        == "post.txt is not in an encoding that is read (UTF-8, UTF-16, windows-1252,"
        " windows-1256). "
        "Save it as UTF-8 and ingest it again."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ARABIC.encode()[:-2], "post.txt is damaged UTF-8 text (byte 260 is c2)."),
        (
            ARABIC.encode()[:40] + b"\xff" + ARABIC.encode()[40:],
            "post.txt is damaged UTF-8 text (byte 39 is d8).",
        ),
        (ENGLISH.encode("utf-16")[:-1], "post.txt is damaged UTF-16 text (byte 162 is 2e)."),
    ],
)
def test_a_damaged_text_is_told_with_the_byte_where_it_shows(content: bytes, message: str) -> None:
    with pytest.raises(SourceNotText) as refused:
        decode("post.txt", content)
    assert str(refused.value) == f"{message} Save it as UTF-8 again and ingest it."


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04\x00\x00ferry",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff",
        b"\xff\xd8\xff\xe0" + bytes(range(1, 256)) * 20,
        b"a\x01b\x02c",
    ],
)
def test_a_binary_file_is_told_as_one(content: bytes) -> None:
    with pytest.raises(SourceNotText) as refused:
        decode("post.txt", content)
    assert (
        str(refused.value)
        == "post.txt is a binary file, not text. Save its text as .txt and ingest that."
    )
