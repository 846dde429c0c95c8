"""The outermost layer: every request gets an id, is counted and logged, and is replied to, whatever
happens inside.
"""

from __future__ import annotations

import re
import time
from typing import Any
from uuid import uuid4

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.errors import ErrorReplies
from ui.api.log import Log
from ui.api.metrics import Metrics
from ui.api.middleware.content_security import policy
from vectorstore.errors import RashomonError

_ID = re.compile(r"[\w.-]{1,128}", re.ASCII)
SECURITY_HEADERS = {
    "Content-Security-Policy": policy(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # with "no-referrer" a browser sends its own forms as from nowhere
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class RequestLog:
    """Tells of every request: to whoever asked, to the log, to the metrics."""

    def __init__(self, app: ASGIApp, problems: ErrorReplies, metrics: Metrics, log: Log) -> None:
        self._app, self._problems, self._metrics, self._log = app, problems, metrics, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = id = _request_id(scope)
        status, began = 0, time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = id
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception as error:
            if not isinstance(error, RashomonError):
                self._log.crash(id, error)
            if status:  # it is too late to say so: the connection is cut instead
                raise
            await self._reply(error, Request(scope))(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - began
            self._metrics.replied(scope["method"], _route(scope), status, seconds)
            self._log.replied(
                id, scope["method"], _route(scope), status, seconds, state.get("caller")
            )

    def _reply(self, error: Exception, request: Request) -> Any:
        if isinstance(error, RashomonError):
            return self._problems.of(error, request)
        detail = (
            "Something went wrong that is not foreseen. The server's log has it under this"
            " request's id."
        )
        return self._problems.told(request, 500, "internal", detail)


def _request_id(scope: Scope) -> str:
    """The id that the request brought, if it is a plain one, or a new one."""
    stated = Headers(scope=scope).get("X-Request-ID", "")
    return stated if _ID.fullmatch(stated) else uuid4().hex


def _route(scope: Scope) -> str:
    """The route of a request without what was filled into it; `page` for all that belongs to the
    page.
    """
    path = str(getattr(scope.get("route"), "path", ""))
    return (
        path
        if path.startswith(("/v1/", "/mcp", "/healthz", "/readyz", "/metrics", "/docs"))
        else "page"
    )
