"""An embedder of English that reads Arabic too, by its word-for-word gloss."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.bilingual.lexicon import open_lexicon
from vectorstore.embedders.base import Embedder, Parts, Vectors
from vectorstore.names.skeletons import is_arabic


class GlossingEmbedder:
    """Wraps an embedder that reads English: an Arabic text is embedded by its English gloss.

    On XQuAD that finds Arabic paragraphs for English questions, and the other way round, far better
    than words alone (`python -m eval.crosslingual`). Its name tells a corpus that the vectors are
    such.
    """

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.name = f"{inner.name}+gloss"
        self.max_tokens = inner.max_tokens

    def reads(self, language: str | None) -> bool:
        return language == "ar" or self._inner.reads(language)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 for each text: shape (texts, dimension)."""
        return self._inner.encode([_readable(text) for text in texts])

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        return self._inner.encode_parts([[_readable(part) for part in parts] for parts in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._inner.count_tokens([_readable(text) for text in texts])


def _readable(text: str) -> str:
    return open_lexicon().gloss(text, "en") if is_arabic(text) else text
