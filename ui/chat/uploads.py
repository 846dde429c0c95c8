"""Files that readers bring by the page: where they lie until they are taken in, which no reply tells."""

from __future__ import annotations

import json

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.layers.whole import changed, uncompressed

_UPLOAD, _CALL, _DATA = "/gradio_api/upload", "/gradio_api/queue/join", "/gradio_api/queue/data"
_SHOWN = "/page"  # in place of the folder
_PATH = b'"path":"'  # as a browser writes the place of a file


class WithoutPlaces:
    """Tells files by their names below a folder, and takes them by these names: gradio has the browser carry the whole
    path of an upload from one call to the next.
    """

    def __init__(self, app: ASGIApp, folder: str) -> None:
        self._app = app
        self._folder = json.dumps(folder, ensure_ascii=False)[1:-1].encode()
        self._shown = _SHOWN.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path == _CALL:
            await self._app(scope, self._taking(receive), send)
        elif path == _UPLOAD:
            await self._app(uncompressed(scope), receive, changed(send, self._told))
        elif path == _DATA:
            await self._app(uncompressed(scope), receive, self._telling(send))
        else:
            await self._app(scope, receive, send)

    def _taking(self, receive: Receive) -> Receive:
        """The body of a call in one piece, with the places of files."""

        async def received() -> Message:
            message = await receive()
            body = [message.get("body", b"")]
            while message["type"] == "http.request" and message.get("more_body", False):
                message = await receive()
                body.append(message.get("body", b""))
            if message["type"] != "http.request":
                return message
            named = b"".join(body).replace(_PATH + self._shown + b"/", _PATH + self._folder + b"/")
            return {**message, "body": named}

        return received

    def _told(self, _: MutableHeaders, body: bytes) -> bytes:
        return body.replace(self._folder, self._shown)

    def _telling(self, send: Send) -> Send:
        """The events of a stream, as they come."""

        async def sent(message: Message) -> None:
            if body := message.get("body"):
                message = {**message, "body": body.replace(self._folder, self._shown)}
            await send(message)

        return sent
