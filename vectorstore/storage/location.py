"""Where a corpus is: in a folder, or on a Chroma server. platformdirs lives here."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from vectorstore.errors import UsageError


def is_url(location: str | Path) -> bool:
    """Whether a corpus location is a Chroma server's address and not a folder."""
    return str(location).startswith(("http://", "https://"))


def corpus_location(named: str) -> str:
    """The folder or address of a corpus by what a setting names ("" for the default, in the
    platform's data folder).

    Raises UsageError for an address that is none.
    """
    if not named:
        return str(data_folder() / "corpus")
    if not is_url(named):
        return str(Path(named).expanduser())
    try:
        _ = urlsplit(named).port  # looked at only where it is asked for
    except ValueError as error:
        raise UsageError(
            f"{named!r} is no address of a Chroma server. Write it as http://host:port/name."
        ) from error
    return named


def data_folder() -> Path:
    """The platform's folder for what rashomon keeps."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("rashomon"))
