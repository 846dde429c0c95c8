"""What is read again is sent again only where it has changed: ETag and If-None-Match (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vectorstore.records import content_id

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

_MARK = "is_tagged"
_TAG = re.compile(r'"[^"]*"|\*')


def tagged(endpoint: Endpoint) -> Endpoint:
    """Marks an endpoint whose replies get an ETag; it stands below `@api.get(...)`."""
    setattr(endpoint, _MARK, True)
    return endpoint


def is_tagged(endpoint: object) -> bool:
    return getattr(endpoint, _MARK, False) is True


class EntityTags:
    """Gives the replies of marked endpoints their ETag, and answers 304 to who has them already.

    The tag is made of the version of the corpus, of what was asked, and of the reply itself: the
    source text of an article changes with the text around it, while the version of the corpus
    stays.
    """

    def __init__(self, app: ASGIApp, version: Callable[[], str]) -> None:
        self._app, self._version = app, version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        begun: Message | None = None
        body = b""

        async def sent(message: Message) -> None:
            nonlocal begun, body
            if (
                message["type"] == "http.response.start"
                and message["status"] == 200
                and is_tagged(scope.get("endpoint"))
            ):
                begun = message
            elif begun is None:
                await send(message)
            else:
                body += message.get("body", b"")

        await self._app(scope, receive, sent)
        if begun is not None:
            await self._reply(scope, begun, body, send)

    async def _reply(self, scope: Scope, begun: Message, body: bytes, send: Send) -> None:
        """Sends a reply that is there as a whole, or 304 with its headers."""
        asked = f"{scope['path']}?{scope['query_string'].decode('latin-1')}"
        version = await run_in_threadpool(self._version)
        tag = f'"{content_id(version, asked, body.decode("utf-8", "surrogateescape"))}"'
        headers = MutableHeaders(scope=begun)
        # to be kept, and asked for anew each time
        headers["ETag"], headers["Cache-Control"] = tag, "no-cache"
        known = _TAG.findall(Headers(scope=scope).get("If-None-Match", ""))
        if tag in known or "*" in known:
            begun["status"], body = 304, b""
            for name in ("Content-Length", "Content-Type"):
                del headers[name]
        await send(begun)
        await send({"type": "http.response.body", "body": body})
