"""What answers are scored against: the source texts, and who speaks in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from vectorstore.records import Article, HolderType, Statement

_MOSTLY = 0.3


@dataclass(frozen=True)
class Span:
    """Some words of a source."""

    source: str
    start: int
    end: int

    def shared(self, other: Span) -> int:
        """How many characters two spans have in common."""
        return (
            0
            if self.source != other.source
            else max(0, min(self.end, other.end) - max(self.start, other.start))
        )


@dataclass(frozen=True)
class Voice:
    """Who answers for a span of a source: the holder, by name and as the text has it, and author
    and outlet of the article.
    """

    start: int
    end: int
    name: str | None
    mention: str | None
    type: HolderType
    author: str | None
    outlet: str | None


@dataclass(frozen=True)
class CorpusTexts:
    """The source texts by name, and of each its voices, outer ones before those within them."""

    texts: Mapping[str, str]
    voices: Mapping[str, tuple[Voice, ...]]

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal texts: runs over other texts cannot be compared."""
        digest = hashlib.sha256()
        for name in sorted(self.texts):
            digest.update(f"{name}\0{self.texts[name]}\0".encode())
        return digest.hexdigest()[:16]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Everybody who speaks, writes or publishes in the corpus."""
        candidates = (
            name
            for voices in self.voices.values()
            for v in voices
            for name in (v.name, v.author, v.outlet)
        )
        return tuple(dict.fromkeys(name for name in candidates if name))

    def voice_at(self, span: Span) -> Voice | None:
        """The innermost voice in which three tenths of a span lie; None where the corpus knows
        none.

        The same share as `Passage.mostly_told`: "the keeper of the lock, Mara Orlen, said on Monday
        that it broke" is hers.
        """
        voices = [
            voice for voice in self.voices.get(span.source, ()) if _share(voice, span) >= _MOSTLY
        ]
        return min(reversed(voices), key=lambda voice: voice.end - voice.start) if voices else None

    def find(self, source: str, quote: str) -> Span | None:
        """Where words stand in a source; None where they do not."""
        start = self.texts.get(source, "").find(quote)
        return Span(source, start, start + len(quote)) if start >= 0 else None


def voices_of(
    statements: Iterable[Statement], articles: Mapping[str, Article]
) -> dict[str, tuple[Voice, ...]]:
    """The voices of a corpus, by source."""
    voices_in: dict[str, list[Voice]] = {}
    for statement in statements:
        article, holder = articles[statement.article_id], statement.holder
        voice = Voice(
            statement.start,
            statement.end,
            holder.name,
            holder.mention,
            holder.type,
            article.author,
            article.outlet,
        )
        voices_in.setdefault(statement.source, []).append(voice)
    return {source: tuple(voices) for source, voices in voices_in.items()}


def _share(voice: Voice, span: Span) -> float:
    """The share of a span that lies in a voice's words."""
    return (min(voice.end, span.end) - max(voice.start, span.start)) / max(1, span.end - span.start)
