"""Where a corpus is: in a folder, or on a Chroma server. platformdirs lives here."""

from __future__ import annotations

from pathlib import Path


def is_url(location: str | Path) -> bool:
    """Whether a corpus location is a Chroma server's address and not a folder."""
    return str(location).startswith(("http://", "https://"))


def corpus_location(named: str) -> str:
    """The folder or address of a corpus by what a setting names ("" for the default, in the platform's data folder)."""
    if not named:
        return str(data_folder() / "corpus")
    return named if is_url(named) else str(Path(named).expanduser())


def data_folder() -> Path:
    """The platform's folder for what rashomon keeps."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("rashomon"))
