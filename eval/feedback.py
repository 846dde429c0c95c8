"""What people say of answers: kept as JSON lines, and proposed as questions of a suite for a person
to correct.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from eval.suite import ExpectedEvidence, Sample
from rag.answer import Answer
from vectorstore.errors import SuiteError, UsageError

REASONS = (
    "The wrong person",
    "The words do not support it",
    "A side is missing",
    "It should have said that it is not here",
    "It should have answered",
    "Something else",
)
# bytes of a line, and of the file: what is judged comes from a browser
LONGEST, LARGEST = 1_000_000, 100_000_000
_NOT_HERE, _HERE = REASONS[3], REASONS[4]


@dataclass(frozen=True)
class Feedback:
    """What somebody says of one answer, when (ISO), and the user's turns before its question."""

    at: str
    verdict: Literal["up", "down"]
    answer: Answer
    context: tuple[str, ...] = ()
    reason: str | None = None
    comment: str | None = None


def keep(path: Path, feedback: Feedback) -> None:
    """Adds a line to the file. Raises UsageError where it is longer than one is, or the file is
    full.
    """
    line = _adapter().dump_json(feedback) + b"\n"
    if len(line) > LONGEST or (path.exists() and path.stat().st_size + len(line) > LARGEST):
        raise UsageError(
            f"The feedback is not kept: a line has {LONGEST // 10**6} MB at most, and the file"
            f" {LARGEST // 10**6}. Move the file away where it is full."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:  # in one write, so that what was killed is at most the last line
        file.write(line)


def read_feedback(path: Path) -> list[Feedback]:
    """What was said, in its order; of one answer to one question only what was said last. Raises
    SuiteError.
    """
    try:
        # the rest of a write that was killed is passed over
        *lines, _ = path.read_bytes().split(b"\n")
        rows = [_adapter().validate_json(line) for line in lines if line.strip()]
    except (OSError, ValidationError) as error:
        raise SuiteError(
            f"The feedback cannot be read ({type(error).__name__}). Name a file that the chat has"
            " written.",
            path,
        ) from error
    return list({(row.answer.id, row.answer.text, row.context): row for row in rows}.values())


def proposed(feedback: Sequence[Feedback], texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The lines of a suite: its head, then a question for each, with the evidence that was cited
    and stands once in its source.
    """
    yield {"suite": "feedback"}
    for number, judgement in enumerate(feedback, 1):
        yield {
            key: value
            for key, value in asdict(_sample(number, judgement, texts)).items()
            if value not in ((), None)
        }


def _sample(number: int, judgement: Feedback, texts: Mapping[str, str]) -> Sample:
    answer = judgement.answer
    silent = judgement.reason == _NOT_HERE or (
        answer.status == "unanswered" and judgement.reason != _HERE
    )
    evidence = [
        ExpectedEvidence(c.source, c.quote)
        for c in answer.citations
        if texts.get(c.source, "").count(c.quote) == 1
    ]
    said = ": ".join(
        part
        for part in (f"thumbs {judgement.verdict}", judgement.reason, judgement.comment)
        if part
    )
    return Sample(
        id=f"f-{number}-{answer.id}",
        question=answer.question,
        answerable=not silent,
        context=judgement.context,
        type="feedback",
        language="ar" if answer.understood.language == "ar" else "en",
        evidence=() if silent else tuple(dict.fromkeys(evidence)),
        holders=() if silent else answer.holders,
        contested=bool(answer.disagreements) and not silent,
        note=said,
    )


@cache
def _adapter() -> TypeAdapter[Feedback]:
    return TypeAdapter(Feedback)
