"""Which scope a route needs. The mark stands on the route itself, and a route without one is for
`admin` alone.

It is a mark and no dependency: FastAPI reads the whole body of a request before it asks a
dependency, and who may not send one must be refused before it is read. `ui.api.middleware.auth`
looks the mark up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar

from starlette.routing import BaseRoute, Match, Mount
from starlette.types import Scope as Asked

from ui.client.keys import Scope

Needed = Scope | Literal["nothing"]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
Table = Callable[[str, str], Needed]

_MARK = "needed_scope"


def needs(scope: Needed) -> Callable[[Endpoint], Endpoint]:
    """Marks an endpoint with the scope that its route needs: it stands below `@api.get(...)`.
    `nothing` lets in whoever asks, without a key.
    """

    def marked(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _MARK, scope)
        return endpoint

    return marked


def mark(routes: Iterable[BaseRoute], scope: Needed) -> None:
    """Marks routes that others have made."""
    for route in routes:
        setattr(route, _MARK, scope)


def mark_mounted(app: Any, table: Table) -> None:
    """Has an application that is mounted say by method and path which scope a request to it
    needs.
    """
    setattr(app, _MARK, table)


def scope_needed(routes: Iterable[BaseRoute], asked: Asked) -> Needed:
    """The scope that a request needs: that of the route that will answer it; `ask` where none
    will.
    """
    route = route_of(routes, asked)
    return "ask" if route is None else scope_of(route, asked["method"], asked["path"])


def route_of(routes: Iterable[BaseRoute], asked: Asked) -> BaseRoute | None:
    """The route that a router takes for a request: the first that fits, else the first that would
    by another method.
    """
    partial = None
    for route in routes:
        match, _ = route.matches(asked)
        if match == Match.FULL:
            return route
        if match == Match.PARTIAL and partial is None:
            partial = route
    return partial


def scope_of(route: BaseRoute, method: str, path: str) -> Needed:
    """The scope that a route needs. What is mounted at `/` is the page: `ask`, unless it says
    otherwise.
    """
    table: Table | None = getattr(route.app, _MARK, None) if isinstance(route, Mount) else None
    if table is not None:
        return table(method, path)
    if isinstance(route, Mount) and not route.path:
        return "ask"
    marked: Needed = getattr(
        route, _MARK, getattr(getattr(route, "endpoint", None), _MARK, "admin")
    )
    return marked
