"""The part of the HTTP API that speaks OpenAI's format, so that its clients work by another base URL.

The answer is Markdown with its sources below; the whole answer, with citations, stands beside it as `rashomon`. What a
client sets of temperature, tokens and the like has no meaning here and is passed over.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from rag.answer import Answer, Event, Turn
from ui.api.answers import LEFT
from ui.api.asked import AskedFilters
from ui.api.described import EVENT, TAGS
from ui.api.problems import openai_error
from ui.api.scopes import needs
from ui.api.streaming import answered, begun, while_there
from ui.client import LocalClient
from ui.render.exports import sources_as_markdown
from ui.wire import as_object, to_json
from vectorstore.errors import RashomonError, UsageError

MODEL = "rashomon"
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A completion, or with `stream` its chunks. `rashomon` beside the choices is the whole answer.",
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/event-stream": {"schema": EVENT},
        },
    },
    **{
        status: {
            "description": "An error in OpenAI's form.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
        for status in (400, 401, 403, 413, 429, 503, 504)
    },
}


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

    messages: Annotated[
        list[Message],
        Field(
            max_length=200, examples=[[{"role": "user", "content": "Who ordered the gates of the dam to be opened?"}]]
        ),
    ]
    model: str = MODEL
    stream: bool = False
    filters: AskedFilters = AskedFilters()


def add_openai(api: FastAPI, client: LocalClient) -> None:
    """Gives an API the routes of OpenAI's format."""

    @api.get("/v1/models", tags=TAGS.openai)
    @needs("ask")
    def models() -> dict[str, Any]:
        """The one model there is."""
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}

    @api.post("/v1/chat/completions", response_model=None, tags=TAGS.openai, responses=_RESPONSES)
    @needs("ask")
    async def complete(asked: AskedCompletion, request: Request) -> Response:
        """Answers the last message, in OpenAI's format, whole or as it comes."""
        question, history = _read(asked)
        events = client.stream(question, history, asked.filters.read())
        if asked.stream:
            told = while_there(request, await begun(events))
            return StreamingResponse(_streamed(told), media_type="text/event-stream")
        answer = await answered(request, events)
        return JSONResponse(_completion(answer)) if answer else Response(status_code=LEFT)


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


async def _streamed(events: AsyncIterator[Event | Answer]) -> AsyncIterator[str]:
    """An answer as chunks: its text as it comes, its sources, and with the last one the whole answer."""
    id = uuid4().hex
    yield _chunk(id, {"role": "assistant", "content": ""})
    try:
        async for event in events:
            if isinstance(event, Answer):
                yield _chunk(id, {"content": _sources(event)})
                yield _chunk(id, {}, "stop", rashomon=as_object(event))
            elif event.kind == "text":
                yield _chunk(id, {"content": str(event.data)})
    except RashomonError as error:
        yield _line(openai_error(503, "model", str(error)))
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
