"""Runs as files: JSON lines, packed when the name ends in .gz. A file has all that scoring needs,
and can be gone on with when the run that wrote it was stopped.
"""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from pydantic import TypeAdapter, ValidationError

from eval.corpus_texts import CorpusTexts, Voice
from eval.runs.run import Answered, Run
from eval.suite import Sample, Suite
from vectorstore.atomic_write import written_aside
from vectorstore.errors import RunError

FORMAT = 1
_EVERY = 5.0  # seconds


@dataclass(frozen=True)
class Head:
    """What a run is of: a file that is gone on with must have the same."""

    format: int
    suite: str
    system: str
    version: str
    material: str


@dataclass(frozen=True)
class _Text:
    source: str
    text: str
    voices: tuple[Voice, ...]


class Keeper:
    """Writes a run while it is made, every few seconds and when it is whole."""

    def __init__(self, path: Path, suite: Suite, head: Head, material: CorpusTexts) -> None:
        """Raises RunError when the file holds another run, or cannot be written."""
        self.known: dict[str, Answered] = {}
        self._path, self._head, self._samples, self._material = path, head, suite.samples, material
        self._written = float("-inf")
        if path.exists():
            had, samples, self.known, _ = _open(path)
            if (had, samples) != (head, suite.samples):
                raise RunError(
                    f"The file holds another run ({had.suite}, {had.system}). Name another, or"
                    " remove it.",
                    path,
                )

    def __call__(self, answered: Answered) -> None:
        """Keeps one more answer."""
        self.known[answered.id] = answered
        if len(self.known) == len(self._samples) or time.monotonic() - self._written > _EVERY:
            self.write()
            self._written = time.monotonic()

    def write(self) -> None:
        """Writes what is known so far, whole, in the order of the suite: a file that is read is
        never half a run.
        """
        ordered = (self.known[sample.id] for sample in self._samples if sample.id in self.known)
        _write(self._path, _lines(self._head, self._material, self._samples, ordered))


def head_of(run: Run) -> Head:
    return Head(FORMAT, run.suite, run.system, run.version, run.material.fingerprint)


def write_run(path: Path, run: Run) -> None:
    """Writes a whole run; equal runs give equal bytes."""
    _write(path, _lines(head_of(run), run.material, run.samples, run.answered))


def read_run(path: Path) -> Run:
    """The run of a file. Raises RunError when it cannot be read or is not complete."""
    head, samples, answered, material = _open(path)
    missing = [sample.id for sample in samples if sample.id not in answered]
    if missing:
        raise RunError(
            f"The run is not complete: {len(missing)} questions are not answered. Run it again to"
            " go on.",
            path,
        )
    ordered = tuple(answered[sample.id] for sample in samples)
    return Run(head.suite, head.system, head.version, samples, ordered, material)


def _lines(
    head: Head, material: CorpusTexts, samples: Iterable[Sample], answered: Iterable[Answered]
) -> Iterator[str]:
    yield _dumped("run", asdict(head))
    for name in sorted(material.texts):
        yield _dumped(
            "text", asdict(_Text(name, material.texts[name], material.voices.get(name, ())))
        )
    yield from (_dumped("question", asdict(sample)) for sample in samples)
    yield from (_dumped("answered", asdict(row)) for row in answered)


def _dumped(kind: str, row: Mapping[str, Any]) -> str:
    return json.dumps({kind: row}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write(path: Path, lines: Iterator[str]) -> None:
    content = "".join(lines).encode()
    packed = gzip.compress(content, mtime=0) if path.suffix == ".gz" else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_aside(path) as aside:
            aside.write_bytes(packed)
    except OSError as error:
        raise RunError(
            f"The run cannot be written: {error.strerror}. Name another file.", path
        ) from error


def _open(path: Path) -> tuple[Head, tuple[Sample, ...], dict[str, Answered], CorpusTexts]:
    rows = list(_rows(path))
    try:
        head = _adapter(Head).validate_python(rows[0]["run"])
        samples = tuple(
            _adapter(Sample).validate_python(row["question"]) for row in rows if "question" in row
        )
        texts = [_adapter(_Text).validate_python(row["text"]) for row in rows if "text" in row]
        answered = [
            _adapter(Answered).validate_python(row["answered"]) for row in rows if "answered" in row
        ]
    except (IndexError, KeyError, TypeError, ValidationError) as error:
        raise RunError(
            "The file is no run of `rashomon eval run --save`. Make one, or name another file.",
            path,
        ) from error
    if head.format != FORMAT:
        raise RunError(
            f"The run has format {head.format}, and this version reads {FORMAT}. Make the run"
            " again.",
            path,
        )
    material = CorpusTexts(
        {text.source: text.text for text in texts}, {text.source: text.voices for text in texts}
    )
    if head.material != material.fingerprint or not samples:
        raise RunError("The run is not whole: texts or questions are missing. Make it again.", path)
    return head, samples, {answer_row.id: answer_row for answer_row in answered}, material


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with _opened(path) as lines:
            yield from (json.loads(line) for line in lines if line.strip())
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise RunError(
            f"The run cannot be read ({type(error).__name__}). Name a file of a run.", path
        ) from error


def _opened(path: Path) -> IO[str]:
    return (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8")
    )


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
