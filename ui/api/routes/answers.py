"""The routes that answer: whole, as a stream, and the passages alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from rag.answer import Answer, Turn
from ui.api.documented import ANSWER, STREAM, TAGS, problems
from ui.api.requests import AskedQuestion, AskedSearch
from ui.api.scopes import needs
from ui.api.sse import answered, begun, server_sent, while_there
from ui.client.local import LocalClient
from ui.render.terminal.answer import terminal_answer
from ui.schemas import SearchRow

LEFT = 499  # what is noted where nobody is there any more to reply to


def add_answers(api: FastAPI, client: LocalClient) -> None:
    """Gives an API the routes that answer."""

    @api.post(
        "/v1/answers",
        response_model=Answer,
        tags=TAGS.ask,
        responses={**ANSWER, **problems(400, 422, 504)},
    )
    @needs("ask")
    async def ask(asked: AskedQuestion, request: Request) -> Answer | Response:
        """Answers a question; a corpus that is silent gives the status `unanswered`. With `Accept:
        text/plain` it comes as lines for a terminal.
        """
        answer = await answered(
            request, client.stream(asked.question, asked.history, asked.filters.read())
        )
        if answer is None:
            return Response(status_code=LEFT)
        return PlainTextResponse(terminal_answer(answer)) if _wants_lines(request) else answer

    @api.post(
        "/v1/answers/stream",
        response_class=StreamingResponse,
        tags=TAGS.ask,
        responses={**STREAM, **problems(400, 422, 504)},
    )
    @needs("ask")
    async def stream_answer(asked: AskedQuestion, request: Request) -> StreamingResponse:
        """The same as server-sent events: `understood`, `viewpoint`, `citation`, `text`, and `done`
        with the answer.
        """
        events = await begun(client.stream(asked.question, asked.history, asked.filters.read()))
        return StreamingResponse(
            server_sent(while_there(request, events)), media_type="text/event-stream"
        )

    @api.get("/v1/search", tags=TAGS.ask, responses=problems(422, 504))
    @needs("ask")
    async def search(asked: Annotated[AskedSearch, Query()]) -> SearchRow:
        """The passages nearest to a question, best first."""
        turns = [Turn("user", turn) for turn in asked.before]
        return await run_in_threadpool(client.search, asked.q, asked.k, asked.read(), turns)


def _wants_lines(request: Request) -> bool:
    """Whether plain text is what a client names first."""
    return request.headers.get("accept", "").split(",")[0].split(";")[0].strip() == "text/plain"
