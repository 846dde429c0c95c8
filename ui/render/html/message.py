"""An answer in the conversation, as HTML: each paragraph in its own direction, each marker a link
to its words.

markdown-it-py lives here. Whatever a text holds of tags, images and links to elsewhere is shown as
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from rag.answer import Answer, Citation
from rag.verification.verdict import MARKER
from rag.writing.markdown import printable
from ui.render.html.voices import voice_name
from ui.render.terminal.answer import searched_line
from vectorstore.language.detect import script_of

_MARKER = re.compile(rf"(?<!\\){MARKER.pattern}")  # a bracket of a source's words is escaped
_HREF = re.compile(r"#c-\d+-\d+")
_BLOCKS = ("paragraph_open", "blockquote_open", "list_item_open", "heading_open")


def message(answer: Answer, exchange: int) -> str:
    """A whole answer, with what it rests on in a line below."""
    status = f'<p class="status {answer.status}">{escape(searched_line(answer))}</p>'
    return message_so_far(answer.text, exchange, answer.citations) + status


def message_so_far(markdown: str, exchange: int, citations: Iterable[Citation] = ()) -> str:
    """As much of an answer as there is; its markers link to `#c-EXCHANGE-NUMBER`. A quote runs in
    its own direction, what stands around the quotes in that of the answer's first words. No blank
    line is in it, which would end the HTML for a reader of Markdown.
    """
    around = "rtl" if script_of(markdown.partition("\n")[0]) == "arabic" else "ltr"
    known = {citation.id: citation for citation in citations}
    linked = _MARKER.sub(lambda match: _links(match[1], exchange), markdown)
    parser = _parser()
    tokens = parser.parse(linked)
    for token in (inner for outer in tokens for inner in (outer, *(outer.children or ()))):
        if token.type in _BLOCKS:
            token.attrSet(
                "dir", "auto" if token.level or token.type == "blockquote_open" else around
            )
        elif token.type == "link_open":
            _tell(token, known)
    html = parser.renderer.render(tokens, parser.options, {})
    return re.sub(r"\n\s*\n", "\n", html).strip()


def note(words: str) -> str:
    """A line that the page says itself: why there is no more."""
    return f'<p class="note" dir="auto">{escape(printable(words))}</p>'


def _links(numbers: str, exchange: int) -> str:
    """The numbers of a marker as links, each in brackets."""
    return "".join(f"[\\[{n.strip()}\\]](#c-{exchange}-{n.strip()})" for n in numbers.split(","))


def _tell(link: Any, citations: Mapping[int, Citation]) -> None:
    """Gives a marker its style, and the name of whose words it opens."""
    link.attrSet("class", "marker")
    citation = citations.get(int(str(link.attrGet("href")).rpartition("-")[2]))
    if citation:
        link.attrSet("title", f"The words of {voice_name(citation.holder)} in their article")


def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
        ["image", "autolink", "code"]
    )
    parser.validateLink = lambda url: _HREF.fullmatch(url) is not None  # type: ignore[method-assign]
    return parser
