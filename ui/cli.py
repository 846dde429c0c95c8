"""The command line. typer and rich live here and in `ui.cli_eval`. Heavy imports wait for the command that needs
them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vectorstore.errors import RashomonError, SuiteError, UsageError

if TYPE_CHECKING:
    from ingest.facts import Facts
    from ingest.files import SourceFile
    from ingest.pipeline import SourceReport
    from rag.answer import Filters, Turn
    from rag.settings import Settings
    from ui.client import Client

# What every mistake on the command line is, wherever typer keeps the class.
_CommandLineError: type[Any] = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="rashomon",
    help="Ask a pile of articles that contradict one another: who says what, each with words you can open and check.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Corpus = Annotated[
    str | None, typer.Option("--corpus", help="Corpus folder, or Chroma URL http://host:port/name.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Question = Annotated[str | None, typer.Argument(help="The question, in quotes.", show_default=False)]
Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions", help="JSONL file of {question, context?}; one line of output each.", show_default=False
    ),
]
Names = Annotated[list[str] | None, typer.Option(help="Only these; may be given several times.", show_default=False)]
Fact = Annotated[str | None, typer.Option(help="For articles that do not say it themselves.", show_default=False)]
Day = Annotated[str | None, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD.", show_default=False)]


@app.command()
def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="Files, folders, patterns, or - for standard input.", readable=False)
    ],
    outlet: Fact = None,
    author: Fact = None,
    translator: Fact = None,
    date: Fact = None,
    url: Fact = None,
    article_language: Annotated[
        str | None, typer.Option("--language", help="Language code of articles that do not say.", show_default=False)
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", help="FACT=COLUMN of a csv or jsonl file, such as text=Story.", show_default=False),
    ] = None,
    keep_old: Annotated[bool, typer.Option("--keep-old", help="Keep the former text of what is replaced.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove what the folders named no longer hold.")] = False,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Add articles to the corpus; what is already there is left alone."""
    from ingest.files import Options, find_files

    stated = {"outlet": outlet, "author": author, "translator": translator, "date": date, "url": url}
    options = Options(_facts({**stated, "language": article_language}), _mapping(column or ()), keep_old)
    files = list(find_files(paths))
    if not files:
        where = ", ".join(map(str, paths))
        raise UsageError(f"No file that is read lies in {where}. Name a file, or a folder that holds some.")
    failed = 0
    with closing(_client(corpus)) as client:
        for report in _pruned(client, paths, files) if prune else ():  # first, so that a renamed file is not skipped
            _told(report, as_json)
        for file in _with_progress(files):
            for report in client.ingest(file, options):
                failed += not report.ok
                _told(report, as_json)
    if failed:
        raise typer.Exit(1)


