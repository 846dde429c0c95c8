"""What a person has corrected of the facts of articles: who wrote a piece, where and when it came
out.

The facts lie beside the corpus under the article's id, so that they survive another ingest and
other rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from vectorstore.atomic_write import write_whole
from vectorstore.errors import CorrectionError
from vectorstore.language.detect import read_language
from vectorstore.language.normalise import squeeze
from vectorstore.records import Article, Kind
from vectorstore.yaml_files import NotYaml, read_yaml_file, shown, write_yaml

Given = Mapping[str, str | None]  # facts of an article by their names

FACTS = (
    "title",
    "author",
    "translator",
    "outlet",
    "original_outlet",
    "published",
    "url",
    "language",
    "kind",
)
LONGEST = {"url": 2000}  # characters of a fact
LONGEST_OTHER = 500
_HEAD = """\
# Facts of articles, as people have corrected them (PATCH /v1/articles/{id}). What stands here beats what was read.
# Each entry stands under its article's id; `called` is the title as it was read; null empties a fact. Remove a fact, or
# the entry, to withdraw it.
"""
_FIELDS = {"called", "made", "facts"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_UNWRITTEN = ("Cc", "Cs")  # controls, and halves of characters


@dataclass(frozen=True)
class FactCorrection:
    """The facts of an article that a person has given; None is one that was emptied.

    `called` is the title as it was read, for whoever looks into the file; `made` is the day (ISO).
    """

    article: str
    facts: Given
    called: str | None = None
    made: str | None = None


def checked(fact: str, value: str | None) -> str | None:
    """A value that a fact can have, on one line; None empties it. Raises ValueError where it cannot
    be.
    """
    if value is None:
        if fact == "title":
            raise ValueError("an article has a title")
        return None
    words, longest = squeeze(value), LONGEST.get(fact, LONGEST_OTHER)
    if (
        not words
        or len(words) > longest
        or any(unicodedata.category(sign) in _UNWRITTEN for sign in words)
    ):
        raise ValueError(f"must be words, of at most {longest} characters; null empties the fact")
    return _of_its_form(fact, words)


def _of_its_form(fact: str, words: str) -> str:
    if fact == "published" and not _is_day(words):
        raise ValueError(f"{words!r} is no ISO date, such as 2021-05-03")
    if fact == "kind" and words not in get_args(Kind):
        raise ValueError(f"{words!r} is no kind of article. There are: {', '.join(get_args(Kind))}")
    if fact == "url" and not _ADDRESS.fullmatch(words):
        raise ValueError(f"{words!r} is no address of a page, such as https://news.example/weir")
    if fact != "language":
        return words
    if (language := read_language(words)) is None:
        raise ValueError(f"{words!r} is no code of a language, such as en")
    return language


def _is_day(words: str) -> bool:
    try:
        return bool(_DAY.fullmatch(words)) and bool(date.fromisoformat(words))
    except ValueError:
        return False


def with_facts(article: Article, correction: FactCorrection) -> Article:
    """An article with the facts that a person has given."""
    facts: Mapping[str, Any] = correction.facts
    return replace(article, **facts)


def read_facts(path: Path) -> tuple[FactCorrection, ...]:
    """The facts of a YAML file, in order; none when there is no such file. Raises
    CorrectionError.
    """
    try:
        rows = read_yaml_file(path, distinct=True)
    except FileNotFoundError:
        return ()
    except NotYaml as error:
        raise CorrectionError(
            f"{path.name} cannot be read {error}. Correct it, or remove it.", path
        ) from error
    if not isinstance(rows, Mapping | None):
        raise CorrectionError(
            f"{path.name} must hold ids of articles, each followed by a colon. Correct it, or"
            " remove it.",
            path,
        )
    return tuple(_corrected(path, id, row) for id, row in (rows or {}).items())


def add_facts(path: Path, correction: FactCorrection) -> None:
    """Writes facts of an article into the file, over those that stand there of it already."""
    held = {earlier.article: earlier for earlier in read_facts(path)}
    old = held.get(correction.article, correction)
    held[correction.article] = FactCorrection(
        correction.article, {**old.facts, **correction.facts}, old.called, correction.made
    )
    _write(path, held.values())


def _write(path: Path, corrections: Iterable[FactCorrection]) -> None:
    rows = {
        correction.article: {
            "called": correction.called,
            "made": correction.made,
            "facts": dict(correction.facts),
        }
        for correction in corrections
    }
    write_whole(path, _HEAD + write_yaml(rows))


def _corrected(path: Path, id: object, row: object) -> FactCorrection:
    if not isinstance(id, str):
        raise CorrectionError(
            f"{path.name}: {shown(id)} is no id of an article. Put it in quotation marks, or"
            " remove it.",
            path,
        )
    facts = row.get("facts") if isinstance(row, Mapping) else None
    if not isinstance(row, Mapping) or not row.keys() <= _FIELDS or not isinstance(facts, Mapping):
        raise CorrectionError(
            f"{path.name}: {shown(id)} must have `facts`, and may have `called` and `made`."
            " Correct it.",
            path,
        )
    if not facts.keys() <= set(FACTS):
        raise CorrectionError(
            f"{path.name}: {shown(id)} may have the facts {', '.join(FACTS)} and no others."
            " Correct it.",
            path,
        )
    called, made = (
        None if row.get(name) is None else str(row[name]) for name in ("called", "made")
    )
    return FactCorrection(
        id, {fact: _value(path, id, fact, value) for fact, value in facts.items()}, called, made
    )


def _value(path: Path, id: str, fact: str, value: object) -> str | None:
    """A value as a person may write it: a day without quotation marks too."""
    plain = value.isoformat() if isinstance(value, date) else value
    try:
        if not isinstance(plain, str | None):
            raise ValueError("must be words. Put it in quotation marks")
        return checked(fact, plain)
    except ValueError as error:
        raise CorrectionError(
            f"{path.name}: the fact {fact!r} of {shown(id)}: {error}. Correct it, or remove it.",
            path,
        ) from error
