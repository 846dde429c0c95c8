"""A book in EPUB: its chapters in reading order, each an article."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from ingest.document import Document, DocumentPart
from ingest.formats.archive import BROKEN, open_zip
from ingest.formats.encoding import decode
from ingest.formats.markup import parse_html, parse_xml, tree_text
from ingest.metadata import Metadata
from vectorstore.errors import SourceNotText, SourceUnreadable
from vectorstore.language.detect import read_language
from vectorstore.language.normalise import squeeze

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_ENOUGH = 200  # characters; what is shorter is a cover, a dedication, a page of rights
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")


def read(name: str, content: bytes) -> Document:
    """The chapters of a book in the order of its spine, each with enough text a part; facts as the
    book states them.

    A chapter's title is its heading, or its line in the table of contents. Raises SourceNotText for
    what is no EPUB, SourceUnreadable for a protected or a broken one.
    """
    if not content.strip():
        return Document("")
    if not content.startswith(b"PK"):
        raise SourceNotText(
            f"{name} is not an EPUB, whatever its name says. Check what it is and name it so."
        )
    with open_zip(name, content) as book:
        try:
            return _read_book(name, book)
        except (KeyError, RuntimeError, *BROKEN) as error:
            raise SourceUnreadable(
                f"{name} is broken or incomplete. Copy or download it again."
            ) from error


def _read_book(name: str, book: ZipFile) -> Document:
    """The text and parts of an opened book. Raises SourceUnreadable, and KeyError for a file that
    is missing.
    """
    package_path = _package_path(book)
    package = _xml(book, package_path)
    items = {str(item.get("id")): item for item in _all(package, "item")}
    spine = [
        items[str(ref.get("idref"))]
        for ref in _all(package, "itemref")
        if str(ref.get("idref")) in items
    ]
    chapters = (
        _resolve(package_path, item.get("href")) for item in spine if "nav" not in _properties(item)
    )
    paths = list(dict.fromkeys(chapters))  # no file is a chapter twice
    _check_protection(name, book, paths)
    labels = _labels(book, package_path, items.values())
    facts = _facts(package)
    pieces: list[str] = []
    parts: list[DocumentPart] = []
    at = 0
    for path in paths:
        text, heading = _chapter(f"{name}/{path}", book.read(path))
        if len(text) >= _ENOUGH:
            parts.append(
                DocumentPart(
                    at, at + len(text), Metadata(title=heading or labels.get(path)).before(facts)
                )
            )
        if text:
            pieces.append(text)
            at += len(text) + 2
    return Document("\n\n".join(pieces), tuple(parts))


def _package_path(book: ZipFile) -> str:
    """The path of the book's own description."""
    return next(
        (str(root.get("full-path")) for root in _all(_xml(book, _CONTAINER), "rootfile")), ""
    )


def _xml(book: ZipFile, path: str) -> Any:
    tree = parse_xml(book.read(path))
    if tree is None:
        raise ValueError(f"{path} is not well-formed")
    return tree


def _all(tree: Any, tag: str) -> Iterator[Any]:
    """The elements of a tag, whatever its namespace."""
    return iter(tree.iter(f"{{*}}{tag}"))


def _properties(item: Any) -> list[str]:
    return str(item.get("properties") or "").split()


def _resolve(base: str, href: str | None) -> str:
    """The path inside the book that a reference in one of its files means."""
    return posixpath.normpath(
        posixpath.join(posixpath.dirname(base), unquote((href or "").partition("#")[0]))
    )


def _check_protection(name: str, book: ZipFile, paths: list[str]) -> None:
    """Raises SourceUnreadable when a chapter is encrypted; fonts may be."""
    if _ENCRYPTION not in book.namelist():
        return
    encrypted = {
        unquote(str(reference.get("URI")))
        for reference in _all(_xml(book, _ENCRYPTION), "CipherReference")
    }
    if encrypted & set(paths):
        raise SourceUnreadable(
            f"{name} is protected against copying (DRM), so its text cannot be read. Get it without"
            " protection."
        )


def _labels(book: ZipFile, package_path: str, items: Any) -> Mapping[str, str]:
    """What the table of contents calls each file: the first line for it, of EPUB 3 or of EPUB 2."""
    labels: dict[str, str] = {}
    files = set(book.namelist())
    for item in items:
        path = _resolve(package_path, item.get("href"))
        if path not in files:
            continue
        if "nav" in _properties(item):
            entries = [(link.get("href"), tree_text(link)) for link in _all(_xml(book, path), "a")]
        elif item.get("media-type") == "application/x-dtbncx+xml":
            entries = [_point(point) for point in _all(_xml(book, path), "navPoint")]
        else:
            continue
        files.remove(path)  # which is read once, however often it is named
        for href, label in entries:
            labels.setdefault(_resolve(path, href), squeeze(label))
    return labels


def _point(point: Any) -> tuple[str | None, str]:
    target = next((content.get("src") for content in _all(point, "content")), None)
    return target, next((tree_text(text) for text in _all(point, "text")), "")


def _chapter(path: str, content: bytes) -> tuple[str, str | None]:
    """The text of a chapter, and its first heading."""
    tree = parse_html(_DECLARATION.sub("", decode(path, content)))
    if tree is None:
        return "", None
    heading = next((squeeze(tree_text(node)) for node in tree.iter("h1", "h2", "h3")), None)
    return tree_text(tree), heading or None


def _facts(package: Any) -> Metadata:
    """What the book states of all its chapters; a creator or contributor with the role `trl`
    translated it.
    """
    refined = _refined_roles(package)
    people = [
        (tag, _role(refined, node), squeeze(node.text or ""))
        for tag in ("creator", "contributor")
        for node in _all(package, tag)
    ]
    creators = [
        person for tag, role, person in people if tag == "creator" and role in (None, "aut")
    ]
    first = {
        tag: next((node.text for node in _all(package, tag)), None)
        for tag in ("publisher", "date", "language")
    }
    return Metadata.stated(
        {
            "author": creators,
            "translator": [person for _, role, person in people if role == "trl"],
            "outlet": first["publisher"],
            "date": first["date"],
            "language": read_language(first["language"]),
        }
    )


def _refined_roles(package: Any) -> Mapping[str | None, str]:
    """The roles that EPUB 3 states apart, by what they refer to: the first for each."""
    roles: dict[str | None, str] = {}
    for meta in _all(package, "meta"):
        if meta.get("property") == "role":
            roles.setdefault(meta.get("refines"), squeeze(meta.text or ""))
    return roles


def _role(refined: Mapping[str | None, str], person: Any) -> str | None:
    """The role of somebody named in the book (MARC relator code), as EPUB 2 or EPUB 3 writes it;
    None when unsaid.
    """
    for key, value in person.attrib.items():
        if str(key).rpartition("}")[2] == "role":
            return str(value)
    return refined.get(f"#{person.get('id')}")
