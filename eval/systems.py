"""Other systems' answers: a file of JSON lines, or a server. What they leave out is filled in as empty."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.material import Span
from eval.run import Answered, System
from eval.suite import Sample, Suite
from rag.answer import Answer, Sentence
from rag.support import MARKER, markers
from vectorstore.errors import RunError, ServerError
from vectorstore.language.sentences import sentences
from vectorstore.records import content_id

_ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
_SPAN: TypeAdapter[Span] = TypeAdapter(Span)


def from_file(path: Path, suite: Suite) -> System:
    """The answers of a file, one a line in the order of the suite, or each with the `id` of its question.

    Raises RunError when the file cannot be read or has another number of answers.
    """
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise RunError(
            f"The answers {path} cannot be read ({type(error).__name__}). Name a file of JSON lines."
        ) from error
    if len(rows) != len(suite.samples):
        raise RunError(f"{path} has {len(rows)} answers for {len(suite.samples)} questions. One a line is needed.")
    by_id = {sample.id: row for sample, row in zip(suite.samples, rows, strict=True)}
    by_id |= {row["sample_id"]: row for row in rows if "sample_id" in row}
    return lambda sample: answered(sample, by_id[sample.id])


def from_server(url: str, seconds: float = 120) -> System:
    """A server that takes `{question, history}` as a POST at a URL and replies with an answer, as `/v1/answers` does.

    Raises ServerError for a question that it does not answer.
    """

    def ask(sample: Sample) -> Answered:
        import httpx

        turns = [{"role": "user", "content": turn} for turn in sample.context]
        try:
            reply = httpx.post(url, json={"question": sample.question, "history": turns}, timeout=seconds)
            reply.raise_for_status()
            return answered(sample, reply.json())
        except (httpx.HTTPError, ValueError) as error:
            raise ServerError(f"{url} gave no answer: {error}") from error

    return ask


def answered(sample: Sample, row: Mapping[str, Any]) -> Answered:
    """A foreign answer as ours. `text` is needed, and of each citation its source, start, end and quote.

    Without `sentences`, those of the text are claims where they carry markers. Without `status` it is answered when it
    claims anything. `hits` are the passages that it found, if it tells.
    """
    try:
        hits = row.get("hits")
        found = None if hits is None else tuple(_SPAN.validate_python(hit) for hit in hits)
        return Answered(sample.id, _ANSWER.validate_python(_whole(sample, row)), found)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RunError(f"The answer to question {sample.id} cannot be read: `{where}`: {first['msg']}.") from error


def _whole(sample: Sample, row: Mapping[str, Any]) -> dict[str, Any]:
    text = row.get("text", "")
    told = row.get("sentences") or _sentences(text)
    searched = {"corpus": "", "version": "", "articles": 0, "passages": 0, "filters": {}}
    empty = {
        "id": content_id(sample.id, text),
        "question": sample.question,
        "understood": {"question": sample.question, "language": sample.language},
        "status": "answered" if any(_is_claim(one) for one in told) else "unanswered",
        "text": text,
        "viewpoints": (),
        "disagreements": (),
        "gaps": (),
        "searched": searched,
        "writer": "unknown",
    }
    cited = [_citation(number, one) for number, one in enumerate(row.get("citations") or (), 1)]
    return {**empty, **row, "sentences": told, "citations": cited}


def _sentences(text: str) -> Sequence[Sentence]:
    parts: list[str] = []
    for start, end in sentences(text):
        part = text[start:end]
        if parts and MARKER.match(part):  # a marker after the full stop of a quotation belongs to it
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return [Sentence(part, "claim" if markers(part) else "summary", markers(part)) for part in parts]


def _is_claim(sentence: Any) -> bool:
    kind = sentence.kind if isinstance(sentence, Sentence) else sentence.get("kind")
    return bool(kind == "claim")


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
