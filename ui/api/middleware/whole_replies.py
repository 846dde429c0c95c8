"""Replies that are held back until they are whole, so that they can be changed."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

Change = Callable[[MutableHeaders, bytes], bytes]  # of the headers and the body of a reply


def changed(send: Send, change: Change) -> Send:
    """Sends replies as they are changed, in one piece."""
    started: Message = {}
    body = b""

    async def sent(message: Message) -> None:
        nonlocal started, body
        if message["type"] == "http.response.start":
            started = message
        elif message["type"] != "http.response.body":
            await send(message)
        else:
            body += message.get("body", b"")
            if not message.get("more_body", False):
                changed_body = change(MutableHeaders(scope=started), body)
                MutableHeaders(scope=started)["Content-Length"] = str(len(changed_body))
                await send(started)
                await send({**message, "body": changed_body})

    return sent


def uncompressed(scope: Scope) -> Scope:
    """A request that wants its reply as it is, so that it can be read."""
    return {
        **scope,
        "headers": [
            (name, value) for name, value in scope["headers"] if name != b"accept-encoding"
        ],
    }
