"""Evidence without an article: words that stand behind a claim, and nothing else known of them."""

from __future__ import annotations

from rag.answer import Citation
from vectorstore.records import Holder


def plain_citation(number: int, words: str) -> Citation:
    """A citation that is only words."""
    return Citation(
        id=number,
        article_id="",
        source="",
        start=0,
        end=len(words),
        quote=words,
        title="",
        author=None,
        outlet=None,
        published=None,
        url=None,
        language=None,
        holder=Holder(None, None, "unnamed"),
        chain=(),
        form="author",
    )
