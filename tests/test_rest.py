"""What no route answers: a wrong method is 405 as a problem everywhere, what is not there 404 below
/v1.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.served import keyring, tiny
from ui.app import create_app

ALLOWED = {
    "/v1/answers": "POST",
    "/v1/articles": "GET, POST",
    "/v1/articles/a1": "DELETE, GET, PATCH",
    "/v1/statements/s1/correction": "DELETE, POST",
    "/healthz": "GET",
    "/readyz": "GET",
    "/metrics": "GET",
    "/sign-in": "GET, POST",
    "/sign-out": "POST",
    "/reports/r1": "GET",
    "/mcp": "DELETE, GET, POST",
    "/docs": "GET",
    "/openapi.json": "GET, HEAD",
    "/": "GET, HEAD",
    "/theme.css": "GET",
    "/gradio_api/queue/join": "POST",
}


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole application, with its page."""
    with (
        tiny(tmp_path_factory.mktemp("whole")) as client,
        TestClient(create_app(client), "http://127.0.0.1") as opened,
    ):
        yield opened


@pytest.mark.parametrize(("path", "allowed"), ALLOWED.items())
@pytest.mark.parametrize("method", ["TRACE", "BREW", "PUT", "PROPFIND"])
def test_a_method_that_a_path_is_not_there_for_is_405_as_a_problem(
    http: TestClient, method: str, path: str, allowed: str
) -> None:
    told = http.request(method, path)
    assert (told.status_code, told.headers["Allow"], told.json()) == (
        405,
        allowed,
        {
            "type": "about:blank", "title": "Method Not Allowed", "status": 405, "code": "method",
            "detail": f"{method} is not for {path}. Use {allowed}.", "request_id": told.headers["X-Request-ID"],
        },
    )  # fmt: skip
    assert told.headers["content-type"] == "application/problem+json"


def test_the_page_does_not_take_what_is_asked_of_the_api(http: TestClient) -> None:
    told = {
        (method, path): (
            reply.status_code,
            reply.headers.get("Allow"),
            reply.headers["content-type"],
        )
        for method, path in (
            ("POST", "/healthz"),
            ("HEAD", "/v1/articles"),
            ("GET", "/v1"),
            ("TRACE", "/v1/none"),
        )
        for reply in [http.request(method, path)]
    }
    problem = "application/problem+json"
    assert told == {
        ("POST", "/healthz"): (405, "GET", problem),
        ("HEAD", "/v1/articles"): (405, "GET, POST", problem),
        ("GET", "/v1"): (404, None, problem),
        ("TRACE", "/v1/none"): (404, None, problem),
    }
    assert http.request("TRACE", "/v1/chat/completions").json()["error"]["code"] == "method"


def test_the_page_is_asked_as_ever(http: TestClient) -> None:
    assert [http.request(method, "/").status_code for method in ("GET", "HEAD")] == [200, 200]
    assert http.get("/theme.css").status_code == 200
    assert (
        http.get("/nowhere").json()["code"]
        == http.request("TRACE", "/nowhere").json()["code"]
        == "not-found"
    )


def test_what_is_left_needs_a_key_where_keys_are_needed(tmp_path: Path) -> None:
    keyring(tmp_path).add("desk", ["ask"])
    with tiny(tmp_path) as client, TestClient(create_app(client), "http://127.0.0.1") as http:
        assert [
            http.request("TRACE", path).status_code for path in ("/v1/articles", "/", "/metrics")
        ] == [401] * 3
