"""The corpus as a page shows it: what became of uploads, the table of articles, one article by
voice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.reports.templates import rendered
from ingest.report import SourceReport
from rag.writing.markdown import printable
from ui.client.open_article import OpenArticle
from ui.render.html.sources import pieces_of
from ui.render.html.voices import COLOURS, Palette, voice_name
from ui.schemas import ArticleRow
from vectorstore.language.normalise import fold

COLUMNS = ("Title", "Author", "Outlet", "Date", "Language", "Kind", "Statements", "Source")
MOST = 1000  # rows of the table


@dataclass(frozen=True)
class Progress:
    """A file that is taken in, and what is known of it: nothing yet, or the reports on it and on
    what is inside.
    """

    name: str
    reports: tuple[SourceReport, ...] = ()
    working: bool = False


def uploads(files: Sequence[Progress]) -> str:
    """A bar for each file, with its verdict and reason."""
    return rendered("ui.render", "uploads.html.jinja", files=files)


def article_table(rows: Sequence[ArticleRow], find: str = "") -> str:
    """The table of articles, or of those that have all words of `find` in some column."""
    wanted = fold(find).split()
    cells = [(row.id, _cells(row)) for row in rows]
    matching = [
        (id, shown)
        for id, shown in cells
        if all(word in fold(" ".join(map(str, shown))) for word in wanted)
    ]
    return rendered(
        "ui.render",
        "articles.html.jinja",
        columns=COLUMNS,
        rows=matching[:MOST],
        found=len(matching),
        all=len(rows),
    )


def _cells(row: ArticleRow) -> tuple[str | int, ...]:
    """What the columns tell of an article, in their order."""
    names = (row.title, row.author, row.outlet, row.published, row.language, row.kind)
    return (*(printable(name or "") for name in names), row.statements, printable(row.source))


def article_by_voice(opened: OpenArticle) -> str:
    """An article with each voice but its author's in a colour of its own, those with the most words
    first.
    """
    article, length = opened.article, dict[str, int]()
    holders = {
        voice_name(statement.holder): statement.holder
        for statement in opened.statements
        if statement.holder.type != "author"
    }
    for spoken in opened.statements:
        length[voice_name(spoken.holder)] = (
            length.get(voice_name(spoken.holder), 0) + spoken.end - spoken.start
        )
    order = sorted(holders, key=lambda name: (-length[name], name))
    palette = Palette({name: n for n, name in enumerate(order[:COLOURS])})
    byline = [
        article.author and f"by {article.author}",
        article.translator and f"translated by {article.translator}",
        article.outlet,
        article.original_outlet and f"first in {article.original_outlet}",
        article.published,
        article.source,
    ]
    return rendered(
        "ui.render",
        "article.html.jinja",
        article=article,
        byline=", ".join(printable(part) for part in byline if part),
        voices=[(name, holders[name].name, palette.css(holders[name])) for name in order],
        pieces=pieces_of(opened, (), palette),
    )
