"""The bundled sample: articles about an invented dispute, so that no real person is misquoted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files

from ingest.report import SourceReport

ORIGIN = "sample"  # so that a user's own file of the same name is kept apart


def sample_articles() -> Iterator[tuple[str, bytes]]:
    """The name and content of each sample file, in order of name."""
    folder = files("ingest.sample") / "articles"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield file.name, file.read_bytes()


def sample_texts() -> dict[str, str]:
    """The source text of each sample file."""
    return {name: content.decode() for name, content in sample_articles()}


def load_sample(ingest: Callable[[str, bytes, str], SourceReport]) -> Iterator[SourceReport]:
    """Gives every sample file to `ingest`, and its report as soon as it is done."""
    for name, content in sample_articles():
        yield ingest(name, content, ORIGIN)
