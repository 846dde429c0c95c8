"""Other systems' answers: a file of JSON lines, or a server. What they leave out is filled in as
empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Required

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from eval.corpus_texts import Span
from eval.runs.run import Answered, System
from eval.suite import Sample, Suite
from rag.answer import Answer, Sentence, SentenceKind, Status
from rag.verification.verdict import MARKER, markers
from vectorstore.errors import RunError, ServerError
from vectorstore.language.sentences import sentences
from vectorstore.records import content_id

_ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)


class _Foreign(TypedDict, total=False):
    """What is looked at of a foreign answer before it is filled in; the rest is read as an answer's
    own.
    """

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    text: Required[str]
    status: Status | None
    sentences: list[dict[str, Any]] | None
    citations: list[_Cited] | None
    hits: tuple[Span, ...] | None


class _Cited(TypedDict):
    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    source: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    quote: str


_FOREIGN: TypeAdapter[Any] = TypeAdapter(_Foreign)


def from_file(path: Path, suite: Suite) -> System:
    """The answers of a file, one a line in the order of the suite.

    Raises RunError when the file cannot be read or has another number of answers.
    """
    try:
        rows = [
            json.loads(line)
            for line in path.read_text(encoding="utf-8").split("\n")
            if line.strip()
        ]
    except (OSError, ValueError) as error:
        raise RunError(
            f"The answers cannot be read ({type(error).__name__}). Name a file of JSON lines.", path
        ) from error
    if len(rows) != len(suite.samples):
        raise RunError(
            f"There are {len(rows)} answers for {len(suite.samples)} questions. One a line is"
            " needed.",
            path,
        )
    by_id = {sample.id: row for sample, row in zip(suite.samples, rows, strict=True)}
    return lambda sample: answered(sample, by_id[sample.id])


def from_server(url: str, seconds: float = 120) -> System:
    """A server that takes `{question, history}` as a POST at a URL and replies with an answer, as
    `/v1/answers` does.

    Raises ServerError for a question that it does not answer.
    """

    def ask(sample: Sample) -> Answered:
        import httpx

        turns = [{"role": "user", "content": turn} for turn in sample.context]
        try:
            reply = httpx.post(
                url, json={"question": sample.question, "history": turns}, timeout=seconds
            )
            reply.raise_for_status()
            return answered(sample, reply.json())
        except (httpx.HTTPError, ValueError) as error:
            raise ServerError(
                f"The server gave no answer ({type(error).__name__}).", f"{url}: {error}"
            ) from error

    return ask


def answered(sample: Sample, row: Mapping[str, Any]) -> Answered:
    """A foreign answer as ours. `text` is needed, and of each citation its source, start, end and
    quote.

    Without `sentences`, those of the text are claims, or gaps of an answer whose `status` is
    unanswered. Without `status` it is answered. `hits` are the passages that it found, if it tells.
    """
    try:
        foreign = _FOREIGN.validate_python(row)
        return Answered(
            sample.id, _ANSWER.validate_python(_whole(sample, foreign)), foreign.get("hits")
        )
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        about = f"`{where}`" if where else "the line"
        raise RunError(
            f"The answer to question {sample.id} cannot be read: {about}: {first['msg']}."
        ) from error


def _whole(sample: Sample, row: Mapping[str, Any]) -> dict[str, Any]:
    text = row["text"]
    status = row.get("status") or "answered"
    sentences = row.get("sentences") or _sentences(text, status == "unanswered")
    searched = {"corpus": "", "version": "", "articles": 0, "passages": 0, "filters": {}}
    empty = {
        "id": content_id(sample.id, text),
        "question": sample.question,
        "understood": {"question": sample.question, "language": sample.language},
        "status": status,
        "text": text,
        "viewpoints": (),
        "disagreements": (),
        "gaps": (),
        "searched": searched,
        "writer": "unknown",
    }
    cited = [
        _citation(number, cited_row)
        for number, cited_row in enumerate(row.get("citations") or (), 1)
    ]
    return {**empty, **row, "sentences": sentences, "citations": cited}


def _sentences(text: str, silent: bool) -> Sequence[Sentence]:
    parts: list[str] = []
    for start, end in sentences(text):
        part = text[start:end]
        # a marker after the full stop of a quotation belongs to it
        if parts and MARKER.match(part):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    # what is said without a source is still said
    unmarked: SentenceKind = "gap" if silent else "claim"
    return [Sentence(part, "claim" if markers(part) else unmarked, markers(part)) for part in parts]


def _citation(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    empty = dict.fromkeys(("author", "outlet", "published", "url", "language"))
    holder = {"name": None, "mention": None, "type": "unnamed"}
    return {
        "id": number,
        "article_id": "",
        "title": "",
        **empty,
        "holder": holder,
        "chain": (),
        "form": "author",
        **row,
    }
