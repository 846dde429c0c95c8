"""How many bytes of a request are read."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.files import LARGEST
from vectorstore.errors import TooLarge

_WORDS = 1024**2  # bytes of a request that is read as JSON
_UPLOAD = LARGEST + _WORDS  # with the form around the file


class Sizes:
    """Refuses a request that says it has more bytes than are read, and ends one that has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most, count, over = _most(scope["path"]), 0, False
        stated = Headers(scope=scope).get("Content-Length", "")
        if stated.isdecimal() and int(stated[:20]) > most:
            raise _too_large(most)

        async def counted() -> Message:
            nonlocal count, over
            message = await receive()
            count += len(message.get("body", b""))
            if count > most:
                over = True
                raise _too_large(most)
            return message

        async def sent(message: Message) -> None:
            if not over:  # what the framework makes of the error inside is not what is told
                await send(message)

        try:
            await self._app(scope, counted, sent)
        finally:
            if over:
                raise _too_large(most)


def _most(path: str) -> int:
    return _WORDS if path.startswith(("/v1/", "/mcp")) and path != "/v1/articles" else _UPLOAD


def _too_large(most: int) -> TooLarge:
    return TooLarge(
        f"The request has more than {most // _WORDS} MB, which is the most that is read. Send less at once."
    )
