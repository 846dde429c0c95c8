"""What `rashomon doctor` checks, and what it finds."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rag.build import build_embedder
from rag.settings import Settings
from rag.writing.markdown import printable
from ui.client.corrector import Corrector
from ui.client.remote import RemoteClient
from ui.schemas import CorrectionRow
from vectorstore.corpus import Corpus
from vectorstore.embedders.bundled import (
    DEFAULT_WEIGHTS_SHA256,
    WEIGHTS,
    bundled_model,
    check_weights,
)
from vectorstore.errors import RashomonError
from vectorstore.fact_corrections import read_facts
from vectorstore.names.aliases import read_aliases
from vectorstore.overrides import ALIASES, FACTS
from vectorstore.storage.array_cache import ArrayCache
from vectorstore.storage.folder import kept_beside
from vectorstore.storage.location import is_url
from vectorstore.storage.lock import serving_url
from vectorstore.storage.rows import FORMAT

_PACKAGES = ("chromadb", "sentence-transformers", "torch", "gradio", "llama-index-core")


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is well, and what was found."""

    name: str
    ok: bool
    found: str


def examine(settings: Settings, repair: bool = False) -> Iterator[Check]:
    """Looks at the installation, the model and the corpus, in order; `repair` removes what nothing
    needs.
    """
    yield Check("python", platform.python_version_tuple() >= ("3", "11"), platform.python_version())
    yield Check("packages", True, ", ".join(f"{name} {version(name)}" for name in _PACKAGES))
    yield _checked("embedder", lambda: _embedder(settings))
    model = (
        f"{settings.llm_model} at {settings.llm_url}"
        if settings.llm_url
        else "off; RASHOMON_LLM_URL names one"
    )
    yield Check("language model", True, model)
    yield Check("reranker", True, settings.reranker or "off; RASHOMON_RERANKER names one")
    location = settings.corpus_location
    served = serving_url(location)
    if served:
        yield Check("corpus", True, f"{location}, served at {served}")
        yield from _written(Path(location), lambda: _served_corrections(served, settings.api_key))
    elif not is_url(location) and not Path(location).exists():
        yield Check("corpus", True, f"{location}, not made yet")
    else:
        yield from _corpus(settings, repair)


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except RashomonError as error:
        return Check(name, False, error.with_place)


def _embedder(settings: Settings) -> str:
    if settings.embedder:
        return settings.embedder
    check_weights(bundled_model() / WEIGHTS, DEFAULT_WEIGHTS_SHA256)
    return "the bundled all-MiniLM-L6-v2, weights as published"


def _corpus(settings: Settings, repair: bool) -> Iterator[Check]:
    location, folder = settings.corpus_location, settings.beside
    cache = ArrayCache() if is_url(location) else kept_beside(Path(location))
    damaged = cache.damaged()  # before it is opened, and made anew
    try:
        opened = Corpus.open(location, build_embedder(settings).name, None, folder)
    except RashomonError as error:
        yield Check("corpus", False, error.with_place)
        return
    with closing(opened) as corpus:
        yield _checked(
            "corpus", lambda: f"{location}: {_held(corpus)}, format {FORMAT}{_size(location)}"
        )
        for name in cache.damaged() if repair else ():
            cache.remove(name)
        yield _kept(damaged, repair)
        yield _orphans(corpus, repair)
        yield from _written(folder or Path(location), Corrector(corpus).rows)


def _kept(damaged: Mapping[str, Sequence[str]], repair: bool) -> Check:
    """Whether what is kept beside the database is as it was written. What is not is never read."""
    files = [f"{name}/{file}" for name, names in damaged.items() for file in names]
    anew = "it is made anew at the next start, or run `rashomon doctor --repair` to remove it"
    state = (
        f"{', '.join(files)} {'are' if len(files) > 1 else 'is'} not as written:"
        f" {'removed' if repair else anew}"
    )
    return Check("kept arrays", repair or not files, state if files else "as written")


def _orphans(corpus: Corpus, repair: bool) -> Check:
    try:
        orphans = corpus.orphans(remove=repair)
    except RashomonError as error:
        return Check("orphans", False, error.with_place)
    left = f"{orphans.passages} passages and {orphans.texts} pieces of text that no article needs"
    advice = "removed" if repair else "run `rashomon doctor --repair` to remove them"
    return Check("orphans", repair or not orphans, f"{left}: {advice}" if orphans else "none")


def _held(corpus: Corpus) -> str:
    snapshot = corpus.snapshot()
    return (
        f"{len(snapshot.articles)} articles, {len(snapshot.passages)} passages, version"
        f" {snapshot.version}"
    )


def _written(folder: Path, corrections: Callable[[], list[CorrectionRow]]) -> Iterator[Check]:
    """What people wrote about the corpus: whether it can be read, and which corrections hold no
    more.
    """
    yield _checked(
        "aliases", lambda: f"{len(read_aliases(folder / ALIASES).entries)} in {folder / ALIASES}"
    )
    yield _checked(
        "facts", lambda: f"of {len(read_facts(folder / FACTS))} articles in {folder / FACTS}"
    )
    try:
        rows = corrections()
    except RashomonError as error:
        yield Check("corrections", False, error.with_place)
        return
    lost = [f"{row.id} ({printable(row.title or row.article_id)})" for row in rows if not row.holds]
    advice = (
        f"; the words are gone of {', '.join(lost)}: `rashomon correct --withdraw ID`"
        if lost
        else ""
    )
    yield Check("corrections", not lost, f"{len(rows) - len(lost)} hold{advice}")


def _served_corrections(url: str, key: str) -> list[CorrectionRow]:
    with closing(RemoteClient(url, key)) as client:
        return client.corrections()


def _size(location: str) -> str:
    if is_url(location):
        return ""
    size = sum(path.stat().st_size for path in Path(location).rglob("*") if path.is_file())
    return f", {size / 2**20:.1f} MB on disk"
