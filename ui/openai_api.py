"""The part of the HTTP API that speaks OpenAI's format, so that its clients work by another base URL.

The answer is Markdown with its sources below; the whole answer, with citations, stands beside it as `rashomon`. What a
client sets of temperature, tokens and the like has no meaning here and is passed over.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import FastAPI
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field

from rag.answer import Answer, Event, Turn
from ui.asked import AskedFilters
from ui.client import LocalClient
from ui.render.exports import sources_as_markdown
from ui.wire import as_object, to_json
from vectorstore.errors import RashomonError, UsageError

MODEL = "rashomon"


class Part(BaseModel):
    """A piece of a message; only text is read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of a conversation, in one string or in parts."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class AskedCompletion(BaseModel):
    """A conversation whose last message is the question."""

    messages: Annotated[list[Message], Field(max_length=200)]
    model: str = MODEL
    stream: bool = False
    filters: AskedFilters = AskedFilters()


def add_openai(api: FastAPI, client: LocalClient) -> None:
    """Gives an API the routes of OpenAI's format."""

    @api.get("/v1/models")
    def models() -> dict[str, Any]:
        """The one model there is."""
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}

    @api.post("/v1/chat/completions", response_model=None)
    def complete(asked: AskedCompletion) -> JSONResponse | StreamingResponse:
        """Answers the last message, in OpenAI's format, whole or as it comes."""
        try:
            question, history = _read(asked)
            filters = asked.filters.read()
            if not asked.stream:
                return JSONResponse(_completion(client.answer(question, history, filters)))
            told = client.stream(question, history, filters)
            first = next(told)  # what is wrong with the question is an error of the request
        except UsageError as error:
            return JSONResponse(_error(error), 400)
        return StreamingResponse(_streamed(chain([first], told)), media_type="text/event-stream")


def _read(asked: AskedCompletion) -> tuple[str, list[Turn]]:
    """The question, and the messages before it. Raises UsageError where the last message is no question."""
    if asked.model != MODEL:
        raise UsageError(f"There is no model {asked.model!r}. Use {MODEL!r}, which GET /v1/models lists.")
    if not asked.messages or asked.messages[-1].role != "user":
        raise UsageError("The last message must be the user's, with the question.")
    before = [message for message in asked.messages[:-1] if message.role in ("user", "assistant")]
    return asked.messages[-1].text, [Turn(message.role, message.text) for message in before]  # type: ignore[arg-type]


def _completion(answer: Answer) -> dict[str, Any]:
    message = {"role": "assistant", "content": f"{answer.text}{_sources(answer)}"}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {**_head(answer.id, "chat.completion"), "choices": [choice], "rashomon": as_object(answer)}


def _streamed(events: Iterator[Event | Answer]) -> Iterator[str]:
    """An answer as chunks: its text as it comes, its sources, and with the last one the whole answer."""
    id = uuid4().hex
    yield _chunk(id, {"role": "assistant", "content": ""})
    try:
        for event in events:
            if isinstance(event, Answer):
                yield _chunk(id, {"content": _sources(event)})
                yield _chunk(id, {}, "stop", rashomon=as_object(event))
            elif event.kind == "text":
                yield _chunk(id, {"content": str(event.data)})
    except RashomonError as error:
        yield _line(_error(error))
    yield "data: [DONE]\n\n"


def _sources(answer: Answer) -> str:
    told = sources_as_markdown(answer)
    return f"\n\n{told}" if told else ""


def _chunk(id: str, delta: dict[str, str], reason: str | None = None, **more: Any) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
    return _line({**_head(id, "chat.completion.chunk"), "choices": [choice], **more})


def _line(data: dict[str, Any]) -> str:
    return f"data: {to_json(data)}\n\n"


def _head(id: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{id}", "object": kind, "created": int(time.time()), "model": MODEL}


def _error(error: RashomonError) -> dict[str, Any]:
    """An error as OpenAI's clients read it."""
    return {"error": {"message": str(error), "type": "invalid_request_error", "param": None, "code": None}}