@app.command()
def split(
    file: Annotated[Path, typer.Argument(help="A file of many articles.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a sidecar that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Show where a file's articles begin and why, and write that as FILE.articles.yaml for you to correct."""
    from ui.split import split_file

    for line in split_file(file, force, as_json):
        _line(line)


@app.command()
def ask(
    question: Question = None,
    outlet: Names = None,
    author: Names = None,
    holder: Names = None,
    language: Names = None,
    since: Day = None,
    until: Day = None,
    questions: Questions = None,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Answer a question: who says what, in their exact words."""
    from ui.render import terminal_answer
    from ui.wire import to_json

    filters = _filters(outlet, author, holder, language, since, until)
    rows = _asked(question, questions)
    with closing(_client(corpus)) as client:
        for text, history in rows:
            answer = client.answer(text, history, filters)
            _line(to_json(answer) if as_json else terminal_answer(answer))


@app.command()
def search(
    question: Question = None,
    k: Annotated[int, typer.Option("-k", min=1, max=300, help="How many passages.")] = 10,
    outlet: Names = None,
    author: Names = None,
    holder: Names = None,
    language: Names = None,
    since: Day = None,
    until: Day = None,
    questions: Questions = None,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Find the passages nearest to a question, without an answer."""
    from ui.render import terminal_hit
    from ui.wire import to_json

    filters = _filters(outlet, author, holder, language, since, until)
    rows = _asked(question, questions)
    with closing(_client(corpus)) as client:
        for text, history in rows:
            found = client.search(text, k, filters, history)
            if questions is not None and as_json:
                _line(to_json(found))
                continue
            for hit in found.hits:
                _line(to_json(hit) if as_json else terminal_hit(hit))


@app.command()
def articles(corpus: Corpus = None, as_json: Json = False) -> None:
    """List the articles of the corpus."""
    _listed(
        corpus,
        as_json,
        lambda client: client.articles(),
        ("id", "published", "outlet", "author", "language", "passages", "title"),
    )


@app.command()
def statements(corpus: Corpus = None, as_json: Json = False) -> None:
    """List every statement with its holder."""
    _listed(corpus, as_json, lambda client: client.statements(), ("source", "start", "end", "form", "holder", "text"))


@app.command()
def holders(corpus: Corpus = None, as_json: Json = False) -> None:
    """List the holders, those with the most statements first."""
    _listed(corpus, as_json, lambda client: client.holders(), ("name", "type", "statements", "articles"))


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(help="Article ids, as `rashomon articles` lists them.")],
    corpus: Corpus = None,
) -> None:
    """Remove articles from the corpus."""
    with closing(_client(corpus)) as client:
        for id in ids:
            client.remove(id)
            _line(f"removed {id}")


@app.command()
def texts(
    source: Annotated[str, typer.Argument(help="A source, as `rashomon articles --json` names it.")],
    show: Annotated[str | None, typer.Option("--show", help="Print the text of this id.", show_default=False)] = None,
    corpus: Corpus = None,
) -> None:
    """List the texts that are kept of a source, the newest first marked, or print one."""
    from ui.transfer import kept_texts

    for text_id, current, text in kept_texts(_settings(corpus), source):
        if show == text_id:
            _line(text)
        elif show is None:
            _line(f"{text_id}  {'in use' if current else 'old   '}  {len(text):,} characters")


@app.command("export")
def export_(file: Annotated[Path, typer.Argument(help="The file to write.")], corpus: Corpus = None) -> None:
    """Write the whole corpus, but for its vectors, into one file."""
    from ui.transfer import export

    _line(f"exported {export(_settings(corpus), file)} articles to {file}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that `rashomon export` wrote.")], corpus: Corpus = None
) -> None:
    """Put the articles of an exported file into the corpus, with this corpus' own embedder."""
    from ui.transfer import import_file

    _line(f"imported {import_file(_settings(corpus), file)} articles from {file}")


@app.command()
def reembed(corpus: Corpus = None) -> None:
    """Make the vectors of the corpus anew with the embedder that is set now, without reading the sources again."""
    from ui.transfer import reembed as run

    _line(f"made the vectors of {run(_settings(corpus))} articles anew")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 takes a free one.", show_default="7860")
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Load the bundled sample articles if the corpus is empty.")
    ] = False,
    corpus: Corpus = None,
) -> None:
    """Serve the web chat and the HTTP API."""
    from ui.app import serve as run

    run(_settings(corpus, host=host, port=port), sample, _line)


