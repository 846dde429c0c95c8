"""What is encoded of an article: each passage below its title, so that a passage is found by its subject as well."""

from __future__ import annotations

import numpy as np

from vectorstore.embedder import Embedder, Encoded
from vectorstore.language.sentences import sentences
from vectorstore.records import Entry


def encode_entry(entry: Entry, embedder: Embedder) -> Encoded:
    """The vectors of an article's passages, of their sentences, and of its lead: the first passage, or the title of an
    article without passages.
    """
    title = entry.article.title
    told = [[title, *_sentences(passage.text)] for passage in entry.passages] or [[title]]
    rows = embedder.encode_parts(told)
    passages = np.stack([row[0] for row in rows])[: len(entry.passages)]
    return Encoded(passages, tuple(row[2:] for row in rows[: len(entry.passages)]), rows[0][0])


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]
