"""Which scripts a page may run: files of this server, and what stands in the page itself, each by
its hash.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Sequence
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api.middleware.whole_replies import changed, uncompressed

EVAL = "'unsafe-eval'"
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


def policy(scripts: Sequence[str] = ()) -> str:
    """The Content-Security-Policy of a reply whose page may run scripts from these sources besides
    its own server's files. Nothing of a page comes from elsewhere or goes there, and no other page
    frames it.
    """
    allowed = " ".join(("'self'", *scripts))
    return (
        f"default-src 'self'; script-src {allowed}; style-src 'self' 'unsafe-inline'; img-src"
        " 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none';"
        " base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


class ContentSecurityPolicy:
    """Lets the pages at some paths run the scripts that stand in them when they are sent, and those
    in `later`, which they add to themselves; `more` are other sources.
    """

    def __init__(
        self,
        app: ASGIApp,
        paths: Collection[str],
        later: Sequence[str] = (),
        more: Sequence[str] = (),
    ) -> None:
        self._app, self._paths = app, paths
        self._sources = (*map(_hashed, later), *more)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
        else:
            await self._app(uncompressed(scope), receive, changed(send, self._allowed))

    def _allowed(self, headers: MutableHeaders, body: bytes) -> bytes:
        hashes = (_hashed(script) for script in _INLINE.findall(body.decode("utf-8", "replace")))
        headers["Content-Security-Policy"] = policy((*hashes, *self._sources))
        return body


def _hashed(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
