"""A whole corpus as one file, and back: for a copy, another machine, or another embedder.

The file is gzipped JSON lines: a header, then every source text, then every article with its
passages and statements. Vectors are not in it; they are made anew with the embedder of the corpus
it goes into.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingest.encode import encode_entries, together
from vectorstore.atomic_write import written_aside
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Embedder
from vectorstore.errors import CorpusMismatch, SourceUnreadable
from vectorstore.records import Entry, Source
from vectorstore.storage.rows import FORMAT, entry_object, read_entry

_KIND = "rashomon corpus"


def export_corpus(corpus: Corpus, path: Path) -> int:
    """Writes a corpus into a file, and returns how many articles it wrote. Raises
    SourceUnreadable.
    """
    entries = list(corpus.entries())
    try:
        with written_aside(path) as aside, gzip.open(aside, "wt", encoding="utf-8") as file:
            for row in _rows(corpus, entries):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise SourceUnreadable(
            f"The export cannot be written: {error.strerror}. Choose another place.", path
        ) from error
    return len(entries)


def import_corpus(
    path: Path, corpus: Corpus, embedder: Embedder, done: Callable[[], object]
) -> int:
    """Puts the articles of an exported file into a corpus, calling `done` after each; returns how
    many there are.

    Raises CorpusMismatch when it is no export or of another format, SourceUnreadable when it is
    damaged.
    """
    number = 0
    for batch in together(_entries(path, corpus)):
        corpus.put(list(zip(batch, encode_entries(batch, embedder), strict=True)))
        for _ in batch:
            done()
        number += len(batch)
    return number


def _entries(path: Path, corpus: Corpus) -> Iterator[Entry]:
    """The articles of an exported file, whose source texts are stored on the way."""
    for kind, row in _read(path):
        try:
            read = Source(**row) if kind == "source" else read_entry(row)
        except Exception as error:  # whatever stands there in place of a row
            raise _unreadable(path, error) from error
        if isinstance(read, Source):
            corpus.put_texts([read])
        else:
            yield read


def _rows(corpus: Corpus, entries: list[Entry]) -> Iterator[dict[str, Any]]:
    yield {"kind": _KIND, "format": FORMAT}
    for source in corpus.sources():
        yield {"source": {"name": source.name, "text": source.text, "origin": source.origin}}
    for entry in entries:
        yield {"article": entry_object(entry)}


def _read(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            header = json.loads(file.readline() or "{}")
            if header.get("kind") != _KIND or header.get("format") != FORMAT:
                raise CorpusMismatch(
                    f"The file is no export of format {FORMAT}, which this version reads. Export"
                    " the corpus again.",
                    path,
                )
            for line in file:
                ((kind, row),) = json.loads(line).items()
                yield kind, row
    except CorpusMismatch:
        raise
    except Exception as error:  # a damaged archive, and whatever JSON may hold
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> SourceUnreadable:
    return SourceUnreadable(
        f"The file cannot be read as an export ({type(error).__name__}). Export the corpus again.",
        path,
    )
