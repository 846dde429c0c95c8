"""What `rashomon doctor` checks, and what it finds."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rag.settings import Settings
from vectorstore.corpus import Corpus, is_url
from vectorstore.embedder import DEFAULT_WEIGHTS_SHA256, bundled_model, check_weights
from vectorstore.errors import RashomonError
from vectorstore.owner import serving_url

_PACKAGES = ("chromadb", "sentence-transformers", "torch", "gradio", "llama-index-core")


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is well, and what was found."""

    name: str
    ok: bool
    found: str


def examine(settings: Settings) -> Iterator[Check]:
    """Looks at the installation, the model and the corpus, in order."""
    yield Check("python", platform.python_version_tuple() >= ("3", "11"), platform.python_version())
    yield Check("packages", True, ", ".join(f"{name} {version(name)}" for name in _PACKAGES))
    yield _checked("embedder", lambda: _embedder(settings))
    yield _checked("corpus", lambda: _corpus(settings))


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except RashomonError as error:
        return Check(name, False, str(error))


def _embedder(settings: Settings) -> str:
    if settings.embedder:
        return settings.embedder
    check_weights(bundled_model() / "model.safetensors", DEFAULT_WEIGHTS_SHA256)
    return "the bundled all-MiniLM-L6-v2, weights as published"


def _corpus(settings: Settings) -> str:
    location = settings.corpus_location
    if not is_url(location) and (url := serving_url(Path(location))):
        return f"{location}, served at {url}"
    if not is_url(location) and not Path(location).exists():
        return f"{location}, not made yet"
    from rag.build import build_embedder

    corpus = Corpus.open(location, build_embedder(settings).name)
    try:
        snapshot = corpus.snapshot()
        held = f"{len(snapshot.articles)} articles, {len(snapshot.passages)} passages"
        return f"{location}: {held}, version {snapshot.version}"
    finally:
        corpus.close()
