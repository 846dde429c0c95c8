"""A Word document as plain text, in which the splitter finds the articles. python-docx lives
here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ingest.document import Document
from ingest.formats.archive import open_zip
from vectorstore.errors import SourceNotText, SourceUnreadable

_OLE = b"\xd0\xcf\x11\xe0"  # an old .doc, and a .docx under a password
_ZIP = b"PK"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def read(name: str, content: bytes) -> Document:
    """The paragraphs, headings and cells in order, a blank line between them; the cells of a table
    are its lines.

    Raises SourceNotText for what is no Word document, SourceUnreadable for a password or a broken
    file.
    """
    if not content.strip():
        return Document("")
    pieces: list[str] = []
    table = None
    body = _body(name, content)
    for paragraph in body.iter(_word("p")):
        line = _text(paragraph)
        if line:
            above = next(paragraph.iterancestors(_word("tbl")), None)
            pieces += ["\n" if above is not None and above is table else "\n\n", line]
            table = above
    return Document("".join(pieces[1:]))


def _body(name: str, content: bytes) -> Any:
    """The body of the document. Raises SourceNotText, SourceUnreadable."""
    if content.startswith(_OLE):
        raise SourceUnreadable(
            f"{name} is protected by a password, or is an old .doc. Save it as .docx without one"
            " and ingest that."
        )
    if not content.startswith(_ZIP):
        raise SourceNotText(
            f"{name} is not a Word document, whatever its name says. Check what it is and name"
            " it so."
        )
    open_zip(name, content).close()
    from docx import Document as open_document

    try:
        return open_document(io.BytesIO(content)).element.body
    except (
        Exception
    ) as error:  # python-docx names no errors of its own: zip, XML, lookups, all as they come
        raise SourceUnreadable(
            f"{name} is broken or no Word document. Open it in Word or LibreOffice, save it again,"
            " and ingest that."
        ) from error


def _word(tag: str) -> str:
    """A tag's full name in a Word document."""
    from docx.oxml.ns import qn

    return qn(f"w:{tag}")


def _text(paragraph: Any) -> str:
    return "".join(_pieces(paragraph)).strip(" \t\n")


def _pieces(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph's own runs, inserted and linked ones too, without those of a text box
    inside it.
    """
    for node in paragraph.iter(*map(_word, ("t", *_SIGNS))):
        is_own = next(node.iterancestors(_word("p"))) is paragraph
        if is_own and node.getparent().tag == _word("r") and not _is_elsewhere(node):
            sign = node.tag.rpartition("}")[2]
            yield _SIGNS.get(sign, node.text or "")


def _is_elsewhere(run: Any) -> bool:
    """Whether a run was moved away, or is the second version of a drawing, for programs that cannot
    show the first.
    """
    return any(str(above.tag).endswith(("}moveFrom", "}Fallback")) for above in run.iterancestors())
