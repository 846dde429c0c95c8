"""What no route of the API answers is told as the API tells it, before the page mounted at `/`
would take it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from ui.api.scopes import needs


def add_rest(api: FastAPI) -> None:
    """Refuses what is left, after all routes: 405 for a method that a path is not there for, 404
    below `/v1`.
    """
    api.router.routes.append(_Rest(api.router.routes))


class _Rest(Route):
    """Every path below `/v1`, and every path of a route by a method that it is not there for."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        super().__init__("/v1/{rest:path}", _refused, include_in_schema=False)
        self.methods = None  # all of them
        self._routes = routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] != "http":
            return Match.NONE, {}
        if _is_api(scope):
            return Match.FULL, {"endpoint": _refused, "route": self}
        return (Match.FULL, {"endpoint": _refused}) if self._allowed(scope) else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowed = self._allowed(scope)
        raise (
            HTTPException(405, headers={"Allow": ", ".join(allowed)})
            if allowed
            else HTTPException(404)
        )

    def _allowed(self, scope: Scope) -> list[str]:
        """The methods that a path is there for."""
        others: Any = (route for route in self._routes if route is not self)
        return sorted({
            method
            for route in others
            if route.matches(scope)[0] == Match.PARTIAL
            for method in route.methods or ()
        })  # fmt: skip


def _is_api(scope: Scope) -> bool:
    return f"{scope['path']}/".startswith("/v1/")


@needs("ask")
async def _refused() -> None:
    """Stands for what is left where a route's endpoint is asked for."""
