"""HTML and XML as trees, and the text of a tree in paragraphs. lxml lives here."""

from __future__ import annotations

import re
from typing import Any

_SPACE = re.compile(r"[ \t\r\n\f]+")
_GAP = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*\n\s*")
_BREAKS = re.compile(r"(?<![ \t])[ \t]*\n[ \t]*")
_UNSEEN = frozenset("script style noscript template title meta link svg button select nav".split())
# The tags of HTML, and those of the tree that trafilatura gives (head, item, row, quote, list).
BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header hr html item li list main ol p pre quote row
    section summary table tbody tfoot thead tr ul
    """.split()
)
_BREAK = frozenset({"br", "lb"})
_ITEMS = frozenset({"li", "item"})
_CELLS = frozenset({"td", "th", "cell"})
# A comment, or a tag with the quotation marks in it; what a script or style holds is passed over
# with its tag.
_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|"
    r"(?P<tag><(?:(?P<code>script|style)\b|[a-z])(?:\"[^\"]*+\"?|'[^']*+'?|[^\"'>]++)*+>?)(?(code).*?(?:</(?P=code)|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*+\"?|'[^']*+'?")
_MOST_ATTRIBUTES = 1000


def parse_html(markup: str) -> Any | None:
    """The tree of an HTML page or fragment, however broken; None when there is no tag and no word
    in it.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        recover=True,
    )
    try:
        return etree.fromstring(without_crowds(markup).encode(errors="replace"), parser)
    except etree.XMLSyntaxError:
        return None


def without_crowds(markup: str) -> str:
    """HTML without the attributes of tags that have more than a thousand: libxml2 compares each
    with all before it.
    """
    return _TAG.sub(_bare, markup)


def _bare(match: re.Match[str]) -> str:
    tag, whole = match["tag"] or "", match.group()
    names = (
        _QUOTED.sub(" ", tag).replace("/", " ").split() if len(tag) > 2 * _MOST_ATTRIBUTES else []
    )
    return f"{names[0]}>{whole[len(tag) :]}" if len(names) > _MOST_ATTRIBUTES else whole


def parse_xml(content: bytes) -> Any | None:
    """The root of an XML document, without entities resolved and nothing fetched; None when it is
    not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None


def read_markup(markup: str) -> str:
    """The visible text of HTML: paragraphs, headings and list items, a blank line between them."""
    tree = parse_html(markup)
    return "" if tree is None else tree_text(tree)


def tree_text(tree: Any) -> str:
    """The visible text of a tree, a blank line between its blocks; no-break spaces and bidi marks
    are kept.
    """
    from lxml import etree

    pieces: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        tag = node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
        unseen = tag in _UNSEEN or not tag
        if event == "start":
            hidden += unseen
            pieces += [] if hidden else [_opening(tag), _spaced(node.text)]
        else:
            pieces += [] if hidden else [_closing(tag)]
            hidden -= unseen
            pieces += [] if hidden else [_spaced(node.tail) if node is not tree else ""]
    return _tidy("".join(pieces))


def _opening(tag: str) -> str:
    if tag in _BREAK:
        return "\n"
    return "\n\n" * (tag in BLOCKS) + "- " * (tag in _ITEMS)


def _closing(tag: str) -> str:
    return "\n\n" if tag in BLOCKS else " " * (tag in _CELLS)


def _spaced(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def _tidy(text: str) -> str:
    """The text without spaces at the ends of its lines, at most one blank line between two, no
    empty items.
    """
    text = _GAP.sub("\n\n", text)
    text = re.sub(r"(?m)^- *\n+", "- ", _BREAKS.sub("\n", text))
    return re.sub(r" {2,}", " ", text).strip(" \n")
