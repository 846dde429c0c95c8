"""The scope that a route needs stands on the route: the whole table, and what fails closed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Message

from tests.served import in_process, keyring, tiny
from ui.api.application import create_api
from ui.api.scopes import mark_mounted, scope_of

EVERY = "any"  # a method, where a route takes them all
TABLE = {
    ("GET", "/docs"): "ask",
    ("GET", "/docs/oauth2-redirect"): "ask",
    ("GET", "/healthz"): "nothing",
    ("GET", "/metrics"): "admin",
    ("GET", "/openapi.json"): "ask",
    ("GET", "/readyz"): "nothing",
    ("GET", "/redoc"): "ask",
    ("GET", "/reports/{name}"): "ask",
    ("GET", "/sign-in"): "nothing",
    ("GET", "/v1/articles"): "ask",
    ("GET", "/v1/articles/{article_id}"): "ask",
    ("GET", "/v1/corrections"): "ask",
    ("GET", "/v1/facets"): "ask",
    ("GET", "/v1/holders"): "ask",
    ("GET", "/v1/jobs"): "ingest",
    ("GET", "/v1/jobs/{id}"): "ingest",
    ("DELETE", "/v1/jobs/{id}"): "ingest",
    ("GET", "/v1/models"): "ask",
    ("GET", "/v1/models/{id:path}"): "ask",
    ("GET", "/v1/search"): "ask",
    ("GET", "/v1/sources"): "ask",
    ("GET", "/v1/sources/{id}/text"): "ask",
    ("GET", "/v1/statements"): "ask",
    ("GET", "/v1/statements/{id}"): "ask",
    ("POST", "/sign-in"): "nothing",
    ("POST", "/sign-out"): "ask",
    ("POST", "/v1/answers"): "ask",
    ("POST", "/v1/answers/stream"): "ask",
    ("POST", "/v1/articles"): "ingest",
    ("POST", "/v1/chat/completions"): "ask",
    ("POST", "/v1/statements/{id}/correction"): "ingest",
    ("PATCH", "/v1/articles/{article_id}"): "ingest",
    ("DELETE", "/v1/articles/{article_id}"): "ingest",
    ("DELETE", "/v1/statements/{id}/correction"): "ingest",
    **{(method, "/mcp"): "ask" for method in ("DELETE", "GET", "POST")},
    (EVERY, "/static-offline-docs"): "ask",
    (EVERY, "/v1/{rest:path}"): "ask",
}


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[TestClient, dict[str, dict[str, str]]]]:
    """A server with a key of each scope, and the headers that carry them."""
    keys = keyring(tmp_path)
    headers = {
        scope: {"Authorization": f"Bearer {keys.add(scope, [scope])}"}
        for scope in ("ask", "ingest", "admin")
    }
    with tiny(tmp_path) as client:
        yield in_process(client), headers


def test_every_route_is_in_the_table_with_the_scope_that_it_needs(tmp_path: Path) -> None:
    with tiny(tmp_path) as client:
        routes: list[Any] = create_api(client).router.routes
    found = {
        (method, route.path): scope_of(route, method, route.path)
        for route in routes
        for method in sorted(getattr(route, "methods", None) or {EVERY})
        if method != "HEAD"
    }
    assert found == TABLE


def test_a_route_without_a_mark_is_for_admin_alone(
    guarded: tuple[TestClient, dict[str, dict[str, str]]],
) -> None:
    http, headers = guarded
    api: Any = http.app
    api.add_api_route("/forgotten", lambda: "reached", methods=["GET", "POST"])
    told = {scope: [http.request(method, "/forgotten", headers=key).status_code for method in ("GET", "POST")]
            for scope, key in headers.items()}  # fmt: skip
    assert told == {"ask": [403, 403], "ingest": [403, 403], "admin": [200, 200]}


def test_who_may_not_send_a_body_is_refused_before_it_is_read(
    guarded: tuple[TestClient, dict[str, dict[str, str]]],
) -> None:
    http, headers = guarded
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("the body was read")

    async def send(message: Message) -> None:
        sent.append(message)

    bearer = headers["ask"]["Authorization"].encode()
    scope = {
        "type": "http", "method": "POST", "path": "/v1/articles", "raw_path": b"/v1/articles", "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"authorization", bearer)], "http_version": "1.1", "scheme": "http",
        "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    app: ASGIApp = http.app
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 403


def test_a_host_header_with_a_path_in_it_changes_nothing(
    guarded: tuple[TestClient, dict[str, dict[str, str]]],
) -> None:
    http, headers = guarded
    for host in ("127.0.0.1:7860/x?", "127.0.0.1/x#", "127.0.0.1?"):
        told = http.delete("/v1/articles/none", headers={**headers["ask"], "Host": host})
        assert (told.status_code, told.json()["code"]) in ((403, "not-allowed"), (421, "host"))


def test_what_is_mounted_may_say_itself_which_scope_its_paths_need(
    guarded: tuple[TestClient, dict[str, dict[str, str]]],
) -> None:
    http, headers = guarded
    api: Any = http.app
    page = PlainTextResponse("the page")
    api.router.routes += [Mount("/elsewhere", page), Mount("/", page)]

    def told(path: str) -> dict[str, int]:
        return {scope: http.get(path, headers=key).status_code for scope, key in headers.items()}

    assert told("/") == told("/config") == {"ask": 200, "ingest": 403, "admin": 200}
    assert told("/elsewhere/x") == {"ask": 403, "ingest": 403, "admin": 200}
    mark_mounted(
        page, lambda method, path: "ingest" if (method, path) == ("GET", "/config") else "ask"
    )
    assert told("/config") == {"ask": 403, "ingest": 200, "admin": 200}
    assert told("/") == {"ask": 200, "ingest": 403, "admin": 200}
