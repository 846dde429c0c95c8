"""Files that readers bring by the page: where they lie until they are taken in, which no reply
tells.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.middleware.whole_replies import changed, uncompressed
from ui.client.keys import Caller
from vectorstore.errors import NotAllowed, UsageError

_UPLOAD, _CALL, _DATA = "/gradio_api/upload", "/gradio_api/queue/join", "/gradio_api/queue/data"
_SHOWN = "/page"  # in place of the folder
_PATH = b'"path":"'  # as a browser writes the place of a file
_BROUGHT = re.compile(rf"{_SHOWN}/[0-9a-f]{{64}}/[^/\\\0]+")
_UNFINISHED = "tmp*"  # how files are called while they come
_BROKEN_OFF_SECONDS = 60.0  # after which nothing more comes of one that nothing is added to


class WithoutPlaces:
    """Tells files by their names below a folder, and takes them by these names: gradio has the
    browser carry the whole path of an upload from one call to the next.
    """

    def __init__(self, app: ASGIApp, folder: str) -> None:
        self._app = app
        self._place = Path(folder)
        self._folder = json.dumps(folder, ensure_ascii=False)[1:-1].encode()
        self._shown = _SHOWN.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if path == _CALL:
            body = await _whole(receive)
            _refuse_if_other_files(body, scope["state"]["caller"])
            await self._app(scope, self._taking(body, receive), send)
        elif path == _UPLOAD:
            try:
                await self._app(uncompressed(scope), receive, changed(send, self._told))
            finally:
                await run_in_threadpool(_clear, self._place)
        elif path == _DATA:
            await self._app(uncompressed(scope), receive, self._telling(send))
        else:
            await self._app(scope, receive, send)

    def _taking(self, body: bytes, receive: Receive) -> Receive:
        """A body in one piece, with the places of files, and then what else comes."""
        pending = [body.replace(_PATH + self._shown + b"/", _PATH + self._folder + b"/")]

        async def received() -> Message:
            if pending:
                return {"type": "http.request", "body": pending.pop(), "more_body": False}
            return await receive()

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


async def _whole(receive: Receive) -> bytes:
    """The body of a request; what came of it where the client has left."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


def _refuse_if_other_files(body: bytes, caller: Caller) -> None:
    """Lets a call name such files only as the page was brought, by who may add them: gradio would
    copy, read or fetch whatever a call names. Raises UsageError, NotAllowed.
    """
    files = list(_named(body))
    if not all(
        _BROUGHT.fullmatch(str(file["path"])) and not file.get("is_stream") for file in files
    ):
        raise NotAllowed("A call of the page may name only files that the page was brought.")
    if files and not caller.may("ingest"):
        raise NotAllowed(f"The key {caller.name!r} may not do this: it lacks the scope 'ingest'.")


def _named(body: bytes) -> Iterator[dict[str, Any]]:
    """The files that the body of a call names, however deep."""
    try:
        pending = [json.loads(body)]
    except (ValueError, RecursionError) as error:
        raise UsageError("The call cannot be read. Load the page again.") from error
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            if "path" in value:
                yield value
            pending += value.values()
        elif isinstance(value, list):
            pending += value


def _clear(folder: Path) -> None:
    """Removes what uploads that were broken off have left."""
    for path in folder.glob(_UNFINISHED):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _BROKEN_OFF_SECONDS:
                path.unlink()
