"""What is stated of an article, by whoever states it: its head, a file's metadata, a sidecar, a
flag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, get_args

from pydantic import ConfigDict

from vectorstore.language.detect import read_language
from vectorstore.language.normalise import fold, squeeze
from vectorstore.language.time.dates import read_date
from vectorstore.language.word_lists import PRONOUNS
from vectorstore.records import Kind

_LONGEST = 500  # characters of a fact; a title of more is none


@dataclass(frozen=True)
class Metadata:
    """The facts of one article; None is what nobody states. `published` is an ISO date."""

    title: str | None = None
    author: str | None = None
    translator: str | None = None
    outlet: str | None = None
    original_outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    kind: Kind | None = None

    __pydantic_config__ = ConfigDict(extra="forbid")

    def before(self, other: Metadata) -> Metadata:
        """These facts, and the other's where these say nothing."""
        missing = [field.name for field in fields(self) if getattr(self, field.name) is None]
        return replace(self, **{name: getattr(other, name) for name in missing})

    @classmethod
    def stated(cls, row: Mapping[str, Any]) -> Metadata:
        """The facts in a row of names and values; a list of authors is named one after the other.

        `date` says the same as `published`. A date or kind that cannot be read is not stated.
        """
        words = {field.name: _words(row.get(field.name)) for field in fields(cls)}
        published = read_date(_words(row.get("date")) or words["published"] or "")
        kind = words["kind"] if words["kind"] in get_args(Kind) else None
        author = None if words["author"] and fold(words["author"]) in PRONOUNS else words["author"]
        read = {
            "published": published,
            "kind": kind,
            "author": author,
            "language": read_language(words["language"]),
        }
        return cls(**{**words, **read})  # type: ignore[arg-type]


def _words(value: Any) -> str | None:
    values = value if isinstance(value, list) else [value]
    parts = [squeeze(str(part)) for part in values if isinstance(part, str | int | float | date)]
    return ", ".join(part for part in parts if part)[:_LONGEST] or None
