"""The command line. Heavy imports wait for the command that needs them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from typing import Annotated, Any

import typer

from ui import cli_ask, cli_corpus, cli_voices  # their commands register themselves
from ui.cli_eval import eval_app
from ui.cli_keys import keys_app
from ui.cli_options import Corpus, Json, app, client_of, say, settings_of
from vectorstore.errors import RashomonError, RunError, UsageError

__all__ = ["cli_ask", "cli_corpus", "cli_voices", "main"]

# What every mistake on the command line is, wherever typer keeps the class.
_CommandLineError: type[Any] = typer.BadParameter.__mro__[2]
_INTERRUPTED = 130  # what typer makes of Ctrl-C

app.add_typer(eval_app, name="eval")
app.add_typer(keys_app, name="keys")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 takes a free one.", show_default="7860")
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Load the bundled sample articles into an empty corpus.")
    ] = False,
    corpus: Corpus = None,
) -> None:
    """Serve the web chat and the HTTP API."""
    from ui.app import serve as run

    run(settings_of(corpus, host=host, port=port), sample, say)


@app.command()
def mcp(corpus: Corpus = None) -> None:
    """Serve the tools of the Model Context Protocol on standard input and output, for assistants and editors."""
    from ui.mcp import create_mcp

    with closing(client_of(corpus)) as client:
        create_mcp(client).run("stdio")


@app.command()
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Remove what a killed run has left behind.")] = False,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Check the installation, the model and the corpus."""
    from ui.doctor import examine

    checks = list(examine(settings_of(corpus), repair))
    for check in checks:
        say(
            json.dumps({"check": check.name, "ok": check.ok, "found": check.found})
            if as_json
            else f"{'ok  ' if check.ok else 'FAIL'}  {check.name:12} {check.found}"
        )
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 fine, 1 the work failed, 2 wrong usage, 3 an eval that is invalid.

    Errors are one sentence on stderr.
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:  # a terminal that cannot show a letter shows its number
        reconfigure(errors="backslashreplace")
    try:
        code = typer.main.get_command(app).main(
            args=list(sys.argv[1:] if arguments is None else arguments), standalone_mode=False
        )
    except RashomonError as error:
        print(f"rashomon: {error}", file=sys.stderr)
        if isinstance(error, RunError):
            return 3
        return 2 if isinstance(error, UsageError) else 1
    except Exception as error:
        if not isinstance(error, _CommandLineError):
            raise
        print(f"rashomon: {' '.join(error.format_message().split())} Try --help.", file=sys.stderr)
        return 2
    if code == _INTERRUPTED:
        print("rashomon: stopped.", file=sys.stderr)
        return 1
    return int(code or 0)
