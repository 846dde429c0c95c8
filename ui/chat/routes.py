"""Of gradio's own routes, those that the page needs, and why; nothing else of them is reached.

gradio brings routes that fetch what an address names and serve it as ours, that serve files, that
tell of everybody's calls. A new version may bring more, so what is let through is listed, and a
test holds both lists against the version that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.client.keys import Scope as Reach


@dataclass(frozen=True)
class Needed:
    """A route that the page needs: its methods, who may use it, and what for."""

    methods: tuple[str, ...]
    why: str
    scope: Reach = "ask"


# By gradio's own templates; a part in braces is one name, with ":path" a name with folders.
NEEDED: Mapping[str, Needed] = {
    "/": Needed(("GET", "HEAD"), "the page itself"),
    "/assets/{path:path}": Needed(("GET",), "its scripts and style sheets"),
    "/static/{path:path}": Needed(("GET",), "its pictures and fonts"),
    "/theme.css": Needed(("GET",), "our colours and letters"),
    "/favicon.ico": Needed(("GET",), "the picture of its tab"),
    "/gradio_api/heartbeat/{session_hash}": Needed(
        ("GET",), "tells that a page was left, so that its state goes"
    ),
    "/gradio_api/queue/join": Needed(("POST",), "calls a function of the page"),
    "/gradio_api/queue/data": Needed(("GET",), "brings what a function gives back, as it comes"),
    "/gradio_api/cancel": Needed(("POST",), "stops an answer"),
    "/gradio_api/reset": Needed(("POST",), "forgets what was left of a stopped answer"),
    "/gradio_api/upload": Needed(("POST",), "takes a file to add", "ingest"),
    "/gradio_api/upload_progress": Needed(("GET",), "tells how far an upload is", "ingest"),
}
# What is refused, by what it would do.
REFUSED: Mapping[str, tuple[str, ...]] = {
    "fetches from an address that the caller names, or passes a call on to it": (
        "/gradio_api/proxy={url_path:path}",
        "/gradio_api/file={path_or_url:path}",
    ),
    "serves files, which the page never asks for": (
        "/gradio_api/file/{path:path}",
        "/gradio_api/deep_link",
        "/gradio_api/custom_component/{id}/{environment}/{type}/{file_name}",
        "/svelte/{path:path}",
    ),
    "calls a function past the queue, or of a component": (
        "/gradio_api/api/{api_name}",
        "/gradio_api/run/{api_name}",
        "/gradio_api/call/{api_name}",
        "/gradio_api/call/{api_name}/{event_id}",
        "/gradio_api/call/v2/{api_name}",
        "/gradio_api/call/v2/{api_name}/{event_id}",
        "/gradio_api/component_server",
    ),
    "streams sound and pictures": (
        "/gradio_api/stream/{event_id}",
        "/gradio_api/stream/{event_id}/close",
        "/gradio_api/stream/{session_hash}/{run}/{component_id}/playlist.m3u8",
        "/gradio_api/stream/{session_hash}/{run}/{component_id}/{segment_id}.{ext}",
        "/gradio_api/stream/{session_hash}/{run}/{component_id}/playlist-file",
        "/gradio_api/process_recording",
    ),
    "tells of other people's calls": (
        "/monitoring",
        "/monitoring/summary",
        "/monitoring/{key}",
        "/gradio_api/queue/status",
        "/gradio_api/runs",
        "/gradio_api/run-history/connect",
        "/gradio_api/run-history/buckets",
        "/gradio_api/run-history/records",
        "/gradio_api/run-history/records/{endpoint}/{record_id}/assets/{asset_id}",
    ),
    "describes or configures the page for programs, which have /v1": (
        "/config",
        "/openapi.json",
        "/gradio_api/openapi.json",
        "/gradio_api/info",
        "/gradio_api/app_id",
        "/gradio_api/startup-events",
        "/gradio_api/theme.css",
    ),
    "signs in by gradio's own means": (
        "/login",
        "/logout",
        "/gradio_api/user",
        "/gradio_api/login_check",
        "/gradio_api/token",
    ),
    "changes the program while it runs": (
        "/gradio_api/dev/reload",
        "/gradio_api/vibe-edit",
        "/gradio_api/undo-vibe-edit",
        "/gradio_api/vibe-code",
        "/gradio_api/vibe-starter-queries",
    ),
    "makes the page an application of its own": (
        "/pwa_icon",
        "/pwa_icon/{size}",
        "/manifest.json",
        "/robots.txt",
    ),
}


class PageRoutes:
    """The page's application behind its list of routes: everything else is not there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            needed = _needed(scope["path"])
            if needed is None:
                raise HTTPException(404)
            if scope["method"] not in needed.methods:
                raise HTTPException(405, headers={"Allow": ", ".join(needed.methods)})
        await self._app(scope, receive, send)


def scope_of(_: str, path: str) -> Reach:
    """The scope that a request to a path of the page needs."""
    needed = _needed(path)
    return needed.scope if needed else "ask"


def confine(uploads: Path) -> None:
    """Has gradio fetch nothing, and read nothing but what lies among the uploads: a call may name
    an address or any file of the machine, whatever the routes, and gradio looks at that only where
    it has started the server itself.
    """
    from gradio import processing_utils

    def check_allowed(path: str | Path, *_: Any, **__: Any) -> None:
        if not Path(path).resolve().is_relative_to(uploads.resolve()):
            raise PermissionError("The page reads nothing but what it was brought.")

    processing_utils.async_ssrf_protected_get = _fetch_nothing
    processing_utils.unsafe_download = _fetch_nothing
    processing_utils._check_allowed = check_allowed


async def _fetch_nothing(*_: Any, **__: Any) -> Any:
    raise PermissionError("The page fetches nothing from an address.")


def _needed(path: str) -> Needed | None:
    return next((needed for pattern, needed in _PATTERNS if pattern.fullmatch(path)), None)


def _pattern(template: str) -> re.Pattern[str]:
    """A template as a pattern of paths that lead nowhere else: no empty part, no part that begins
    with a dot.
    """
    part = r"(?!\.)[\w.~-]+"
    with_paths = re.sub(r"\\\{\w+:path\\\}", lambda _: f"{part}(?:/{part})*", re.escape(template))
    return re.compile(re.sub(r"\\\{\w+\\\}", lambda _: part, with_paths), re.ASCII)


_PATTERNS = [(_pattern(template), needed) for template, needed in NEEDED.items()]
