"""What `rashomon doctor` checks, and what it finds."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rag.build import build_embedder
from rag.settings import Settings
from vectorstore.corpus import FORMAT, Corpus, is_url
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


def examine(settings: Settings, repair: bool = False) -> Iterator[Check]:
    """Looks at the installation, the model and the corpus, in order; `repair` removes what nothing needs."""
    yield Check("python", platform.python_version_tuple() >= ("3", "11"), platform.python_version())
    yield Check("packages", True, ", ".join(f"{name} {version(name)}" for name in _PACKAGES))
    yield _checked("embedder", lambda: _embedder(settings))
    location = settings.corpus_location
    served = None if is_url(location) else serving_url(Path(location))
    if served:
        yield Check("corpus", True, f"{location}, served at {served}")
    elif not is_url(location) and not Path(location).exists():
        yield Check("corpus", True, f"{location}, not made yet")
    else:
        yield from _corpus(settings, repair)


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


def _corpus(settings: Settings, repair: bool) -> Iterator[Check]:
    location = settings.corpus_location
    try:
        opened = Corpus.open(location, build_embedder(settings).name)
    except RashomonError as error:
        yield Check("corpus", False, str(error))
        return
    with closing(opened) as corpus:
        snapshot = corpus.snapshot()
        held = f"{len(snapshot.articles)} articles, {len(snapshot.passages)} passages"
        yield Check("corpus", True, f"{location}: {held}, format {FORMAT}, version {snapshot.version}{_size(location)}")
        orphans = corpus.orphans(remove=repair)
        left = f"{orphans.passages} passages and {orphans.texts} pieces of text that no article needs"
        advice = "removed" if repair else "run `rashomon doctor --repair` to remove them"
        yield Check("orphans", repair or not orphans, f"{left}: {advice}" if orphans else "none")


def _size(location: str) -> str:
    if is_url(location):
        return ""
    size = sum(path.stat().st_size for path in Path(location).rglob("*") if path.is_file())
    return f", {size / 2**20:.1f} MB on disk"