@app.command()
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Remove what a killed run has left behind.")] = False,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Check the installation, the model and the corpus."""
    from ui.doctor import examine

    checks = list(examine(_settings(corpus), repair))
    for check in checks:
        _line(
            json.dumps({"check": check.name, "ok": check.ok, "found": check.found})
            if as_json
            else f"{'ok  ' if check.ok else 'FAIL'}  {check.name:12} {check.found}"
        )
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 fine, 1 the work failed, 2 wrong usage.

    Errors are one sentence on stderr.
    """
    from ui.cli_eval import eval_app

    if eval_app not in [group.typer_instance for group in app.registered_groups]:
        app.add_typer(eval_app, name="eval")
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:  # a terminal that cannot show a letter shows its number
        reconfigure(errors="backslashreplace")
    try:
        code = typer.main.get_command(app).main(
            args=list(sys.argv[1:] if arguments is None else arguments), standalone_mode=False
        )
    except RashomonError as error:
        print(f"rashomon: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except (KeyboardInterrupt, typer.Abort):
        print("rashomon: stopped.", file=sys.stderr)
        return 1
    except Exception as error:
        if not isinstance(error, _CommandLineError):
            raise
        print(f"rashomon: {' '.join(error.format_message().split())} Try --help.", file=sys.stderr)
        return 2
    return int(code or 0)


def _settings(corpus: str | None, **given: Any) -> Settings:
    from rag.settings import read_settings

    return read_settings(corpus=corpus, **given)


def _client(corpus: str | None) -> Client:
    from ui.client import open_client

    return open_client(_settings(corpus))


def _filters(outlet: Names, author: Names, holder: Names, language: Names, since: Day, until: Day) -> Filters:
    from rag.answer import Filters

    outlets, authors, holders, languages = (tuple(names or ()) for names in (outlet, author, holder, language))
    return Filters(outlets, authors, holders, languages, since=since, until=until)


def _asked(question: str | None, questions: Path | None) -> list[tuple[str, tuple[Turn, ...]]]:
    """The question given, or those of a file, each with the user turns before it."""
    if (question is None) == (questions is None):
        raise UsageError("Give one question in quotes, or a file of them with --questions.")
    if questions is None:
        return [(question or "", ())]
    return [_row(questions, number, line) for number, line in enumerate(_lines_of(questions), 1)]


def _row(path: Path, number: int, line: str) -> tuple[str, tuple[Turn, ...]]:
    from rag.answer import Turn

    try:
        row = json.loads(line)
        question, context = row["question"], row.get("context") or []
    except (ValueError, KeyError, TypeError, AttributeError):
        question, context = None, []
    if not isinstance(question, str) or not isinstance(context, list) or not all(isinstance(t, str) for t in context):
        raise SuiteError(f"Line {number} of {path} is no JSON object with a question. Mend it and run again.")
    return question, tuple(Turn("user", turn) for turn in context)


def _lines_of(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The file {path} cannot be read ({type(error).__name__}). Name a UTF-8 file of JSON lines."
        ) from error


def _listed(
    corpus: str | None, as_json: bool, rows_of: Callable[[Client], Iterable[Any]], columns: Sequence[str]
) -> None:
    """Prints rows: as JSON lines, or in columns with the long ones cut."""
    from ui.wire import to_json

    with closing(_client(corpus)) as client:
        if as_json:
            for row in rows_of(client):
                _line(to_json(row))
            return
        rows = [columns, *([_cell(getattr(row, column)) for column in columns] for row in rows_of(client))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for cells in rows:
        _line("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    if hasattr(value, "mention"):
        value = value.name or value.mention
    text = " ".join(str("-" if value is None else value).split())
    return text if len(text) <= 90 else text[:89] + "…"


def _facts(stated: dict[str, str | None]) -> Facts:
    from ingest.facts import Facts

    facts = Facts.stated(stated)
    if stated["date"] and not facts.published:
        raise UsageError(f"{stated['date']!r} is no date of a day. Write it as YYYY-MM-DD.")
    return facts


def _mapping(columns: Sequence[str]) -> dict[str, str]:
    pairs = [column.partition("=") for column in columns]
    if any(not (fact and name) for fact, _, name in pairs):
        raise UsageError("--column takes FACT=COLUMN, such as --column text=Story.")
    return {fact.strip(): name.strip() for fact, _, name in pairs}


def _told(report: SourceReport, as_json: bool) -> None:
    from ui.wire import to_json

    if as_json:
        _line(to_json(report))
    elif report.verdict == "skipped":
        _line(f"skipped   {report.source}: {report.reason}")
    elif report.ok:
        note = f". {report.reason}" if report.reason else ""
        _line(f"{report.verdict:9} {report.source}: {report.articles} articles, {report.passages} passages{note}")
    else:
        print(f"failed    {report.reason}", file=sys.stderr)


def _pruned(client: Client, paths: Sequence[Path], files: Sequence[SourceFile]) -> Iterator[SourceReport]:
    """Removes the articles of sources that lie in the folders named no more, and reports on each source."""
    from ingest.pipeline import SourceReport

    folders = tuple(f"{path.resolve().name}/" for path in paths if path.is_dir())
    here = {file.name for file in files}
    gone: dict[str, list[str]] = {}
    for article in client.articles():
        if article.source.startswith(folders) and article.source not in here:
            gone.setdefault(article.source, []).append(article.id)
    for source, ids in gone.items():
        for id in ids:
            client.remove(id)
        yield SourceReport(source, "removed")


def _with_progress(files: Sequence[SourceFile]) -> Iterator[SourceFile]:
    """The same files; on a terminal a bar shows how many are done, how fast, and how long the rest will take."""
    if not sys.stderr.isatty():
        yield from files
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Ingesting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(files)


def _line(text: str) -> None:
    print(text, flush=True)
