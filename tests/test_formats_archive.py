from __future__ import annotations

import io
import stat
from collections.abc import Mapping
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest

from ingest.formats import archive
from ingest.formats.archive import Member, members
from vectorstore.errors import SourceUnreadable


def zipped(files: Mapping[str, bytes | str] | None = None, *infos: ZipInfo) -> bytes:
    """A zip archive of files by name, and of members made by hand that hold `ferry`."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as made:
        for name, text in (files or {}).items():
            made.writestr(name, text)
        for info in infos:
            made.writestr(info, b"ferry")
    return content.getvalue()


def errors(content: bytes) -> list[str | None]:
    return [member.error for member in members("posts.zip", content)]


def test_the_files_of_an_archive_are_given_in_its_order_by_their_path_through_it() -> None:
    inner = zipped({"eels.md": "Eels."})
    content = zipped(
        {"b.txt": "Ferry.", "2020/": "", "2020/سلمى.TXT": "Salma.", "old.ZIP": inner, "a.csv": ""}
    )
    assert list(members("deep/posts.zip", content)) == [
        Member("deep/posts.zip/b.txt", b"Ferry."),
        Member("deep/posts.zip/2020/سلمى.TXT", b"Salma."),
        Member("deep/posts.zip/old.ZIP/eels.md", b"Eels."),
        Member("deep/posts.zip/a.csv", b""),
    ]


def test_files_that_are_not_read_are_passed_over() -> None:
    content = zipped(
        {"a.xls": "x", "noname": "x", "__MACOSX/._a.txt": "x", "b/._b.txt": "x", "c.txt": "Ferry."}
    )
    assert list(members("posts.zip", content)) == [Member("posts.zip/c.txt", b"Ferry.")]


def test_a_name_in_utf_8_that_does_not_say_so_is_read() -> None:
    content = zipped({"سلمى.txt": "Salma."}).replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    assert [member.name for member in members("posts.zip", content)] == ["posts.zip/سلمى.txt"]


def test_an_empty_archive_holds_nothing() -> None:
    assert list(members("posts.zip", zipped())) == []


@pytest.mark.parametrize(
    "name",
    ["../../etc/ferry.txt", "/etc/ferry.txt", "a/../../ferry.txt", "..\\ferry.txt", "C:\\f.txt"],
)
def test_a_path_that_climbs_out_is_refused_and_the_others_read(name: str) -> None:
    assert list(members("posts.zip", zipped({name: "x", "good.txt": "Ferry."}))) == [
        Member(
            f"posts.zip/{name}",
            error=(
                f"posts.zip/{name} has a path that leads out of its archive. "
                "Nothing of it was read; make the archive again."
            ),
        ),
        Member("posts.zip/good.txt", b"Ferry."),
    ]


def test_a_link_is_refused() -> None:
    link = ZipInfo("loop.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert errors(zipped({}, link)) == [
        "posts.zip/loop.txt is a link, not a file. Put the file itself into the archive."
    ]


def test_a_member_under_a_password_is_refused() -> None:
    content = bytearray(zipped({"secret.txt": "ferry"}))
    content[content.index(b"PK\x03\x04") + 6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert errors(bytes(content)) == [
        "posts.zip/secret.txt is protected by a password. "
        "Unpack the archive with the password and ingest what was in it."
    ]


def test_an_archive_in_an_archive_in_an_archive_is_refused() -> None:
    inner = zipped({"in.zip": zipped({"a.txt": "Ferry."}), "b.txt": "Eels."})
    assert list(members("posts.zip", zipped({"mid.zip": inner}))) == [
        Member(
            "posts.zip/mid.zip/in.zip",
            error=(
                "posts.zip/mid.zip/in.zip is an archive in an archive in an archive. "
                "Unpack the outer one and ingest what was in it."
            ),
        ),
        Member("posts.zip/mid.zip/b.txt", b"Eels."),
    ]


def test_a_small_archive_of_many_files_that_are_a_gigabyte_together_is_refused_whole() -> None:
    content = zipped({f"{n}.txt": b"The water rose. " * 600_000 for n in range(100)})
    assert len(content) < 4_000_000
    with pytest.raises(SourceUnreadable) as told:
        list(members("posts.zip", content))
    assert (
        str(told.value)
        == f"posts.zip unpacks to 960 MB, {960_000_000 // len(content):,} times its size, as zip"
        " bombs do. Unpack it by hand if you trust it."
    )


def test_an_archive_in_a_small_archive_has_the_small_one_s_budget() -> None:
    inner = zipped({f"{n}.txt": b"The water rose. " * 50_000 for n in range(12)})
    nested = zipped({"inner.zip": inner, "good.txt": "Ferry."})
    assert [member.error for member in members("posts.zip", nested)] == [None] * 13
    more = zipped({f"{k}.zip": inner for k in range(3)})
    told = [member.error for member in members("posts.zip", more)]
    assert told[:12] == [None] * 12 and told[12:] and all(told[12:])


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_a_member_whose_unpacking_has_no_bound_is_not_unpacked(method: int) -> None:
    content = io.BytesIO()
    with ZipFile(content, "w") as made:
        made.writestr("bomb.txt", b"a" * 1000, method)
        made.writestr("good.txt", b"ferry")
    assert errors(content.getvalue()) == [
        (
            "posts.zip/bomb.txt is packed by a method that is not read. Make the archive again, by"
            " the usual one."
        ),
        None,
    ]


def test_a_zip_bomb_is_refused_without_being_unpacked() -> None:
    content = zipped({"bomb.txt": b"a" * 11_000_000, "good.txt": "Ferry."})
    ratio = 11_000_000 // ZipFile(io.BytesIO(content)).getinfo("bomb.txt").compress_size
    assert errors(content) == [
        (
            f"posts.zip/bomb.txt unpacks to {ratio:,} times its size, as zip bombs do. Unpack it by"
            " hand if you trust it."
        ),
        None,
    ]


def test_a_member_past_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBER_BYTES", 2_000_000)
    assert errors(zipped({"long.txt": b"a" * 3_000_000})) == [
        "posts.zip/long.txt unpacks to 3 MB, more than 2 MB. Unpack it and split the file."
    ]


def test_an_archive_is_unpacked_up_to_a_limit_with_the_archives_inside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "MOST_ARCHIVE_BYTES", 3_000_000)
    content = zipped(
        {
            "a.txt": b"a" * 2_000_000,
            "in.zip": zipped({"b.txt": b"b" * 2_000_000, "c.txt": "Ferry."}),
        }
    )
    assert errors(content) == [
        None,
        (
            "posts.zip/in.zip/b.txt would make its archive unpack to more than 3 MB. Unpack it and"
            " ingest its folders."
        ),
        None,
    ]


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    with pytest.raises(SourceUnreadable) as refused:
        list(members("posts.zip", zipped({"a.txt": "a", "b.txt": "b", "c.txt": "c"})))
    assert (
        str(refused.value)
        == "posts.zip holds 3 files, more than 2. Unpack it and ingest its folders one by one."
    )


def test_a_name_that_is_there_twice_is_read_once() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped({}, ZipInfo("a.txt"), ZipInfo("a.txt"))
    assert errors(content) == [
        None,
        "posts.zip/a.txt is twice in the archive. Rename one of the two.",
    ]


def test_a_broken_member_is_told_and_the_others_read() -> None:
    content = zipped({"a.txt": "The ferry lay at its berth.", "b.txt": "Eels."})
    start = content.index(b"a.txt") + len("a.txt")
    assert errors(content[:start] + b"\xff\xff\xff" + content[start + 3 :]) == [
        (
            "posts.zip/a.txt is broken inside its archive. Make the archive again, or leave the"
            " file out."
        ),
        None,
    ]


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", zipped({"a.txt": "Ferry."})[:-30]], ids=range(3)
)
def test_a_broken_archive_is_told(content: bytes) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        list(members("posts.zip", content))
    assert (
        str(refused.value)
        == "posts.zip is broken or incomplete: it cannot be opened as a zip. Copy or download it"
        " again."
    )


def test_a_broken_archive_inside_another_is_told_and_the_others_read() -> None:
    assert errors(zipped({"in.zip": b"not a zip", "b.txt": "Eels."})) == [
        (
            "posts.zip/in.zip is broken or incomplete: it cannot be opened as a zip. Copy or"
            " download it again."
        ),
        None,
    ]
