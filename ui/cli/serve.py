"""The commands that serve a corpus or look after it: serve, mcp, doctor."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Annotated

import typer

from ui.cli.options import Corpus, Json, app, client_of, say, settings_of


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 takes a free one.", show_default="7860")
    ] = None,
    sample: Annotated[
        bool,
        typer.Option("--sample", help="Load the bundled sample articles into an empty corpus."),
    ] = False,
    corpus: Corpus = None,
) -> None:
    """Serve the web chat and the HTTP API."""
    from ui.app import serve as run

    run(settings_of(corpus, host=host, port=port), sample, say)


@app.command()
def mcp(corpus: Corpus = None) -> None:
    """Serve the tools of the Model Context Protocol on standard input and output, for assistants
    and editors.
    """
    from ui.mcp import create_mcp

    with closing(client_of(corpus)) as client:
        create_mcp(client).run("stdio")


@app.command()
def doctor(
    repair: Annotated[
        bool, typer.Option("--repair", help="Remove what a killed run has left behind.")
    ] = False,
    corpus: Corpus = None,
    as_json: Json = False,
) -> None:
    """Check the installation, the model and the corpus."""
    from ui.cli.doctor import examine

    checks = list(examine(settings_of(corpus), repair))
    for check in checks:
        say(
            json.dumps({"check": check.name, "ok": check.ok, "found": check.found})
            if as_json
            else f"{'ok  ' if check.ok else 'FAIL'}  {check.name:12} {check.found}"
        )
    if not all(check.ok for check in checks):
        raise typer.Exit(1)
