"""By which names a server is asked, and from which sites, so that no other site's page uses it
unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from vectorstore.errors import Misdirected, NotAllowed, NotFound

LOCAL = ("127.0.0.1", "localhost", "::1")
_HARMLESS = ("GET", "HEAD", "OPTIONS")
# what browsers say where our own page asks, or a person; programs say nothing
_OURS = ("", "same-origin", "none")


class AllowedHosts:
    """Refuses a name that is not the server's, and what another site's page sends or opens: it may
    lead to `/` only.

    A `local` server answers to this machine's names and those in `names`, so that a page cannot
    reach it by a name of its own that leads here (DNS rebinding). Pages of `origins` may send;
    reading their replies is CORS' matter.
    """

    def __init__(
        self, app: ASGIApp, local: bool, names: Iterable[str], origins: Iterable[str]
    ) -> None:
        self._app = app
        self._names = {*LOCAL, *(name.lower() for name in names)} if local else None
        self._origins = set(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._check(scope["method"], scope["path"], Headers(scope=scope))
        await self._app(scope, receive, send)

    def _check(self, method: str, path: str, headers: Headers) -> None:
        if not path.isprintable():  # routes would find "/v1/answers\n" where the layers do not
            raise NotFound("There is no such path. /docs lists what is.")
        host = headers.get("Host", "")
        if self._names is not None and _name(host) not in self._names:
            raise Misdirected(
                "This server answers to this machine's own names only. Ask it as 127.0.0.1, or set"
                " RASHOMON_HOSTS."
            )
        origin = headers.get("Origin")
        if origin in self._origins:
            return
        foreign = origin is not None and urlsplit(origin).netloc != host
        if (method not in _HARMLESS and foreign) or not (
            _is_ours(headers) or _opens_page(method, path, headers)
        ):
            raise NotAllowed(
                "The page of another site sent this. RASHOMON_ORIGINS names the sites that may."
            )


def _is_ours(headers: Headers) -> bool:
    """Whether a browser says that a page of this server asks, or a person who typed the address."""
    return headers.get("Sec-Fetch-Site", "") in _OURS


def _opens_page(method: str, path: str, headers: Headers) -> bool:
    """Whether a link somewhere else leads a person to the page."""
    return method == "GET" and path == "/" and headers.get("Sec-Fetch-Dest") == "document"


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
