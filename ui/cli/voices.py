"""The commands about who says what: statements, holders, correct."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.cli.options import Corpus, Json, app, client_of, cut, say, say_rows
from vectorstore.errors import NotFound, UsageError

if TYPE_CHECKING:
    from ui.client.local import Client
    from ui.render.terminal.article import ArticleLine
    from ui.schemas import ArticleRow, AskedCorrection, StatementRow

_COLUMNS = ("id", "source", "start", "end", "form", "holder", "text")
_WIDEST = 120  # columns of an article by voice

Name = Annotated[
    str | None,
    typer.Option("--holder", help="Whose words, by any spelling of the name.", show_default=False),
]
Type = Literal["person", "organisation", "media", "unnamed"]


@app.command()
def statements(
    article: Annotated[
        str | None,
        typer.Argument(
            help="An article to read by voice: its id, or a part of its title.", show_default=False
        ),
    ] = None,
    holder: Name = None,
    why: Annotated[
        str | None,
        typer.Option("--why", help="Say why this statement is whose it is.", show_default=False),
    ] = None,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Read an article by voice, list statements with their holders, or ask why one is whose it
    is.
    """
    with closing(client_of(corpus)) as client:
        chosen = _article(client.articles(), article) if article is not None else None
        if why is not None:
            _explain(
                client,
                f"{chosen.id}-{why}" if chosen and not why.startswith(chosen.id) else why,
                as_json,
            )
            return
        rows = list(client.statements(chosen.id if chosen else None, holder))
        if holder is not None and not rows:
            raise _nobody(holder)
        if chosen is None or holder is not None or as_json:
            say_rows(rows, _COLUMNS, as_json)
        else:
            _show(chosen, rows)


@app.command()
def holders(
    name: Annotated[
        str | None,
        typer.Argument(help="One holder, whose statements are shown.", show_default=False),
    ] = None,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """List the holders, those with the most statements first, or one holder's statements by outlet
    and date.
    """
    with closing(client_of(corpus)) as client:
        if name is None:
            columns = ("name", "type", "variants", "statements", "articles", "first", "last")
            say_rows(client.holders(), columns, as_json)
            return
        rows = list(client.statements(holder=name))
        if not rows:
            raise _nobody(name)
        if as_json:
            say_rows(rows, (), as_json)
        else:
            _tell(client, rows)


@app.command()
def correct(
    statement: Annotated[
        str | None, typer.Argument(help="The id of a statement.", show_default=False)
    ] = None,
    holder: Annotated[
        str | None, typer.Option("--holder", help="Whose words they are.", show_default=False)
    ] = None,
    type: Annotated[
        Type | None, typer.Option("--type", help="What the holder is.", show_default=False)
    ] = None,
    author: Annotated[bool, typer.Option("--author", help="They are the author's own.")] = False,
    unnamed: Annotated[
        bool, typer.Option("--unnamed", help="They are somebody's without a name.")
    ] = False,
    words: Annotated[
        str | None,
        typer.Option(
            "--words", help="The right words, where the statement has others.", show_default=False
        ),
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back what was corrected of it.")
    ] = False,
    list_: Annotated[
        bool, typer.Option("--list", help="List what was corrected, and whether it holds.")
    ] = False,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Say whose a statement is; what you say beats every rule, and outlasts another ingest."""
    asked = None if list_ or withdraw else _asked(holder, type, author, unnamed, words)
    if list_ == (statement is not None):
        raise UsageError("Name one statement by its id, or list what was corrected with --list.")
    with closing(client_of(corpus)) as client:
        if statement is None:
            columns = ("id", "statement_id", "made", "holder", "type", "holds", "title", "words")
            say_rows(client.corrections(), columns, as_json)
        else:
            now = client.correct(statement, asked) if asked else client.withdraw(statement)
            _told(statement, now, asked is None, as_json)


def _article(articles: Sequence[ArticleRow], asked: str) -> ArticleRow:
    """The article of an id, or the only one with these words in its title."""
    matching = [a for a in articles if a.id == asked] or [
        a for a in articles if asked.casefold() in a.title.casefold()
    ]
    if not matching:
        raise NotFound(f"No article has the id or title {asked!r}. `rashomon articles` lists them.")
    if len(matching) > 1:
        ids = ", ".join(a.id for a in matching[:5])
        raise UsageError(
            f"{len(matching)} articles have {asked!r} in their title: {ids}. Name one by its id."
        )
    return matching[0]


def _explain(client: Client, id: str, as_json: bool) -> None:
    from ui.render.terminal.explain import why
    from ui.schemas import to_json

    statement = client.statement(id)
    article = next(a for a in client.articles() if a.id == statement.article_id)
    correction = next((row for row in client.corrections() if row.statement_id == id), None)
    explanation = why(statement, article, list(client.statements(article.id)), correction)
    say(to_json(explanation) if as_json else "\n".join(explanation.sentences))


def _show(article: ArticleRow, rows: Sequence[StatementRow]) -> None:
    """Prints an article by voice, in colours on a terminal."""
    from ui.render.terminal.article import voices_view

    lines = voices_view(article, rows, min(shutil.get_terminal_size().columns, _WIDEST))
    if sys.stdout.isatty():
        _paint(lines)
    else:
        for line in lines:
            say(line.plain)
    say(f"\ns0 stands for {article.id}-s0: rashomon statements --why {article.id}-s0")


def _paint(lines: Sequence[ArticleLine]) -> None:
    """Prints lines with a colour for each voice, the same in every article unless two of one
    article would share it.
    """
    from rich.console import Console
    from rich.text import Text

    from ui.render.terminal.article import colours

    colour = colours(lines)
    console = Console(highlight=False)
    for line in lines:
        painted = ((piece.text, colour.get(piece.voice or "", "")) for piece in line.pieces)
        console.print(
            Text.assemble((line.edge, colour.get(line.voice or "", "dim")), *painted),
            soft_wrap=True,
        )


def _tell(client: Client, rows: Sequence[StatementRow]) -> None:
    """Prints holders with their statements, by outlet and date."""
    from ui.render.terminal.holders import by_holder

    for line in by_holder(rows, client.holders(), client.articles()):
        say(line)


def _asked(
    holder: str | None, type: Type | None, author: bool, unnamed: bool, words: str | None
) -> AskedCorrection:
    from ui.schemas import AskedCorrection

    if (holder is not None) + author + unnamed != 1:
        raise UsageError(
            "Say whose the words are with one of --holder NAME, --author and --unnamed."
        )
    return AskedCorrection(holder, "author" if author else "unnamed" if unnamed else type, words)


def _told(id: str, now: StatementRow | None, withdrawn: bool, as_json: bool) -> None:
    from rag.writing.markdown import printable
    from ui.render.terminal.article import who
    from ui.schemas import to_json

    if as_json:
        say(to_json(now) if now else "null")
    elif now is None:
        say(f"withdrawn {id}: its words are gone")
    else:
        done = "withdrawn" if withdrawn else "corrected"
        say(
            f"{done} {id}: {who(now)} ({now.holder.type}) answers for {now.id},"
            f" {cut(printable(now.text))}"
        )


def _nobody(name: str) -> NotFound:
    return NotFound(f"Nobody here goes by the name {name!r}. `rashomon holders` lists everybody.")
