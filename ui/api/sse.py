"""Answers as they come, for whoever is still there to read them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from typing import Any

import anyio
from fastapi import Request
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from rag.answer import Answer, Event
from ui.schemas import event_data, to_json
from vectorstore.errors import RashomonError

Events = Generator[Event | Answer, None, None]


async def begun(events: Events) -> Events:
    """The same events once the first is there: what is wrong with a question is told as an error of
    its request.
    """
    return _from(await run_in_threadpool(next, events), events)


def _from(first: Event | Answer, events: Events) -> Events:
    yield first
    yield from events


async def while_there(request: Request, events: Events) -> AsyncIterator[Event | Answer]:
    """The events for as long as the client stays; the work on the next one is not begun when it has
    left.
    """
    try:
        async for event in iterate_in_threadpool(events):
            yield event
            if await request.is_disconnected():
                return
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(events.close)


async def answered(request: Request, events: Events) -> Answer | None:
    """The answer at the end of its events; None where the client has left before."""
    async for event in while_there(request, events):
        if isinstance(event, Answer):
            return event
    return None


async def server_sent(events: AsyncIterator[Event | Answer]) -> AsyncIterator[str]:
    """Events as the lines of a stream; an error in the middle is an event `error` with its
    sentence.
    """
    try:
        async for event in events:
            yield (
                _line("done", event)
                if isinstance(event, Answer)
                else _line(event.kind, event_data(event))
            )
    except RashomonError as error:
        yield _line("error", {"detail": str(error)})


def _line(kind: str, data: Any) -> str:
    return f"event: {kind}\ndata: {to_json(data)}\n\n"
