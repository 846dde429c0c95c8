"""All commands in one application, and what comes of running one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import typer

from ui.cli import ask, corpus, serve, voices  # their commands register themselves
from ui.cli.eval import eval_app
from ui.cli.keys import keys_app
from ui.cli.options import app

__all__ = ["app", "ask", "corpus", "run", "serve", "voices"]

# What every mistake on the command line is, wherever typer keeps the class.
_CommandLineError: type[Any] = typer.BadParameter.__mro__[2]
_INTERRUPTED = 130  # what typer makes of Ctrl-C

app.add_typer(eval_app, name="eval")
app.add_typer(keys_app, name="keys")


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code. Raises what the command raises, and
    KeyboardInterrupt when it was stopped; what is wrong with the command line itself is told here.
    """
    try:
        code = typer.main.get_command(app).main(args=list(arguments), standalone_mode=False)
    except Exception as error:
        if not isinstance(error, _CommandLineError):
            raise
        print(f"rashomon: {' '.join(error.format_message().split())} Try --help.", file=sys.stderr)
        return 2
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    return int(code or 0)
