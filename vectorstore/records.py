"""The records every other file speaks in. All frozen; offsets are `str` offsets into a source
text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Span = tuple[int, int]
HolderType = Literal["person", "organisation", "unnamed", "media", "author"]
Form = Literal["direct", "indirect", "mixed", "turn", "author"]
Polarity = Literal["asserted", "denied"]
Modality = Literal["stated", "alleged", "imputed", "hypothetical"]
Role = Literal["said", "quoted_by", "written_by", "published_by", "translated_by", "republished_by"]
Kind = Literal["news", "opinion", "analysis", "transcript", "stub"]


@dataclass(frozen=True)
class Embedded:
    """A piece republished inside an article; it keeps its own author and outlet."""

    start: int
    end: int
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True)
class Article:
    """One published piece. What the source does not say is None; `published` is an ISO date."""

    id: str
    source: str
    start: int
    end: int
    title: str
    author: str | None = None
    translator: str | None = None
    outlet: str | None = None
    original_outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    kind: Kind | None = None
    body: tuple[Span, ...] = ()
    embedded: tuple[Embedded, ...] = ()

    @property
    def byline(self) -> str | None:
        """Who answers for the article by default: its author, or the outlet of an unsigned one."""
        return self.author or self.outlet

    @property
    def key(self) -> tuple[str, int]:
        """The order of articles: by source, then by place in it."""
        return (self.source, self.start)


@dataclass(frozen=True)
class Holder:
    """Whoever answers for a statement. `name` is canonical, None for `unnamed`; `mention` is the
    words for it.

    `role` is what the article says of them ("minister of works").
    """

    name: str | None
    mention: str | None
    type: HolderType
    role: str | None = None

    @property
    def is_individual(self) -> bool:
        """Whether this is a person or an author: a question that names a body is often about it,
        not for its words.
        """
        return self.type in ("person", "author")


@dataclass(frozen=True)
class Link:
    """One step of the way the words came: who, in which role, when (ISO date)."""

    name: str | None
    role: Role
    date: str | None = None


@dataclass(frozen=True)
class Statement:
    """A span of an article that somebody answers for. Its words are `source_text[start:end]`.

    `rule` names the pattern that found it, `resolved` the way its holder was found.
    """

    id: str
    article_id: str
    source: str
    start: int
    end: int
    holder: Holder
    form: Form
    chain: tuple[Link, ...]
    cue: str | None = None
    polarity: Polarity = "asserted"
    modality: Modality = "stated"
    parent_id: str | None = None
    confidence: float = 1.0
    language: str | None = None
    rule: str | None = None
    resolved: str | None = None

    def covers(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end

    def overlaps(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Passage:
    """What is embedded and retrieved: whole sentences of one voice's stretch of one article."""

    id: str
    article_id: str
    source: str
    start: int
    end: int
    text: str
    language: str | None
    statements: tuple[Statement, ...]

    def statement_at(self, start: int, end: int) -> Statement:
        """The innermost statement that covers a span of this passage; of equal ones the later,
        which is the child.
        """
        covering = [s for s in self.statements if s.covers(start, end)] or list(self.statements[:1])
        return min(reversed(covering), key=lambda s: s.end - s.start)

    def mostly_told(self, start: int, end: int) -> Statement:
        """The innermost statement that a span of this passage is about: at least three tenths of it
        lie in that, for "the keeper of the lock, Mara Orlen, said on Monday that it broke" is hers.
        """
        least = 0.3 * (end - start)
        statements = [s for s in self.statements if min(end, s.end) - max(start, s.start) >= least]
        return (
            min(reversed(statements), key=lambda s: s.end - s.start)
            if statements
            else self.statement_at(start, end)
        )


@dataclass(frozen=True)
class Source:
    """A text as it was given: `name` is how people see it, `origin` tells two files of one name
    apart (None: no file).
    """

    name: str
    text: str
    origin: str | None = None

    @cached_property
    def text_id(self) -> str:
        """The id of this very text under this name; an edited file has another."""
        return content_id(self.name, self.text)


@dataclass(frozen=True)
class Entry:
    """One article with everything that is stored of it.

    `fingerprint` changes whenever any of that would; `signature` tells copies of one piece in
    several places.
    """

    article: Article
    passages: tuple[Passage, ...]
    text_id: str
    fingerprint: str
    signature: str | None = None


def content_id(*parts: str) -> str:
    """A short id made of what a thing is, the same on every machine: 16 hex digits of SHA-256."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
