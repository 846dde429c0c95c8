"""The commands that change a corpus: ingest, split, remove, texts, export, import, reembed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.options import Corpus, Fact, Json, app, client_of, say, settings_of
from vectorstore.errors import UsageError

if TYPE_CHECKING:
    from ingest.files import SourceFile
    from ingest.metadata import Metadata
    from ingest.report import SourceReport
    from ui.client.local import Client


@app.command()
def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files, folders, patterns, or - for standard input.", readable=False),
    ],
    outlet: Fact = None,
    author: Fact = None,
    translator: Fact = None,
    date: Fact = None,
    url: Fact = None,
    article_language: Annotated[
        str | None,
        typer.Option(
            "--language", help="Language code of articles that do not say.", show_default=False
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help="FACT=COLUMN of a csv or jsonl file, such as text=Story.",
            show_default=False,
        ),
    ] = None,
    keep_old: Annotated[
        bool, typer.Option("--keep-old", help="Keep the former text of what is replaced.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what the folders named no longer hold.")
    ] = False,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Add articles to the corpus; what is already there is left alone."""
    from ingest.files import Options, find_files

    stated = {
        "outlet": outlet,
        "author": author,
        "translator": translator,
        "date": date,
        "url": url,
    }
    options = Options(
        _facts({**stated, "language": article_language}), _mapping(column or ()), keep_old
    )
    files = list(find_files(paths))
    if not files:
        where = ", ".join(map(str, paths))
        raise UsageError(
            f"No file that is read lies in {where}. Name a file, or a folder that holds some."
        )
    failed = 0
    with closing(client_of(corpus)) as client:
        # first, so that a renamed file is not skipped
        for report in _pruned(client, paths, files) if prune else ():
            _told(report, as_json)
        for report in client.ingest(_with_progress(files), options):
            failed += not report.ok
            _told(report, as_json)
    if failed:
        raise typer.Exit(1)


@app.command()
def split(
    file: Annotated[Path, typer.Argument(help="A file of many articles.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write over a sidecar that is there.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show where a file's articles begin and why, and write that as FILE.articles.yaml for you to
    correct.
    """
    from ui.cli.split import split_file

    for line in split_file(file, force, as_json):
        say(line)


@app.command()
def remove(
    ids: Annotated[
        list[str], typer.Argument(help="Article ids, as `rashomon articles` lists them.")
    ],
    corpus: Corpus = None,
) -> None:
    """Remove articles from the corpus."""
    with closing(client_of(corpus)) as client:
        for id in ids:
            client.remove(id)
            say(f"removed {id}")


@app.command()
def texts(
    source: Annotated[
        str, typer.Argument(help="A source, as `rashomon articles --json` names it.")
    ],
    show: Annotated[
        str | None, typer.Option("--show", help="Print the text of this id.", show_default=False)
    ] = None,
    corpus: Corpus = None,
) -> None:
    """List the texts that are kept of a source, the newest first marked, or print one."""
    from ui.client.transfer import kept_texts

    for text_id, current, text in kept_texts(settings_of(corpus), source):
        if show == text_id:
            say(text)
        elif show is None:
            say(f"{text_id}  {'in use' if current else 'old   '}  {len(text):,} characters")


@app.command("export")
def export_(
    file: Annotated[Path, typer.Argument(help="The file to write.")], corpus: Corpus = None
) -> None:
    """Write the whole corpus, but for its vectors, into one file."""
    from ui.client.transfer import export

    say(f"exported {export(settings_of(corpus), file)} articles to {file}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that `rashomon export` wrote.")],
    corpus: Corpus = None,
) -> None:
    """Put the articles of an exported file into the corpus, with this corpus' own embedder."""
    from ui.client.transfer import import_file

    say(f"imported {import_file(settings_of(corpus), file)} articles from {file}")


@app.command()
def reembed(corpus: Corpus = None) -> None:
    """Make the vectors of the corpus anew with the embedder that is set now, without reading the
    sources again.
    """
    from ui.client.transfer import reembed as run

    say(f"made the vectors of {run(settings_of(corpus))} articles anew")


def _facts(stated: dict[str, str | None]) -> Metadata:
    from ingest.metadata import Metadata

    facts = Metadata.stated(stated)
    if stated["date"] and not facts.published:
        raise UsageError(f"{stated['date']!r} is no date of a day. Write it as YYYY-MM-DD.")
    return facts


def _mapping(columns: Sequence[str]) -> dict[str, str]:
    pairs = [column.partition("=") for column in columns]
    if any(not (fact and name) for fact, _, name in pairs):
        raise UsageError("--column takes FACT=COLUMN, such as --column text=Story.")
    return {fact.strip(): name.strip() for fact, _, name in pairs}


def _told(report: SourceReport, as_json: bool) -> None:
    from rag.writing.markdown import printable
    from ui.schemas import to_json

    source, reason = printable(report.source), printable(report.reason or "")
    if as_json:
        say(to_json(report))
    elif report.verdict == "skipped":
        say(f"skipped   {source}: {reason}")
    elif report.ok:
        note = f". {reason}" if reason else ""
        say(
            f"{report.verdict:9} {source}: {report.articles} articles, {report.passages}"
            f" passages{note}"
        )
    else:
        print(f"failed    {reason}", file=sys.stderr)


def _pruned(
    client: Client, paths: Sequence[Path], files: Sequence[SourceFile]
) -> Iterator[SourceReport]:
    """Removes the articles of sources that lie in the folders named no more, and reports on each
    source.
    """
    from ingest.files import gone_from
    from ingest.report import SourceReport

    gone = set(gone_from([path for path in paths if path.is_dir()], files, client.origins()))
    ids: dict[str, list[str]] = {}
    for article in client.articles():
        if article.source in gone:
            ids.setdefault(article.source, []).append(article.id)
    for source, article_ids in ids.items():
        for id in article_ids:
            client.remove(id)
        yield SourceReport(source, "removed")


def _with_progress(files: Sequence[SourceFile]) -> Iterator[SourceFile]:
    """The same files; on a terminal a bar shows how many are taken up, and how long the rest will
    take.
    """
    if not sys.stderr.isatty():
        yield from files
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("Ingesting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(files)
