"""The command line. What a command needs is imported for that command only."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 fine, 1 the work failed, 2 wrong usage, 3 an eval that is invalid.

    Errors are one sentence on stderr.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:  # a terminal that cannot show a letter shows its number
        reconfigure(errors="backslashreplace")
    try:
        if given[:1] == ["ask"]:
            from ui.handed import handed

            if (answer := handed(given[1:])) is not None:
                print(answer)
                return 0
        from ui.cli_commands import run

        return run(given)
    except KeyboardInterrupt:
        print("rashomon: stopped.", file=sys.stderr)
        return 1
