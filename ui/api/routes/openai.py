"""The part of the HTTP API that speaks OpenAI's format, so that its clients work by another base
URL.

The answer is Markdown with its sources below; the whole answer, with citations, stands beside it as
`rashomon`.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from rag.answer import Answer, Event
from ui.api.documented import EVENT, TAGS, openai_problems
from ui.api.errors import openai_error
from ui.api.openai_requests import MODEL, AskedCompletion
from ui.api.routes.answers import LEFT
from ui.api.scopes import needs
from ui.api.sse import answered, begun, while_there
from ui.client.local import LocalClient
from ui.render.exports import sources_as_markdown
from ui.schemas import as_object, to_json
from vectorstore.errors import RashomonError
from vectorstore.language.token_count import count_tokens

_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}
_COMPLETION: dict[int | str, dict[str, Any]] = {
    200: {
        "description": (
            "A completion, or with `stream` its chunks. `rashomon` beside the choices is the whole"
            " answer."
        ),
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/event-stream": {"schema": EVENT},
        },
    }
}


def add_openai(api: FastAPI, client: LocalClient) -> None:
    """Gives an API the routes of OpenAI's format."""

    @api.get("/v1/models", tags=TAGS.openai, responses=openai_problems())
    @needs("ask")
    def list_models() -> dict[str, Any]:
        """The one model there is."""
        return {"object": "list", "data": [_MODEL]}

    @api.get(
        "/v1/models/{id:path}",
        response_model=None,
        tags=TAGS.openai,
        responses=openai_problems(404),
    )
    @needs("ask")
    def get_model(id: str) -> dict[str, Any] | Response:
        """The model of an id, if it is the one there is."""
        return _MODEL if id == MODEL else _no_model(id)

    @api.post(
        "/v1/chat/completions",
        response_model=None,
        tags=TAGS.openai,
        responses={**_COMPLETION, **openai_problems(400, 404, 504)},
    )
    @needs("ask")
    async def create_chat_completion(asked: AskedCompletion, request: Request) -> Response:
        """Answers the last message, in OpenAI's format, whole or as it comes."""
        if asked.model != MODEL:
            return _no_model(asked.model)
        question, history = asked.read()
        events = client.stream(question, history, asked.filters.read())
        if asked.stream:
            stream = while_there(request, await begun(events))
            return StreamingResponse(_streamed(stream, asked), media_type="text/event-stream")
        answer = await answered(request, events)
        if answer is None:
            return Response(status_code=LEFT)
        return JSONResponse(await run_in_threadpool(_completion, answer, asked))


def _no_model(id: str) -> Response:
    message = f"There is no model {id[:100]!r}. Use {MODEL!r}, which GET /v1/models lists."
    return JSONResponse(openai_error(404, "model_not_found", message), 404)


def _completion(answer: Answer, asked: AskedCompletion) -> dict[str, Any]:
    content = f"{answer.text}{_sources(answer)}"
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    completion = {**_head(answer.id, "chat.completion"), "choices": [choice]}
    return {**completion, "usage": _usage(asked, content), "rashomon": as_object(answer)}


async def _streamed(
    events: AsyncIterator[Event | Answer], asked: AskedCompletion
) -> AsyncIterator[str]:
    """An answer as chunks: its text as it comes, its sources, with the one that ends it the whole
    answer, and what was used where that is asked for.
    """
    id, used = uuid4().hex, {"usage": None} if asked.wants_usage else {}
    yield _chunk(id, {"role": "assistant", "content": ""}, **used)
    try:
        async for event in events:
            if isinstance(event, Answer):
                yield _chunk(id, {"content": _sources(event)}, **used)
                yield _chunk(id, {}, "stop", **used, rashomon=as_object(event))
                if asked.wants_usage:
                    usage = await run_in_threadpool(_usage, asked, f"{event.text}{_sources(event)}")
                    yield _line(
                        {**_head(id, "chat.completion.chunk"), "choices": [], "usage": usage}
                    )
            elif event.kind == "text":
                yield _chunk(id, {"content": str(event.data)}, **used)
    except RashomonError as error:
        yield _line(openai_error(503, "model", str(error)))
    yield "data: [DONE]\n\n"


def _usage(asked: AskedCompletion, content: str) -> dict[str, int]:
    """How many tokens were asked and told, of the texts of all messages and of the reply."""
    prompt, completion = (
        sum(count_tokens(message.text) for message in asked.messages),
        count_tokens(content),
    )
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


def _sources(answer: Answer) -> str:
    markdown = sources_as_markdown(answer)
    return f"\n\n{markdown}" if markdown else ""


def _chunk(id: str, delta: dict[str, str], reason: str | None = None, **more: Any) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
    return _line({**_head(id, "chat.completion.chunk"), "choices": [choice], **more})


def _line(data: dict[str, Any]) -> str:
    return f"data: {to_json(data)}\n\n"


def _head(id: str, kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{id}", "object": kind, "created": int(time.time()), "model": MODEL}
