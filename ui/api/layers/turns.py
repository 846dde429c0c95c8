"""How many requests are worked on at once, how many wait, and for how long."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.types import ASGIApp, Receive, Scope, Send

from vectorstore.errors import TooMany, TooSlow

_ASKING = re.compile(r"GET /v1/search|POST /(?:v1/(?:answers(?:/stream)?|chat/completions)|mcp)")
_UPLOADING = "POST /v1/articles"
_UPLOADS_AT_ONCE = 8  # each holds its file in memory
WAITING = 8  # times as many wait as are worked on
_UPLOAD_SECONDS = 3600  # for a large file on a thin line
_LATER = 2  # seconds after which one who is turned away should come again


class Turns:
    """Gives each question its turn; one who would wait too long is told to come again instead of filling the memory."""

    def __init__(self, app: ASGIApp, at_once: int, seconds: float) -> None:
        self._app = app
        self._asking, self._uploading = Line(at_once), Line(_UPLOADS_AT_ONCE)
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = f"{scope['method']} {scope['path']}" if scope["type"] == "http" else ""
        if _ASKING.fullmatch(asked):
            await self._in_turn(self._asking, self._seconds, scope, receive, send)
        elif asked == _UPLOADING:
            await self._in_turn(self._uploading, _UPLOAD_SECONDS, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _in_turn(self, line: Line, seconds: float, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with anyio.fail_after(seconds):
                async with line.turn():
                    await self._app(scope, receive, send)
        except TimeoutError as error:
            raise TooSlow(
                f"The request was not finished within {seconds:g} seconds. Try again, or ask less."
            ) from error


class Line:
    """So many at once, and a bounded number who wait."""

    def __init__(self, at_once: int) -> None:
        self._turns = anyio.Semaphore(at_once)
        self._there, self._most = 0, at_once * (1 + WAITING)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for a turn. Raises TooMany where too many wait."""
        if self._there >= self._most:
            raise TooMany(f"The server is busy with {self._there} requests. Try again in {_LATER} seconds.", _LATER)
        self._there += 1
        try:
            async with self._turns:
                yield
        finally:
            self._there -= 1
