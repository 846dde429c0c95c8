"""The variables `RASHOMON_*` of the environment and of a `.env` file. Nothing else reads the
environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from vectorstore.errors import UsageError

PREFIX = "RASHOMON_"
_FILE = Path(".env")


def variables() -> dict[str, str]:
    """What is set, by the names of settings in lower case; the environment comes before the file.
    Raises UsageError for a file that cannot be read.
    """
    return _prefixed(_from_file()) | _prefixed(os.environ)


def _from_file() -> Mapping[str, str | None]:
    if not _FILE.is_file():
        return {}
    from dotenv import dotenv_values

    try:
        return dotenv_values(_FILE)
    except UnicodeDecodeError as error:
        raise UsageError(
            "The file .env is no UTF-8 text. Save it as UTF-8, or remove it."
        ) from error


def _prefixed(variables_set: Mapping[str, str | None]) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX).lower(): value
        for name, value in ((name.upper(), value) for name, value in variables_set.items())
        if name.startswith(PREFIX) and value is not None
    }
