"""Who may do what: a key in the header for programs, a session in a cookie for browsers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.middleware.rate_limit import RateLimit
from ui.api.scopes import scope_needed
from ui.client.keys import ANYBODY, Caller, Keyring
from ui.client.keys import Scope as Reach
from ui.render.html.sign_in import sign_in_page
from vectorstore.errors import NotAllowed, NotSignedIn

COOKIE = "rashomon-session"
SIGN_IN = "/sign-in"
_CALLS = "/gradio_api/"  # of the page's functions, and its uploads
_API = re.compile(r"/(?:v1|mcp|metrics|docs|redoc|openapi\.json|static-offline-docs)(?:/|$)")


class Authentication:
    """Lets in who has a key that reaches as far as the request; anybody, where there are no keys
    and none are `wanted`. How far that is stands on the one of the `routes` that will answer it,
    and nothing of its body is read before.

    The caller stands in the request's state. Programs send `Authorization: Bearer KEY`; only pages
    take the cookie, so that no page of another site can spend it on the API.
    """

    def __init__(
        self,
        app: ASGIApp,
        routes: Sequence[BaseRoute],
        keyring: Keyring,
        rate: RateLimit,
        wanted: bool,
        limited: bool,
    ) -> None:
        self._app, self._routes, self._keyring, self._rate = app, routes, keyring, rate
        self._wanted = wanted  # also after the last key was removed
        self._limited = limited  # also where there are no keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # nothing here speaks it, so nothing checks it
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http" and (reach := scope_needed(self._routes, scope)) != "nothing":
            reply = self._let_in(Request(scope), reach)
            if reply is not None:
                await reply(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _let_in(self, request: Request, reach: Reach) -> Any:
        """Notes who asks; a reply where they must sign in first. Raises NotSignedIn, NotAllowed,
        TooMany.
        """
        path = request.scope["path"]  # not the URL's: old Starlettes had the Host header in that
        is_api = bool(_API.match(path))
        counts = is_api or (request.method == "POST" and path.startswith(_CALLS))
        if not (self._keyring.keys or self._wanted):
            request.state.caller = ANYBODY
            if self._limited and counts:
                self._rate.spend(f"address {address(request)}")
            return None
        caller = self._caller(request, is_api)
        if caller is None and "Authorization" in request.headers:
            self._rate.spend(wrong_keys_of(request))
        if caller is None and not is_api and _wants_page(request):
            return _sign_in(request)
        if caller is None:
            raise NotSignedIn(
                "A key is needed, or this one is not known. Send it as `Authorization: Bearer KEY`."
            )
        if not caller.may(reach):
            raise NotAllowed(
                f"The key {caller.name!r} may not do this: it lacks the scope {reach!r}."
            )
        request.state.caller = caller
        if counts:
            self._rate.spend(f"key {caller.name}")
        return None

    def _caller(self, request: Request, is_api: bool) -> Caller | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._keyring.caller(secret.strip())
        token = request.cookies.get(COOKIE)
        return (
            self._keyring.in_session(token)
            if token and (not is_api or _is_docs(request.scope["path"]))
            else None
        )


def wrong_keys_of(request: Request) -> str:
    """Under what wrong keys from an address are counted: apart from right ones, which may come from
    there too.
    """
    return f"wrong keys {address(request)}"


def address(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else "unknown"


def _wants_page(request: Request) -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def _sign_in(request: Request) -> Response:
    """The way to the form; the form itself for who comes from another site, which leads to `/`
    only.
    """
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        return RedirectResponse(SIGN_IN, 303)
    return HTMLResponse(sign_in_page(None), 401)


def _is_docs(path: str) -> bool:
    return path.startswith(("/docs", "/redoc", "/openapi.json", "/static-offline-docs"))
