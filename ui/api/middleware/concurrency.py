"""How many questions are worked on at once, how many wait, and for how long."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.client.keys import ANYBODY, Caller
from vectorstore.errors import TooMany, TooSlow

_ASKING = re.compile(r"GET /v1/search|POST /(?:v1/(?:answers(?:/stream)?|chat/completions)|mcp)")
WAITING = 8  # times as many wait as are worked on
_LATER = 2  # seconds after which one who is turned away should come again
_OPEN = re.compile(r"GET /(?:mcp|gradio_api/heartbeat/[^/]+|gradio_api/queue/data)")
_MOST_OPEN, _MOST_OPEN_OF_ONE = 600, 200  # streams of events that stand open


class ConcurrencyLimit:
    """Gives each question its turn; one who would wait too long is told to come again instead of
    filling the memory.

    A question is read whole before it takes a turn, and one whose client has left while it waited
    takes none.
    """

    def __init__(self, app: ASGIApp, at_once: int, seconds: float) -> None:
        self._app = app
        self._line = WaitingLine(at_once)
        self._seconds = seconds
        self._open: Counter[Caller] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = f"{scope['method']} {scope['path']}" if scope["type"] == "http" else ""
        if _ASKING.fullmatch(asked):
            await self._in_turn(scope, receive, send)
        elif _OPEN.fullmatch(asked):
            await self._standing_open(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _standing_open(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A stream of events, of which each key may have so many at once."""
        caller = scope["state"].get("caller", ANYBODY)
        of_one = _MOST_OPEN if caller == ANYBODY else _MOST_OPEN_OF_ONE
        if self._open.total() >= _MOST_OPEN or self._open[caller] >= of_one:
            raise TooMany(
                f"{self._open.total()} streams stand open. Close pages that nobody looks at.",
                _LATER,
            )
        self._open[caller] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open[caller] -= 1

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole(receive)
        if body is None:
            return

        async def replayed() -> Message:
            return body.pop(0) if body else await receive()

        try:
            with anyio.fail_after(self._seconds):
                async with self._line.turn(scope["state"].get("caller", ANYBODY), receive) as came:
                    if came:
                        await self._app(scope, replayed, send)
        except TimeoutError as error:
            raise TooSlow(
                f"The request was not finished within {self._seconds:g} seconds. Try again, or ask"
                " less."
            ) from error


class WaitingLine:
    """So many at once, and a bounded number who wait, of whom one key has half at most."""

    def __init__(self, at_once: int) -> None:
        self._turns = anyio.Semaphore(at_once)
        self._there: Counter[Caller] = Counter()
        self._most = at_once * (1 + WAITING)

    @asynccontextmanager
    async def turn(self, caller: Caller, receive: Receive) -> AsyncIterator[bool]:
        """Waits for a turn, and gives whether it came before the client left. Raises TooMany where
        too many wait.
        """
        of_one = self._most if caller == ANYBODY else self._most // 2
        if self._there.total() >= self._most or self._there[caller] >= of_one:
            there = self._there.total()
            raise TooMany(
                f"The server is busy with {there} requests. Try again in {_LATER} seconds.", _LATER
            )
        self._there[caller] += 1
        try:
            came = await self._came(receive)
            try:
                yield came
            finally:
                if came:
                    self._turns.release()
        finally:
            self._there[caller] -= 1
            self._there += Counter()  # keeps nobody who is not there

    async def _came(self, receive: Receive) -> bool:
        """Whether a turn came before the client left."""
        came = False
        async with anyio.create_task_group() as waiting:

            async def take() -> None:
                nonlocal came
                await self._turns.acquire()
                came = True
                waiting.cancel_scope.cancel()

            async def leave() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                waiting.cancel_scope.cancel()

            waiting.start_soon(leave)
            waiting.start_soon(take)
        return came


async def _whole(receive: Receive) -> list[Message] | None:
    """The messages of a body; None where the client left before it was whole."""
    body = [await receive()]
    while body[-1]["type"] == "http.request" and body[-1].get("more_body", False):
        body.append(await receive())
    return body if body[-1]["type"] == "http.request" else None
