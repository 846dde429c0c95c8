from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.files import SourceFile, find_files, read_bytes
from ingest.formats import MODULES
from ingest.read import read_document
from vectorstore.errors import SourceEmpty, SourceMissing, SourceNotText, SourceUnreadable


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"The ferry\r\nleft.\n", "The ferry\r\nleft.\n"),
        ("\u200fسلمى 🐟\u00a0".encode(), "\u200fسلمى 🐟\u00a0"),
        (b"\xef\xbb\xbfferry", "\ufeffferry"),
        ("ferry سلمى".encode("utf-16"), "ferry سلمى"),
        (b"\xfe\xff" + "ferry 🐟".encode("utf-16-be"), "ferry 🐟"),
    ],
)
def test_a_text_is_decoded_with_its_newlines_and_invisible_marks(content: bytes, text: str) -> None:
    assert read_document("post.txt", content) == Document(text)


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t", b"... --- ***", "\ufeff\u200f\u00a0".encode(), "🐟".encode()]
)
def test_a_text_without_words_is_empty(content: bytes) -> None:
    with pytest.raises(SourceEmpty) as refused:
        read_document("post.txt", content)
    assert str(refused.value) == "post.txt holds no words. Nothing was added."


def test_a_text_in_windows_1252_is_read() -> None:
    assert read_document("post.txt", "The café".encode("cp1252")) == Document("The café")


def test_a_text_that_is_damaged_is_refused_with_the_byte_where_it_shows() -> None:
    with pytest.raises(SourceNotText) as refused:
        read_document("post.txt", "سلمى".encode() + b"\xe9")
    assert (
        str(refused.value)
        == "post.txt is damaged UTF-8 text (byte 8 is e9). Save it as UTF-8 again and ingest it."
    )


def test_a_binary_file_under_the_name_of_a_text_is_refused() -> None:
    with pytest.raises(SourceNotText) as refused:
        read_document("post.txt", b"PK\x03\x04\x00\x00ferry")
    assert (
        str(refused.value)
        == "post.txt is a binary file, not text. Save its text as .txt and ingest that."
    )


def test_a_folder_gives_its_text_files_in_order_named_from_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    for name in ("b.txt", "a.md", "c.TXT", "d.xls", "deep/er/e.txt", "f.txt.bak"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("ferry")
    (folder / "folder.txt").mkdir()
    assert list(find_files([folder])) == [
        SourceFile(folder / "a.md", "posts/a.md"),
        SourceFile(folder / "b.txt", "posts/b.txt"),
        SourceFile(folder / "c.TXT", "posts/c.TXT"),
        SourceFile(folder / "deep/er/e.txt", "posts/deep/er/e.txt"),
    ]


def test_a_file_that_is_named_is_given_whatever_it_is_and_even_when_it_is_missing(
    tmp_path: Path,
) -> None:
    named = [tmp_path / "notes.pdf", tmp_path / "missing.txt"]
    named[0].write_bytes(b"%PDF")
    assert list(find_files(named)) == [
        SourceFile(named[0], "notes.pdf"),
        SourceFile(named[1], "missing.txt"),
    ]


def test_the_working_folder_is_named_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.txt").write_text("ferry")
    monkeypatch.chdir(folder)
    assert [file.name for file in find_files([Path()])] == ["posts/a.txt"]


def test_the_folder_above_is_named_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "posts"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("ferry")
    monkeypatch.chdir(folder / "deep")
    assert [file.name for file in find_files([Path("..")])] == ["posts/a.txt"]


def test_two_files_of_one_name_have_two_origins_and_one_file_has_one(tmp_path: Path) -> None:
    here, there = tmp_path / "here" / "a.txt", tmp_path / "there" / "a.txt"
    roundabout = tmp_path / "there" / ".." / "here" / "a.txt"
    for path in (here, there):
        path.parent.mkdir()
    origins = [SourceFile(path, "a.txt").origin for path in (here, there, roundabout)]
    assert origins[0] == origins[2] != origins[1]
    assert "here" not in str(origins[0])


def test_the_bytes_of_a_file_are_read_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"ferry\r\n\xff")
    assert read_bytes(SourceFile(path, "a.txt")) == b"ferry\r\n\xff"


def test_a_missing_file_is_told_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with pytest.raises(SourceMissing) as refused:
        read_bytes(SourceFile(path, "a.txt"))
    assert str(refused.value) == f"There is no file or folder {path}. Check the path."


def test_a_kind_of_file_that_is_not_read_is_refused_with_the_kinds_that_are() -> None:
    with pytest.raises(SourceNotText) as refused:
        read_document("a.xls", b"sheet")
    kinds = ", ".join(MODULES)
    assert (
        str(refused.value)
        == f"a.xls is not a kind of file that is read ({kinds}). Save its text as .txt and ingest"
        " that."
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"ferry")
    path.chmod(0)
    with pytest.raises(SourceUnreadable) as refused:
        read_bytes(SourceFile(path, "a.txt"))
    assert str(refused.value) == "a.txt cannot be read: Permission denied. Check its permissions."


def test_a_folder_where_a_file_should_be_is_told_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.mkdir()
    with pytest.raises(SourceUnreadable) as refused:
        read_bytes(SourceFile(path, "a.txt"))
    assert str(refused.value) == "a.txt is no regular file. Save its text as .txt and ingest that."
