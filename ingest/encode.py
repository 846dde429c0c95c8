"""What is encoded of an article: each passage below its title, so that a passage is found by its
subject as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from vectorstore.embedders.base import Embedder, Encoded, Vectors
from vectorstore.language.sentences import sentences
from vectorstore.records import Entry

AT_ONCE = 64  # passages that are worth encoding together


def together(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Articles in order, as many at a time as are worth encoding together."""
    batch, passages = list[Entry](), 0
    for entry in entries:
        batch.append(entry)
        passages += len(entry.passages)
        if passages >= AT_ONCE:
            yield batch
            batch, passages = [], 0
    if batch:
        yield batch


def encode_entries(entries: Sequence[Entry], embedder: Embedder) -> list[Encoded]:
    """The vectors of articles, read together: of the passages of each, of their sentences, and of
    its lead, which is the first passage, or the title of an article without passages.
    """
    parts_of = [_told(entry) for entry in entries]
    rows = iter(embedder.encode_parts([parts for entry_parts in parts_of for parts in entry_parts]))
    return [
        _encoded(entry, [next(rows) for _ in entry_parts])
        for entry, entry_parts in zip(entries, parts_of, strict=True)
    ]


def _told(entry: Entry) -> list[list[str]]:
    title = entry.article.title
    return [[title, *_sentences(passage.text)] for passage in entry.passages] or [[title]]


def _encoded(entry: Entry, rows: Sequence[Vectors]) -> Encoded:
    passages = np.stack([row[0] for row in rows])[: len(entry.passages)]
    return Encoded(passages, tuple(row[2:] for row in rows[: len(entry.passages)]), rows[0][0])


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]
