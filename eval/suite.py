"""Suites: JSON lines of questions with what a right answer must show.

The first line names the suite and the corpus it is about: `{"suite": "sample", "corpus": "sample"}`; without `corpus`,
the corpus that the settings name. Each further line is a question.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vectorstore.errors import SuiteError


@dataclass(frozen=True)
class Evidence:
    """Words of a source that a right answer cites."""

    source: str
    quote: str


@dataclass(frozen=True)
class Sample:
    """One question: the evidence and the holders its answer must show; none of either when it is not answerable."""

    id: str
    question: str
    answerable: bool
    context: tuple[str, ...] = ()
    type: str = "full"
    language: str = "en"
    evidence: tuple[Evidence, ...] = ()
    holders: tuple[str, ...] = ()
    contested: bool = False


@dataclass(frozen=True)
class Suite:
    """Questions about one corpus; `corpus` is "sample" for the bundled one, None for the one that is set."""

    name: str
    corpus: str | None
    samples: tuple[Sample, ...]


def read_suite(path: Path) -> Suite:
    """The suite of a file. Raises SuiteError with the line number of a mistake."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError(
            f"The suite {path} cannot be read ({type(error).__name__}). Name a UTF-8 file of JSON lines."
        ) from error
    rows = [(number, _object(path, number, line)) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows or "suite" not in rows[0][1]:
        raise SuiteError(f'{path}: the first line must name the suite, such as {{"suite": "mine"}}.')
    samples = tuple(_sample(path, number, row) for number, row in rows[1:])
    if not samples:
        raise SuiteError(f"{path} holds no question. Add one a line below the first.")
    return Suite(rows[0][1]["suite"], rows[0][1].get("corpus"), samples)


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise SuiteError(f"{path}, line {number}: this is not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise SuiteError(f"{path}, line {number}: a line must be a JSON object.")
    return row


def _sample(path: Path, number: int, row: dict[str, Any]) -> Sample:
    try:
        return Sample(
            id=str(row["id"]),
            question=row["question"],
            answerable=bool(row["answerable"]),
            context=tuple(row.get("context") or ()),
            type=row.get("type", "full"),
            language=row.get("language", "en"),
            evidence=tuple(Evidence(piece["source"], piece["quote"]) for piece in row.get("evidence") or ()),
            holders=tuple(row.get("holders") or ()),
            contested=bool(row.get("contested")),
        )
    except (KeyError, TypeError) as error:
        raise SuiteError(
            f"{path}, line {number}: a question needs `id`, `question` and `answerable`, "
            f"and its evidence `source` and `quote` ({error})."
        ) from error
