"""The files inside a zip archive, within limits that no honest archive reaches."""

from __future__ import annotations

import io
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from ingest.formats import ARCHIVES, MODULES
from vectorstore.errors import SourceUnreadable

MOST_MEMBERS = 10_000
MOST_MEMBER_BYTES = 200_000_000
MOST_ARCHIVE_BYTES = 1_000_000_000
MOST_RATIO = 100  # of size to compressed size; text is compressed 3 to 20 times
# bytes; what is repetitive and small may be compressed as much, and does no harm
RATIO_COUNTS_FROM = 10_000_000
BROKEN = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    ArithmeticError,
    RuntimeError,
)
_METHODS = (ZIP_STORED, ZIP_DEFLATED)  # of which zipfile unpacks no more than is stated
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


@dataclass(frozen=True)
class Member:
    """A file inside an archive, by its path through it ("posts.zip/2020/ferry.txt"): its bytes, or
    why not.
    """

    name: str
    content: bytes | None = None
    error: str | None = None


@dataclass
class _Budget:
    """What may still be unpacked of one archive, with the archives inside it: `most` in all."""

    most: int

    def __post_init__(self) -> None:
        self.bytes = self.most

    @classmethod
    def of(cls, content: bytes) -> _Budget:
        """The budget of an archive of this size: a small one holds no gigabyte."""
        return cls(min(MOST_ARCHIVE_BYTES, max(RATIO_COUNTS_FROM, MOST_RATIO * len(content))))


def members(name: str, content: bytes) -> Iterator[Member]:
    """The files of an archive whose formats are read, in its order, and those of the archives
    inside it.

    A member that is encrypted, too large, broken or outside the archive is given with its error.
    Raises SourceUnreadable when the archive itself is broken or holds too many files.
    """
    return _members(name, content, _Budget.of(content), nested=False)


def open_zip(name: str, content: bytes) -> ZipFile:
    """A zip whose members all keep the limits: formats that are zips inside are opened so. Raises
    SourceUnreadable.
    """
    archive = _open(name, content)
    budget = _Budget.of(content)
    for info in archive.infolist():
        if error := _oversize(name, info, budget):
            raise SourceUnreadable(error)
        budget.bytes -= info.file_size
    return archive


def _open(name: str, content: bytes) -> ZipFile:
    try:
        archive = ZipFile(io.BytesIO(content))
    except BROKEN as error:
        raise SourceUnreadable(
            f"{name} is broken or incomplete: it cannot be opened as a zip. Copy or download it"
            " again."
        ) from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise SourceUnreadable(
            f"{name} holds {len(archive.infolist()):,} files, more than {MOST_MEMBERS:,}. "
            "Unpack it and ingest its folders one by one."
        )
    return archive


def _members(name: str, content: bytes, budget: _Budget, nested: bool) -> Iterator[Member]:
    seen: set[str] = set()
    with _open(name, content) as archive:
        _refuse_if_bomb(name, archive, content)
        for info in archive.infolist():
            inner = _inner_name(info)
            if not _is_read(inner) or info.is_dir():
                continue
            member = _read(f"{name}/{inner}", inner, archive, info, budget, nested)
            if inner in seen and not member.error:
                member = Member(
                    member.name,
                    error=f"{member.name} is twice in the archive. Rename one of the two.",
                )
            seen.add(inner)
            yield from _unpacked(member, budget)


def _refuse_if_bomb(name: str, archive: ZipFile, content: bytes) -> None:
    """Raises SourceUnreadable where all that would be read of an archive is far more than it can
    honestly hold.
    """
    read = (
        info for info in archive.infolist() if _is_read(_inner_name(info)) and not _is_bomb(info)
    )
    total = sum(info.file_size for info in read)
    if total > _Budget.of(content).most:
        size, ratio = total // 10**6, total // max(1, len(content))
        raise SourceUnreadable(
            f"{name} unpacks to {size:,} MB, {ratio:,} times its size, as zip bombs do. "
            "Unpack it by hand if you trust it."
        )


def _unpacked(member: Member, budget: _Budget) -> Iterator[Member]:
    """The member, or the members of the archive that it is."""
    if member.content is None or not _is_archive(member.name):
        yield member
        return
    try:
        yield from _members(member.name, member.content, budget, nested=True)
    except SourceUnreadable as error:
        yield Member(member.name, error=str(error))


def _read(
    name: str, inner: str, archive: ZipFile, info: ZipInfo, budget: _Budget, nested: bool
) -> Member:
    if error := _refusal(name, inner, info, nested) or _oversize(name, info, budget):
        return Member(name, error=error)
    budget.bytes -= info.file_size
    try:
        return Member(name, archive.read(info))
    except BROKEN:
        return Member(
            name,
            error=(
                f"{name} is broken inside its archive. Make the archive again, or leave the file"
                " out."
            ),
        )


def _refusal(name: str, inner: str, info: ZipInfo, nested: bool) -> str | None:
    """Why a member is not opened, if it is not."""
    if (
        inner.startswith(("/", "\\"))
        or ":" in inner[:2]
        or ".." in inner.replace("\\", "/").split("/")
    ):
        return (
            f"{name} has a path that leads out of its archive. Nothing of it was read; make the"
            " archive again."
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return f"{name} is a link, not a file. Put the file itself into the archive."
    if info.flag_bits & _ENCRYPTED:
        return (
            f"{name} is protected by a password. Unpack the archive with the password and ingest"
            " what was in it."
        )
    if nested and _is_archive(inner):
        return (
            f"{name} is an archive in an archive in an archive. Unpack the outer one and ingest"
            " what was in it."
        )
    return None


def _oversize(name: str, info: ZipInfo, budget: _Budget) -> str | None:
    """Why unpacking a member would take too much, if it would."""
    if info.compress_type not in _METHODS:
        return (
            f"{name} is packed by a method that is not read. Make the archive again, by the usual"
            " one."
        )
    if info.file_size > MOST_MEMBER_BYTES:
        size, most = info.file_size // 10**6, MOST_MEMBER_BYTES // 10**6
        return (
            f"{name} unpacks to {size:,} MB, more than {most:,} MB. Unpack it and split the file."
        )
    if _is_bomb(info):
        ratio = info.file_size // max(1, info.compress_size)
        return (
            f"{name} unpacks to {ratio:,} times its size, as zip bombs do. Unpack it by hand if you"
            " trust it."
        )
    if info.file_size > budget.bytes:
        most = budget.most // 10**6
        return (
            f"{name} would make its archive unpack to more than {most:,} MB. Unpack it and ingest"
            " its folders."
        )
    return None


def _is_bomb(info: ZipInfo) -> bool:
    return info.file_size > RATIO_COUNTS_FROM and info.file_size > MOST_RATIO * info.compress_size


def _inner_name(info: ZipInfo) -> str:
    """The member's path; one that says nothing of its encoding may be UTF-8 all the same."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _is_archive(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in ARCHIVES


def _is_read(inner: str) -> bool:
    """Whether a member is of a format that is read, and no shadow that macOS keeps beside it."""
    path = PurePosixPath(inner)
    return (
        path.suffix.lower() in (*MODULES, *ARCHIVES)
        and "__MACOSX" not in path.parts
        and path.name[:2] != "._"
    )
