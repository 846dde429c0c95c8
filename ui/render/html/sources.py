"""The cited articles as HTML, whole: each cited span marked, each voice in its colour, boilerplate
grey.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.reports.templates import rendered
from rag.answer import Answer, Citation
from ui.client.open_article import OpenArticle, Stretch, stretches
from ui.render.html.voices import Palette, palette_of, voice_name
from ui.render.terminal.answer import with_copies
from vectorstore.errors import NotFound
from vectorstore.records import Holder


@dataclass(frozen=True)
class MarkedText:
    """Words of an article: the colour and name of their voice (none for the author's own), and
    their citations.
    """

    text: str
    css: str
    voice: str
    citations: str
    statement: str = ""


@dataclass(frozen=True)
class CitedArticle:
    """An article with all its pieces; without them where it is no longer in the corpus."""

    title: str
    byline: str
    language: str
    citations: tuple[Citation, ...]
    pieces: tuple[MarkedText, ...]


def sources(answer: Answer, exchange: int, open_article: Callable[[str], OpenArticle]) -> str:
    """The articles that an answer cites, and no others, in the order of their first citation."""
    ids = list(dict.fromkeys(citation.article_id for citation in answer.citations))
    palette = palette_of(answer)
    articles = [_cited(id, answer.citations, open_article, palette) for id in ids]
    return rendered("ui.render", "sources.html.jinja", articles=articles, exchange=exchange)


def pieces_of(
    opened: OpenArticle, citations: Sequence[Citation], palette: Palette
) -> tuple[MarkedText, ...]:
    """An article cut for a page. The author's own words have no colour unless the author is in the
    palette.
    """
    return tuple(_piece(stretch, palette) for stretch in stretches(opened, citations))


def _cited(
    id: str,
    citations: Sequence[Citation],
    open_article: Callable[[str], OpenArticle],
    palette: Palette,
) -> CitedArticle:
    of_article = tuple(citation for citation in citations if citation.article_id == id)
    try:
        opened = open_article(id)
    except NotFound:
        return CitedArticle(
            of_article[0].title,
            with_copies(of_article[0]),
            of_article[0].language or "",
            of_article,
            (),
        )
    article = opened.article
    byline = ", ".join(
        part for part in (article.author, article.outlet, article.published, article.source) if part
    )
    return CitedArticle(
        article.title,
        byline,
        article.language or "",
        of_article,
        pieces_of(opened, of_article, palette),
    )


def _piece(stretch: Stretch, palette: Palette) -> MarkedText:
    numbers = " ".join(map(str, stretch.citations))
    if not stretch.own or stretch.statement is None:
        return MarkedText(stretch.text, "furniture", "", numbers)
    holder = stretch.statement.holder
    css = palette.css(holder)
    id = stretch.statement.id
    if _is_author(holder) and css == "voice-other":
        return MarkedText(stretch.text, "", "", numbers, id)
    return MarkedText(stretch.text, css, voice_name(holder), numbers, id)


def _is_author(holder: Holder) -> bool:
    return holder.type == "author"
