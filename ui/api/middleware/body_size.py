"""How much of a request is read, and for how long it is waited for."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.files import LARGEST
from ui.client.keys import ANYBODY, Caller
from vectorstore.errors import RequestRefused, SentTooSlowly, TooLarge, TooMany

_MB = 1024**2
_WORDS = _MB  # of a request that is read as JSON
_CALL = 16 * _MB  # of a call of the page, which brings what the browser keeps
_UPLOAD = LARGEST + _MB  # with the form around the file
_UPLOADS = ("/v1/articles", "/gradio_api/upload")
_AT_ONCE = 2048 * _MB  # of all requests that are being read, of which one key has half at most
_SILENT_SECONDS = 10.0  # between two pieces of a body
_FIRST_SECONDS = 20.0  # for a whole body, and longer for a large one:
_SLOWEST = 50_000  # bytes a second
_LATER = 5  # seconds after which one who is turned away should come again


class BodyLimit:
    """Refuses a request that says it has more bytes than are read, and ends one that has, or that
    comes too slowly.
    """

    def __init__(
        self,
        app: ASGIApp,
        silent_seconds: float = _SILENT_SECONDS,
        first_seconds: float = _FIRST_SECONDS,
    ) -> None:
        self._app = app
        self._silent, self._first = silent_seconds, first_seconds
        self._being_read: Counter[Caller] = Counter()  # bytes of bodies that are not whole yet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(_most(scope["path"]), scope["state"].get("caller", ANYBODY))
        stated = Headers(scope=scope).get("Content-Length", "")
        if stated.isdecimal() and int(stated[:20]) > body.most:
            raise _too_large(body.most)

        async def counted() -> Message:
            if body.whole:
                return await receive()
            try:
                message = await self._within_time(receive, body)
                self._count(body, message)
            except RequestRefused as refused:
                body.refused = refused
                raise
            return message

        async def sent(message: Message) -> None:
            # what the framework makes of the error inside is not what is told
            if body.refused is None:
                await send(message)

        try:
            await self._app(scope, counted, sent)
        finally:
            self._being_read[body.caller] -= body.held
            if body.refused is not None:
                raise body.refused

    async def _within_time(self, receive: Receive, body: _Body) -> Message:
        """The next piece of a body. Raises SentTooSlowly where it does not come, or where all of it
        takes too long.
        """
        left = self._first + body.read / _SLOWEST - (time.monotonic() - body.began)
        with anyio.move_on_after(max(0.0, min(self._silent, left))):
            return await receive()
        raise SentTooSlowly(
            f"The request was not sent within its time: {self._silent:g} seconds between two pieces"
            f" of it, and {self._first:g} seconds for all of it, or {_SLOWEST // 1000} KB a second."
            " Send it again."
        )

    def _count(self, body: _Body, message: Message) -> None:
        size = len(message.get("body", b""))
        body.read += size
        body.whole = not message.get("more_body", False)
        held = 0 if body.whole else body.read
        self._being_read[body.caller] += held - body.held
        body.held = held
        if body.read > body.most:
            raise _too_large(body.most)
        of_one = _AT_ONCE if body.caller == ANYBODY else _AT_ONCE // 2
        if self._being_read.total() > _AT_ONCE or self._being_read[body.caller] > of_one:
            raise TooMany(
                "The server is busy with what others send. Try again in 5 seconds.", _LATER
            )


@dataclass
class _Body:
    """How far a body of somebody is, in bytes: `most` may come, `read` came, `held` of them count
    while it is not `whole`.
    """

    most: int
    caller: Caller
    read: int = 0
    held: int = 0
    whole: bool = False
    began: float = 0.0
    refused: RequestRefused | None = None

    def __post_init__(self) -> None:
        self.began = time.monotonic()


def _most(path: str) -> int:
    """How many bytes of a request to a path are read."""
    if path in _UPLOADS:
        return _UPLOAD
    return _CALL if path.startswith("/gradio_api/") else _WORDS


def _too_large(most: int) -> TooLarge:
    return TooLarge(
        f"The request has more than {most // _MB} MB, which is the most that is read. Send less at"
        " once."
    )
