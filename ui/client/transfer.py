"""Whole corpora on the move: export, import, re-embedding."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from ingest.transfer import export_corpus, import_corpus
from rag.build import build_embedder, open_corpus
from rag.settings import Settings
from vectorstore.corpus import Corpus
from vectorstore.errors import NotFound, UsageError
from vectorstore.storage.folder import kept_by_people
from vectorstore.storage.location import is_url


def export(settings: Settings, file: Path) -> int:
    """Writes the corpus into a file, whatever its embedder; returns the number of its articles."""
    with closing(Corpus.open(settings.corpus_location, None)) as corpus:
        return export_corpus(corpus, file)


def import_file(settings: Settings, file: Path) -> int:
    """Puts an exported file's articles into the corpus; returns their number."""
    with closing(open_corpus(settings)) as corpus:
        return import_corpus(file, corpus, build_embedder(settings), lambda: None)


def reembed(settings: Settings) -> int:
    """Makes all vectors anew with the embedder that is set; the old corpus stays until the new one
    is whole.
    """
    if is_url(settings.corpus_location):
        raise UsageError(
            "Only a corpus in a folder can be re-embedded in place. `rashomon export` this one,"
            " then `rashomon import` it under another name."
        )
    folder = Path(settings.corpus_location)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="reembedding-") as place:
        export(settings, Path(place) / "export.gz")
        fresh = settings.model_copy(update={"corpus": str(Path(place) / "corpus")})
        number = import_file(fresh, Path(place) / "export.gz")
        for path in kept_by_people(folder):
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, Path(fresh.corpus) / path.name)
        _exchange(folder, Path(fresh.corpus), Path(place) / "old")
    return number


def _exchange(folder: Path, fresh: Path, old: Path) -> None:
    """Puts one folder in another's place, and leaves that where it is if it cannot."""
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise


def kept_texts(settings: Settings, source: str) -> list[tuple[str, bool, str]]:
    """The texts kept of a source: id, whether its articles are of it, the text. Raises NotFound
    when there is none.
    """
    with closing(open_corpus(settings)) as corpus:
        current = {stored.text_id for stored in corpus.stored([source])[source].values()}
        texts = [
            (text.text_id, text.text_id in current, text.text)
            for text in corpus.sources()
            if text.name == source
        ]
    if not texts:
        raise NotFound(f"No source has the name {source!r}. `rashomon articles --json` names them.")
    return sorted(texts, key=lambda text: not text[1])
