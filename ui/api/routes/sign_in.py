"""Where a browser signs in with a key, and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ui.api.middleware.auth import COOKIE, SIGN_IN, wrong_keys_of
from ui.api.middleware.rate_limit import RateLimit
from ui.api.scopes import needs
from ui.client.keys import Keyring
from ui.render.html.sign_in import sign_in_page

_UNKNOWN = "This key is not known. Ask whoever runs this server for one."


def add_sign_in(api: FastAPI, keyring: Keyring, rate: RateLimit) -> None:
    """Gives an API the pages where a browser signs in and out."""

    @api.get(SIGN_IN, include_in_schema=False)
    @needs("nothing")
    def form() -> HTMLResponse:
        return HTMLResponse(sign_in_page(None))

    @api.post(SIGN_IN, include_in_schema=False)
    @needs("nothing")
    def sign_in(request: Request, key: Annotated[str, Form(max_length=200)] = "") -> Response:
        caller = keyring.caller(key.strip())
        if caller is None:
            rate.spend(wrong_keys_of(request))
            return HTMLResponse(sign_in_page(_UNKNOWN), 401)
        reply = RedirectResponse("/", 303)
        secure = request.url.scheme == "https"
        reply.set_cookie(
            COOKIE, keyring.session(caller), httponly=True, samesite="strict", secure=secure
        )
        return reply

    @api.post("/sign-out", include_in_schema=False)
    @needs("ask")
    def sign_out() -> Response:
        reply = RedirectResponse(SIGN_IN, 303)
        reply.delete_cookie(COOKIE)
        return reply
