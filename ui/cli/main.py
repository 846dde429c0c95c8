"""The command line. What a command needs is imported for that command only."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from vectorstore.errors import RashomonError, RunError, UsageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 fine, 1 the work failed, 2 wrong usage, 3 an
    eval that is invalid.

    Errors are one sentence on stderr, with the place where it was; no other face tells that.
    """
    os.umask(0o077)  # what is kept is for its owner's eyes: articles, uploads, questions
    words = list(sys.argv[1:] if arguments is None else arguments)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:  # a terminal that cannot show a letter shows its number
        reconfigure(errors="backslashreplace")
    try:
        return _run(words)
    except RashomonError as error:
        print(f"rashomon: {error.with_place}", file=sys.stderr)
        if isinstance(error, RunError):
            return 3
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:  # who reads has seen enough; what is left to print goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("rashomon: stopped.", file=sys.stderr)
        return 1


def _run(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["ask"]:
        from ui.cli.one_question import read_one_question

        if (asked := read_one_question(arguments[1:])) is not None:
            asked.answer()
            return 0
    from ui.cli.commands import run

    return run(arguments)
