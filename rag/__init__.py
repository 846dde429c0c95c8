"""From a question to a cited, attributed answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answerer import Answerer

__all__ = ["open_answerer"]


def open_answerer(corpus: str | None = None) -> Answerer:
    """An answerer over a corpus folder or Chroma URL; without one, over the corpus that the
    settings name.

    Raises CorpusHeld while another process owns the folder, and the other errors of
    `vectorstore.errors`.
    """
    from rag.build import build_answerer, open_corpus
    from rag.settings import read_settings

    settings = read_settings(corpus=corpus)
    return build_answerer(open_corpus(settings), settings)
