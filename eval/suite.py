"""Suites: JSON lines of questions with what a right answer must show.

The first line names the suite and the corpus it is about: `{"suite": "sample", "corpus":
"sample"}`; without `corpus`, the corpus that the settings name. Each further line is a question.
`rashomon eval check SUITE` tells every mistake.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from vectorstore.errors import SuiteError

_Part = TypeVar("_Part")
_Several = Annotated[tuple[_Part, ...], BeforeValidator(lambda told: told or ())]  # null is none
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class ExpectedEvidence:
    """Words of a source that a right answer cites."""

    source: str
    quote: Annotated[str, Field(min_length=1)]

    __pydantic_config__ = _STRICT


@dataclass(frozen=True)
class Sample:
    """One question: the evidence and the holders its answer must show; none of either when it is
    not answerable.

    `context` are the user's turns before it, `type` groups questions in reports. The premise of a
    `false_premise` question does not hold; its evidence says so. `contested` are questions on which
    the sources disagree. `note` is for whoever corrects the suite.
    """

    id: str
    question: str
    answerable: bool
    context: _Several[str] = ()
    type: str = "full"
    language: Literal["en", "ar"] = "en"
    evidence: _Several[ExpectedEvidence] = ()
    holders: _Several[str] = ()
    contested: bool = False
    note: str | None = None

    __pydantic_config__ = _STRICT

    @property
    def has_false_premise(self) -> bool:
        return self.type == "false_premise"


@dataclass(frozen=True)
class Suite:
    """Questions about one corpus; `corpus` is "sample" for the bundled one, None for the one that
    is set.
    """

    name: str
    corpus: str | None
    samples: tuple[Sample, ...]


@dataclass(frozen=True)
class _Head:
    suite: str
    corpus: str | None = None

    __pydantic_config__ = _STRICT


def read_suite(path: Path) -> Suite:
    """The suite of a file. Raises SuiteError with the line number of its first mistake."""
    suite, mistakes = _read(path)
    if mistakes:
        raise SuiteError(f"The suite has a mistake at {mistakes[0]}", path)
    assert suite is not None
    return suite


def mistakes_in(path: Path, texts: Mapping[str, str] | None = None) -> list[str]:
    """Every mistake in a file, each with its line number; with the source texts, also evidence that
    is not there.

    Raises SuiteError when the file cannot be read.
    """
    suite, mistakes = _read(path)
    if suite is not None and texts is not None:
        lines = [number for number, line in enumerate(_lines(path), 1) if line.strip()][1:]
        for number, sample in zip(lines, suite.samples, strict=True):
            mistakes += [f"line {number}: {fault}" for fault in _misplaced(sample, texts)]
    return mistakes


def suite_schema() -> dict[str, Any]:
    """The JSON Schema of a question's line."""
    return _adapter(Sample).json_schema()


def _read(path: Path) -> tuple[Suite | None, list[str]]:
    rows: list[tuple[int, Any]] = []
    mistakes: list[str] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        kind: Any = Sample if rows or mistakes else _Head
        try:
            rows.append((number, _adapter(kind).validate_python(_object(line))))
        except (ValidationError, ValueError) as error:
            mistakes.append(f"line {number}: {_told(error, kind)}")
    if not rows and not mistakes:
        mistakes.append(
            'line 1: the file is empty. The first line names the suite, such as {"suite": "mine"}.'
        )
    samples = [(number, row) for number, row in rows if isinstance(row, Sample)]
    mistakes += [
        f"line {number}: {fault}" for number, row in samples for fault in _contradictions(row)
    ]
    mistakes += list(_twice(samples))
    if not mistakes and not samples:
        mistakes.append("line 2: there is no question. Add one a line below the first.")
    head = rows[0][1] if rows else None
    if mistakes or not isinstance(head, _Head):
        return None, mistakes
    return Suite(head.suite, head.corpus, tuple(row for _, row in samples)), []


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(
            f"The suite cannot be read ({type(error).__name__}). Name a UTF-8 file of JSON lines.",
            path,
        ) from error


def _object(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise ValueError(f"this is not JSON ({error}).") from error


def _told(error: Exception, kind: type) -> str:
    """The first thing that is wrong with a line, and with which part of it."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    what = (
        'the first line must name the suite, such as {"suite": "mine"}'
        if kind is _Head
        else "`" + where + "`"
    )
    return f"{what}: {first['msg']}."


def _contradictions(sample: Sample) -> Iterator[str]:
    """What a question says that cannot be."""
    if not sample.question.strip():
        yield "the question is empty."
    if sample.answerable and not sample.evidence:
        yield (
            "it is answerable and names no evidence. Add the words that answer it, or set"
            " `answerable` to false."
        )
    if not sample.answerable and (sample.evidence or sample.holders or sample.contested):
        yield "it is not answerable, so it has no evidence, no holders and is not contested."


def _twice(samples: list[tuple[int, Sample]]) -> Iterator[str]:
    first: dict[str, int] = {}
    for number, sample in samples:
        if sample.id in first:
            yield f"line {number}: the id {sample.id} stands on line {first[sample.id]} already."
        first.setdefault(sample.id, number)


def _misplaced(sample: Sample, texts: Mapping[str, str]) -> Iterator[str]:
    """Evidence that does not stand exactly once in its source."""
    for piece in sample.evidence:
        count = texts.get(piece.source, "").count(piece.quote)
        if piece.source not in texts:
            yield f"the corpus has no source {piece.source}."
        elif count != 1:
            yield f"“{piece.quote[:60]}” stands {count} times in {piece.source}; once is needed."


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
