"""A holder's page as HTML: who it is, and all that it says in the corpus, over time and article by
article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from eval.reports.templates import rendered
from rag.writing.markdown import printable
from ui.render.html.timeline import Dated, timeline
from ui.render.html.voices import voice_name
from ui.render.terminal.article import notes
from ui.schemas import HolderRow, StatementRow
from vectorstore.records import Article

MOST = 300  # statements of a page


@dataclass(frozen=True)
class StatementCard:
    """One statement: its words, what is to be known of it, and through whom it came."""

    id: str
    words: str
    notes: tuple[str, ...]
    through: str


@dataclass(frozen=True)
class InArticle:
    """What a holder says in one article."""

    id: str
    title: str
    where: str
    language: str
    told: tuple[StatementCard, ...]


def voice_page(
    name: str,
    holder: HolderRow | None,
    rows: Sequence[StatementRow],
    articles: Mapping[str, Article],
) -> str:
    """The page of a holder; `rows` are its statements. The oldest come first, and at most `MOST`
    are shown.
    """
    ordered = sorted(
        rows, key=lambda row: (articles[row.article_id].published or "", row.article_id, row.start)
    )
    shown = ordered[:MOST]
    groups = [
        _in_article(articles[id], list(of_article))
        for id, of_article in groupby(shown, key=lambda row: row.article_id)
    ]
    return rendered(
        "ui.render",
        "voice.html.jinja",
        name=printable(name),
        holder=holder,
        plot_of=timeline(
            [_dated(row, articles[row.article_id]) for row in ordered], by_holder=False
        ),
        groups=groups,
        left_out=len(ordered) - len(shown),
    )


def _dated(row: StatementRow, article: Article) -> Dated:
    return Dated(
        article.published,
        article.outlet,
        voice_name(row.holder),
        "voice-0",
        row.text,
        f"#s-{row.article_id}",
    )


def _in_article(article: Article, rows: Sequence[StatementRow]) -> InArticle:
    where = (
        ", ".join(part for part in (article.outlet, article.published) if part)
        or "no outlet or date"
    )
    cards = tuple(StatementCard(row.id, row.text, tuple(notes(row)), _through(row)) for row in rows)
    return InArticle(article.id, printable(article.title), where, article.language or "", cards)


def _through(row: StatementRow) -> str:
    """Who passed the words on, where somebody else did."""
    return next(
        (f"quoted by {link.name}" for link in row.chain if link.role == "quoted_by" and link.name),
        "",
    )
