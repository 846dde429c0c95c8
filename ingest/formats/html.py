"""A saved web page as one article. trafilatura lives here."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from ingest.document import Document, DocumentPart
from ingest.formats.encoding import decode, decode_as, is_binary
from ingest.formats.markup import BLOCKS, parse_html, read_markup, tree_text, without_crowds
from ingest.metadata import Metadata

if TYPE_CHECKING:
    from trafilatura.settings import Document as Page

_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)",
    re.IGNORECASE,
)
_HEAD = 2048  # bytes in which a page says its charset, as browsers look for it
_MOST_CHILDREN = 10_000  # of one tag: trafilatura copies what stands between them for each
_MOST_BLOCKS = 20_000  # of a page: it looks from each for the nearest that is sure to be text
_BEGINNING = 100_000  # characters of a page with more, in which its facts are looked for
_AS_BROWSERS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}


def read(name: str, content: bytes) -> Document:
    """The main text of a page as one article, with the facts its metadata states. Raises
    SourceNotText.

    Without a main text, or with more in one tag than a page has that people read, the visible text.
    Menus, comments and footers are left out; nothing is fetched.
    """
    markup = without_crowds(_decode_page(name, content))
    crowded = _is_crowded(markup)
    page = _extract(markup[:_BEGINNING] if crowded else markup)
    text = (tree_text(page.body) if page and not crowded else "") or read_markup(markup)
    return Document(
        text, (DocumentPart(0, len(text), _facts(page) if page else Metadata()),) if text else ()
    )


def _decode_page(name: str, content: bytes) -> str:
    """The page in the encoding it states, where that fits; else as any text."""
    match = _CHARSET.search(content[:_HEAD])
    stated = (match.group(1) or match.group(2)).decode() if match else None
    text = decode_as(content, ("utf-8", _AS_BROWSERS.get(str(stated).lower(), stated)))
    return decode(name, content) if text is None or is_binary(text) else text


def _is_crowded(markup: str) -> bool:
    """Whether some tag holds more others than a page has that people read."""
    tree = parse_html(markup) if markup.count("<") > _MOST_CHILDREN else None
    if tree is None:
        return False
    blocks = sum(node.tag in BLOCKS for node in tree.iter())
    return blocks > _MOST_BLOCKS or any(len(node) > _MOST_CHILDREN for node in tree.iter())


def _extract(markup: str) -> Page | None:
    """The page as trafilatura reads it, the date only where the metadata says it; None when it
    finds no main text.
    """
    from trafilatura import bare_extraction

    for library in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    extracted = bare_extraction(
        markup,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    return None if extracted is None or isinstance(extracted, dict) else extracted


def _facts(page: Page) -> Metadata:
    authors = (page.author or "").split("; ")
    host = page.sitename if page.sitename and f"{page.sitename}/" in f"{page.url}/" else None
    # trafilatura puts the host of the address where the page names no site
    outlet = None if host else page.sitename
    return Metadata.stated(
        {
            "title": page.title,
            "author": authors,
            "outlet": outlet,
            "date": page.date,
            "url": page.url,
        }
    )
