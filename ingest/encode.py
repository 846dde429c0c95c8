"""What is encoded of an article: each passage below its title, so that a passage is found by its subject as well."""

from __future__ import annotations

from vectorstore.embedder import Embedder, Vectors
from vectorstore.records import Entry


def encode_entry(entry: Entry, embedder: Embedder) -> tuple[Vectors, Vectors]:
    """The vectors of an article's passages (passages, dimension), and that of its lead (dimension,).

    The lead is the first passage; an article without passages is known by its title.
    """
    title = entry.article.title
    vectors = embedder.encode([f"{title}\n{passage.text}" for passage in entry.passages] or [title])
    return vectors[: len(entry.passages)], vectors[0]
