"""Two hundred requests that nobody means well, each answered with the 4xx that fits, in the form of
its path.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.served import FERRY, in_process, served, tiny
from ui.api.errors import is_openai
from ui.client.local import LocalClient

DEEP = 20_000
HUGE = "x" * 1_100_000
FORM = {"Content-Type": "multipart/form-data; boundary=x"}
JSON = {"Content-Type": "application/json"}
ID = "00000000000000000000000000000000"

# What is sent as the body of a question, and what is wrong with it: (bytes, status).
BODIES: list[tuple[bytes, int]] = [
    (b"", 422), (b"null", 422), (b"[]", 422), (b"0", 422), (b"true", 422), (b'"question"', 422), (b"{", 422),
    (b"{}", 422),
    (b"{]", 422), (b"\x00", 422), (b"\xff\xfe{}", 422), (b"\xef\xbb\xbf{}", 422), (b"question=x", 422), (b"<a/>", 422),
    (b'{"question": null}', 422), (b'{"question": 1}', 422), (b'{"question": true}', 422), (b'{"question": []}', 422),
    (b'{"question": {}}', 422), (b'{"question": ""}', 422), (b'{"question": " \\n\\t"}', 422),
    (b'{"Question": "x"}', 422), (b'{"question": "x", "more": 1}', 422), (b'{"question": "x", "__proto__": {}}', 422),
    (b'{"question": "x", "history": null}', 422), (b'{"question": "x", "history": {}}', 422),
    (b'{"question": "x", "history": "x"}', 422), (b'{"question": "x", "history": [1]}', 422),
    (b'{"question": "x", "history": [{}]}', 422), (b'{"question": "x", "history": [{"role": "user"}]}', 422),
    (b'{"question": "x", "history": [{"role": "root", "content": "x"}]}', 422),
    (b'{"question": "x", "history": [{"role": "system", "content": "x"}]}', 422),
    (b'{"question": "x", "history": [{"role": "user", "content": 1}]}', 422),
    (b'{"question": "x", "history": [' + b",".join([b'{"role": "user", "content": "x"}'] * 201) + b"]}", 422),
    (b'{"question": "x", "filters": null}', 422), (b'{"question": "x", "filters": []}', 422),
    (b'{"question": "x", "filters": {"outlets": "x"}}', 422), (b'{"question": "x", "filters": {"outlets": [1]}}', 422),
    (b'{"question": "x", "filters": {"outlets": [null]}}', 422),
    (b'{"question": "x", "filters": {"$where": "1"}}', 422),
    (b'{"question": "x", "filters": {"since": "yesterday"}}', 422),
    (b'{"question": "x", "filters": {"since": "2019-13"}}', 422),
    (b'{"question": "x", "filters": {"since": "2019-02-30"}}', 422),
    (b'{"question": "x", "filters": {"until": "-1"}}', 422), (b'{"question": "x", "filters": {"until": 2019}}', 422),
    (b'{"question": "x", "filters": {"authors": [' + b",".join([b'"x"'] * 101) + b"]}}", 422),
    (json.dumps({"question": "x" * 100_000}).encode(), 422),
    (b'{"question": ' + b"[" * DEEP + b"]" * DEEP + b"}", 400),
    (b'{"question": "x", "filters": ' + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b"}", 400),
    (json.dumps({"question": HUGE}).encode(), 413),
    (b'{"question": NaN}', 422), (b'{"question": 1e999}', 422), (b'{"question": "x"} {"question": "y"}', 422),
]  # fmt: skip

# What is sent to the route of OpenAI's format; its clients know 400 for what a request says.
COMPLETIONS: list[bytes] = [
    b"", b"null", b"[]", b"{}", b"{", b"\xff", b'{"messages": null}', b'{"messages": []}', b'{"messages": {}}',
    b'{"messages": [1]}', b'{"messages": [{}]}', b'{"messages": [{"role": "user"}]}',
    b'{"messages": [{"role": "root", "content": "x"}]}', b'{"messages": [{"role": "assistant", "content": "x"}]}',
    b'{"messages": [{"role": "system", "content": "x"}]}', b'{"messages": [{"role": "user", "content": ""}]}',
    b'{"messages": [{"role": "user", "content": []}]}', b'{"messages": [{"role": "user", "content": [{}]}]}',
    b'{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "file:///etc"}}]}]}',
    b'{"messages": [{"role": "user", "content": 1}]}',
    b'{"n": 2, "messages": [{"role": "user", "content": "x"}]}',
    b'{"n": "x", "messages": [{"role": "user", "content": "x"}]}',
    b'{"response_format": "json", "messages": [{"role": "user", "content": "x"}]}',
    b'{"model": null, "messages": [{"role": "user", "content": "x"}]}',
    b'{"stream": "maybe", "messages": [{"role": "user", "content": "x"}]}',
    b'{"stream": true, "messages": [{"role": "user", "content": " "}]}',
    b'{"filters": {"since": "May"}, "messages": [{"role": "user", "content": "x"}]}',
    b'{"messages": [' + b",".join([b'{"role": "user", "content": "x"}'] * 201) + b"]}",
    b'{"messages": ' + b"[" * DEEP + b"]" * DEEP + b"}",
]  # fmt: skip

# (method, path, what else, status)
REQUESTS: list[tuple[str, str, dict[str, Any], int]] = [
    *[("GET", path, {}, 404) for path in (
        "/v1/", "/v1//articles", "/v1/none", "/v1/answers/", "/v1/answers/stream/x",
        "/v1/../etc/passwd", "/v1/%2e%2e/%2e%2e/etc/passwd", "/v1/..%2f..%2fetc%2fpasswd", "/v1/articles/..%5c..%5cx",
        "/v1/articles/none", f"/v1/articles/{ID}", "/v1/articles/%00", "/v1/articles/%ff%fe",
        "/v1/articles/%0d%0aSet-Cookie:a=b",
        "/v1/articles/'%20OR%201=1--", "/v1/articles/{{7*7}}", "/v1/articles/$%7Bjndi:ldap:x%7D",
        "/v1/articles/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/v1/articles/" + "x" * 5000, "/v1/articles/" + "%2e" * 500,
        "/v1/articles/-1", "/v1/articles/*", "/v1/articles/none/text", "/v1/sources/none/text", "/v1/sources/../text",
        "/v1/sources/..%2f..%2fkeys.json/text", "/v1/sources/keys.json/text", "/v1/sources/%2fetc%2fpasswd/text",
        "/v1/statements/none", "/v1/statements/..%2fkeys.json", "/v1/statements?article=none",
        "/v1/statements?article=" + "x" * 5000, "/v1/jobs/none", "/v1/jobs/..%2fkeys", "/v1/jobs/owner", "/v1/keys",
        "/v1/keys.json", "/v1/admin", "/v1/debug", "/v1/completions", "/v1/embeddings", "/v1/models/none",
        "/v1/ARTICLES", "/v1/articles;x=1", "/reports/none", "/reports/..%2fkeys.json",
    )],
    *[(method, path, {}, 405) for method, path in (
        ("GET", "/v1/answers"), ("PUT", "/v1/answers"), ("DELETE", "/v1/answers"), ("PATCH", "/v1/answers"),
        ("GET", "/v1/answers/stream"), ("POST", "/v1/search"), ("DELETE", "/v1/search"), ("PUT", "/v1/articles"),
        ("PATCH", "/v1/articles"), ("DELETE", "/v1/articles"),
        ("POST", "/v1/articles/none"), ("PUT", "/v1/articles/none"),
        ("POST", "/v1/sources"), ("DELETE", "/v1/sources/none/text"), ("POST", "/v1/facets"), ("POST", "/v1/holders"),
        ("DELETE", "/v1/statements"), ("PUT", "/v1/statements/none"), ("GET", "/v1/statements/none/correction"),
        ("POST", "/v1/corrections"), ("DELETE", "/v1/jobs"),
        ("PUT", "/v1/jobs/none"), ("GET", "/v1/chat/completions"),
        ("POST", "/v1/models"), ("POST", "/healthz"), ("DELETE", "/readyz"), ("POST", "/metrics"),
    )],
    *[("GET", f"/v1/search?{query}", {}, 422) for query in (
        "", "q=", "q=%20", "q=x&k=0", "q=x&k=-1", "q=x&k=301", "q=x&k=1e3", "q=x&k=ten", "q=x&k=", "q=x&since=May",
        "q=x&until=2019-99", "q=x&" + "&".join(["outlets=x"] * 101), "q=" + "x" * 20_000,
    )],
    *[("GET", f"/v1/articles?{query}", {}, 422) for query in (
        "limit=0", "limit=-1", "limit=1001", "limit=99999999999999999999", "limit=NaN", "limit=", "offset=-1",
        "offset=99999999999999999999", "offset=1.5", "limit=1%20OR%201",
    )],
    ("POST", "/v1/articles", {}, 415),
    ("POST", "/v1/articles", {"json": {"file": "/etc/passwd"}}, 415),
    ("POST", "/v1/answers", {"content": b'{"question": "x"}', "headers": {"Content-Type": "text/plain"}}, 415),
    ("PATCH", "/v1/articles/none", {"json": {"author": "x"}}, 404),
    ("PATCH", "/v1/articles/none", {"json": {"source": "/etc/passwd"}}, 422),
    ("PATCH", "/v1/articles/none", {"json": {"url": "javascript:alert(1)"}}, 422),
    ("PATCH", "/v1/articles/none", {"content": b'{"title": "\\ud800"}', "headers": JSON}, 422),
    ("PATCH", "/v1/articles/none", {"content": b"[]", "headers": JSON}, 422),
    ("TRACE", "/v1/articles", {}, 405),
    ("BREW", "/v1/none", {}, 404),
    ("POST", "/v1/articles", {"data": {"file": "/etc/passwd"}}, 422),
    ("POST", "/v1/articles", {"content": b"--x", "headers": {"Content-Type": "multipart/form-data"}}, 400),
    ("POST", "/v1/articles", {"content": b"--x", "headers": {"Content-Type": "multipart/form-data; boundary="}}, 400),
    ("POST", "/v1/articles", {"content": b"\x00" * 99, "headers": FORM}, 400),
    ("POST", "/v1/articles", {"files": [("file", (f"{n}.txt", b"x")) for n in range(1100)]}, 400),
    ("POST", "/v1/articles", {"files": {"file": ("a.txt", b"x")}, "data": {str(n): "x" for n in range(1100)}}, 400),
    ("POST", "/v1/articles", {"files": {"file": ("a.txt", b"x")}, "data": {"name": "x" * 301}}, 400),
    ("POST", "/v1/articles", {"files": {"file": ("x" * 301, b"x")}}, 400),
    *[("POST", "/v1/articles", {"files": {"file": ("a.txt", b"x")}, "data": {"options": options}}, 400) for options in (
        "x", "[]", "null", "{", '{"given": 1}', '{"mapping": []}',
        '{"keep_old": "perhaps"}', "{" * 2000,
    )],
    ("POST", "/v1/articles", {"files": {"file": ("a.txt", b"x")}, "headers": {"Idempotency-Key": "x" * 201}}, 422),
    ("POST", "/v1/statements/none/correction", {"json": {}}, 404),
    ("POST", "/v1/statements/none/correction", {"json": []}, 422),
    ("POST", "/v1/statements/none/correction", {"json": {"holder": 1}}, 422),
    ("POST", "/v1/statements/none/correction", {"json": {"type": "god"}}, 422),
    ("POST", "/v1/statements/none/correction", {"content": b"{", "headers": JSON}, 422),
    ("POST", "/mcp", {}, 400),
    ("POST", "/mcp", {"content": b"{", "headers": JSON | {"Accept": "application/json, text/event-stream"}}, 400),
    ("POST", "/mcp", {"content": b"[]", "headers": JSON | {"Accept": "application/json, text/event-stream"}}, 400),
    ("GET", "/v1/articles", {"headers": {"Host": "evil.example"}}, 421),
    ("GET", "/v1/articles", {"headers": {"Host": "169.254.169.254"}}, 421),
    ("POST", "/v1/answers", {"json": {"question": "x"}, "headers": {"Origin": "http://evil.example"}}, 403),
    ("POST", "/v1/answers", {"json": {"question": "x"}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
    ("DELETE", "/v1/articles/none", {"headers": {"Origin": "null"}}, 403),
    ("POST", "/v1/chat/completions", {"content": HUGE.encode(), "headers": JSON}, 413),
    ("POST", "/mcp", {"content": HUGE.encode(), "headers": JSON}, 413),
    ("POST", "/v1/articles", {"content": b"", "headers": {"Content-Length": "9" * 30}}, 413),
]  # fmt: skip

# What is no HTTP at all, or hardly, as it goes over the wire.
WIRE: list[tuple[bytes, int]] = [
    (b"\x00\x01\x02\x03\r\n\r\n", 400),
    (b"GET\r\n\r\n", 400),
    (b"GET / HTTP/9.9\r\n\r\n", 421),
    (b"GET /v1/articles HTTP/1.1\r\nHost: 127.0.0.1\r\nHost\r\n\r\n", 400),
    (b"GET /v1/articles HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: " + b"x" * 200_000 + b"\r\n\r\n", 400),
    (b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
    (b"POST /v1/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n", 400),
    (b"POST /v1/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n", 400),
    (
        (
            b"POST /v1/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding:"
            b" chunked\r\n\r\nzz\r\n\r\n"
        ),
        400,
    ),
    (b"GET /v1/articles HTTP/1.1\r\n\r\n", 400),
]

ALL: list[tuple[str, str, dict[str, Any], int]] = [
    *(
        ("POST", "/v1/answers", {"content": body, "headers": JSON}, status)
        for body, status in BODIES
    ),
    *(
        ("POST", "/v1/answers/stream", {"content": body, "headers": JSON}, status)
        for body, status in BODIES[:20]
    ),
    *(
        ("POST", "/v1/chat/completions", {"content": body, "headers": JSON}, 400)
        for body in COMPLETIONS
    ),
    *(
        (
            "POST",
            "/v1/chat/completions",
            {"json": {"model": name, "messages": [{"role": "user", "content": "x"}]}},
            404,
        )
        for name in ("gpt", "../rashomon", "")
    ),
    *REQUESTS,
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalClient]:
    with tiny(tmp_path_factory.mktemp("attacked")) as opened:
        opened.ingest_bytes("ferry.txt", FERRY)
        yield opened


@pytest.fixture(scope="module")
def http(client: LocalClient) -> Iterator[TestClient]:
    with in_process(client) as opened:
        yield opened


def test_there_are_two_hundred() -> None:
    assert len(ALL) + len(WIRE) >= 200


@pytest.mark.parametrize(("method", "path", "given", "status"), ALL, ids=range(len(ALL)))
def test_a_hostile_request_is_told_what_is_wrong(
    http: TestClient,
    client: LocalClient,
    method: str,
    path: str,
    given: dict[str, Any],
    status: int,
) -> None:
    before = client.version
    reply = http.request(method, path, follow_redirects=False, **given)
    assert reply.status_code == status, reply.text[:300]
    if is_openai(path):
        assert (
            reply.json()["error"]["message"] and reply.headers["content-type"] == "application/json"
        )
    elif path.startswith("/v1"):
        told = reply.json()
        assert (told["status"], reply.headers["content-type"]) == (
            status,
            "application/problem+json",
        )
        assert told["detail"][-1] in ".?" and len(reply.content) < 2000
    assert "Traceback" not in reply.text and "/site-packages/" not in reply.text
    assert client.version == before


def test_what_is_hardly_http_is_refused_and_the_server_goes_on(client: LocalClient) -> None:
    with served(client) as url:
        told = [_status(url, sent) for sent, _ in WIRE]
        assert told == [status for _, status in WIRE]
        assert _status(url, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") == 200


def _status(url: str, sent: bytes) -> int:
    """The status of what a server answers to bytes."""
    at = urlsplit(url)
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=20) as connection:
        connection.sendall(sent)
        return int(connection.makefile("rb").readline().split()[1])
