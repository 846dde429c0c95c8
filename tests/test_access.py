"""Who is let in: keys and scopes, the session of a browser, names of the server, pages of other
sites, rates.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from rag.settings import read_settings
from tests.served import FERRY, in_process, keyring, served, tiny
from ui.app import serve
from ui.cli.main import main
from vectorstore.errors import UsageError
from vectorstore.storage.lock import CorpusLock

NOTE = {"file": ("note.txt", FERRY)}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guarded")


@pytest.fixture(scope="module")
def secrets(folder: Path) -> dict[str, str]:
    """A key of each scope, by the name of the scope."""
    return {scope: keyring(folder).add(scope, [scope]) for scope in ("ask", "ingest", "admin")}


@pytest.fixture(scope="module")
def guarded(folder: Path, secrets: dict[str, str]) -> Iterator[TestClient]:
    with tiny(folder) as client, in_process(client) as opened:
        yield opened


@pytest.fixture
def http(guarded: TestClient) -> TestClient:
    """A server with keys, and a browser that has no cookies yet."""
    guarded.cookies.clear()
    return guarded


REQUESTS = [
    ("GET", "/v1/articles", "ask"),
    ("GET", "/v1/search?q=x", "ask"),
    ("GET", "/v1/models", "ask"),
    ("GET", "/openapi.json", "ask"),
    ("POST", "/v1/answers", "ask"),
    ("POST", "/v1/chat/completions", "ask"),
    ("POST", "/mcp", "ask"),
    ("GET", "/v1/jobs", "ingest"),
    ("POST", "/v1/articles", "ingest"),
    ("DELETE", "/v1/articles/none", "ingest"),
    ("POST", "/v1/statements/none/correction", "ingest"),
    ("DELETE", "/v1/statements/none/correction", "ingest"),
    ("GET", "/metrics", "admin"),
]


@pytest.mark.parametrize(("method", "path", "scope"), REQUESTS)
def test_a_request_needs_a_key_that_reaches_as_far(
    http: TestClient, secrets: dict[str, str], method: str, path: str, scope: str
) -> None:
    def status(headers: dict[str, str]) -> int:
        return http.request(method, path, headers=headers).status_code

    assert (
        status({})
        == status(bearer("rk_unknown"))
        == status({"Authorization": f"Basic {secrets['admin']}"})
        == 401
    )
    told = {name: status(bearer(secret)) for name, secret in secrets.items()}
    let_in = {name for name, one in told.items() if one not in (401, 403)}
    assert let_in == {scope, "admin"} and set(told.values()) - {403, 401} == {told["admin"]}


def test_who_is_refused_is_told_why(http: TestClient, secrets: dict[str, str]) -> None:
    nobody = http.get("/v1/articles")
    assert nobody.headers["WWW-Authenticate"] == "Bearer" and nobody.json()["code"] == "key"
    assert nobody.json()["detail"].startswith("A key is needed, or this one is not known.")
    reader = http.post("/v1/articles", files=NOTE, headers=bearer(secrets["ask"]))
    assert (reader.status_code, reader.json()["code"]) == (403, "not-allowed")
    assert reader.json()["detail"] == "The key 'ask' may not do this: it lacks the scope 'ingest'."
    assert http.get("/v1/models").json()["error"]["type"] == "authentication_error"


def test_health_is_told_without_a_key(http: TestClient, secrets: dict[str, str]) -> None:
    assert http.get("/healthz").status_code == http.get("/readyz").status_code == 200


def test_keys_that_cannot_be_read_let_nobody_in(tmp_path: Path) -> None:
    secret = keyring(tmp_path).add("desk", ["admin"])
    (tmp_path / "keys.json").write_text("nothing")
    with tiny(tmp_path) as client, in_process(client) as http:
        refused = http.get("/v1/articles", headers=bearer(secret))
    assert (refused.status_code, refused.json()["code"]) == (503, "keys")
    assert str(tmp_path) not in refused.text


def test_a_browser_signs_in_for_pages_and_not_for_the_api(
    http: TestClient, secrets: dict[str, str]
) -> None:
    wanting_a_page = {"Accept": "text/html"}
    sent_away = http.get("/", headers=wanting_a_page, follow_redirects=False)
    assert (sent_away.status_code, sent_away.headers["Location"]) == (303, "/sign-in")
    assert "A key is needed" not in http.get("/sign-in").text
    wrong = http.post("/sign-in", data={"key": "rk_wrong"})
    assert (
        wrong.status_code == 401
        and "This key is not known." in wrong.text
        and "Set-Cookie" not in wrong.headers
    )
    entered = http.post("/sign-in", data={"key": f" {secrets['admin']} "}, follow_redirects=False)
    assert (entered.status_code, entered.headers["Location"]) == (303, "/")
    cookie = entered.headers["Set-Cookie"].lower()
    assert (
        "httponly" in cookie
        and "samesite=strict" in cookie
        and secrets["admin"].lower() not in cookie
    )
    assert http.get("/docs").status_code == 200
    assert http.get("/v1/articles").status_code == http.get("/metrics").status_code == 401
    left = http.post("/sign-out", follow_redirects=False)
    assert left.headers["Location"] == "/sign-in"
    assert http.get("/docs", headers=wanting_a_page).status_code == 401


def test_an_attacker_cannot_guess_keys_without_end(tmp_path: Path) -> None:
    keyring(tmp_path).add("desk", ["ask"])
    with tiny(tmp_path, rate=5) as client, in_process(client) as http:
        told = [http.get("/v1/articles", headers=bearer(f"rk_{n}")).status_code for n in range(4)]
        told += [http.post("/sign-in", data={"key": f"rk_{n}"}).status_code for n in range(3)]
    assert told == [401, 401, 401, 401, 401, 429, 429]


def test_each_key_has_its_own_rate(tmp_path: Path) -> None:
    one, two = (keyring(tmp_path).add(name, ["ask"]) for name in ("one", "two"))
    with tiny(tmp_path, rate=3) as client, in_process(client) as http:
        told = [http.get("/v1/articles", headers=bearer(one)) for _ in range(4)]
        assert [reply.status_code for reply in told] == [200, 200, 200, 429]
        assert (
            told[3].json()["code"] == "too-many" and 1 <= int(told[3].headers["Retry-After"]) <= 60
        )
        assert http.get("/v1/articles", headers=bearer(two)).status_code == 200


def test_a_server_on_this_machine_without_keys_asks_for_none_and_counts_nothing(
    tmp_path: Path,
) -> None:
    with tiny(tmp_path, rate=1) as client, in_process(client) as http:
        assert {http.get("/v1/articles").status_code for _ in range(5)} == {200}


def test_a_server_that_others_reach_does_not_open_when_its_last_key_goes(tmp_path: Path) -> None:
    keyring(tmp_path).add("desk", ["ask"])
    with tiny(tmp_path, host="192.0.2.7") as client, in_process(client) as http:
        keyring(tmp_path).remove("desk")
        assert http.get("/v1/articles").status_code == 401
    with (
        tiny(tmp_path, host="192.0.2.7", without_keys=True, rate=1) as client,
        in_process(client) as http,
    ):
        assert [http.get("/v1/articles").status_code for _ in range(2)] == [200, 429]


def test_a_server_that_others_reach_does_not_start_without_keys(tmp_path: Path) -> None:
    settings = read_settings(corpus=str(tmp_path), host="0.0.0.0", port=0)
    with pytest.raises(UsageError, match="Others reach this server, and there are no keys"):
        serve(settings, False, print)
    assert not (tmp_path / "owner.lock").exists()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200), ("localhost:7860", 200), ("[::1]:7860", 200), ("LOCALHOST", 200), ("news.example", 200),
        ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("[", 421), ("127.0.0.1@evil.example", 421),
    ],
)  # fmt: skip
def test_a_local_server_answers_to_its_own_names(tmp_path: Path, host: str, status: int) -> None:
    with tiny(tmp_path, hosts="news.example") as client, in_process(client) as http:
        assert http.get("/v1/articles", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1"}, 200),
        ({"Origin": "http://desk.example"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://desk.example"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_a_page_of_another_site_changes_nothing(
    tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    with tiny(tmp_path, origins="http://desk.example") as client, in_process(client) as http:
        assert http.post("/v1/articles", files=NOTE, headers=headers).status_code == status
        assert len(client.articles()) == (status == 200)


def test_pages_of_other_sites_read_nothing_unless_they_are_named(tmp_path: Path) -> None:
    asked = {"Origin": "http://desk.example"}
    preflight = {
        **asked,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "Authorization",
    }
    allowed = "Access-Control-Allow-Origin"
    with tiny(tmp_path) as client, in_process(client) as http:
        assert allowed not in http.get("/v1/articles", headers=asked).headers
        assert allowed not in http.options("/v1/answers", headers=preflight).headers
    with tiny(tmp_path, origins="http://desk.example") as client, in_process(client) as http:
        assert http.get("/v1/articles", headers=asked).headers[allowed] == "http://desk.example"
        assert (
            http.options("/v1/answers", headers=preflight).headers[allowed] == "http://desk.example"
        )
        assert (
            allowed
            not in http.get("/v1/articles", headers={"Origin": "http://evil.example"}).headers
        )


def test_every_reply_has_its_id_and_the_headers_that_keep_a_browser_safe(http: TestClient) -> None:
    for path in ("/healthz", "/v1/articles", "/none", "/v1/none", "/sign-in"):
        reply = http.get(path, headers={"X-Request-ID": "desk-7"})
        assert reply.headers["X-Request-ID"] == "desk-7"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
    assert http.get("/v1/none", headers={"X-Request-ID": "desk-7"}).json()["request_id"] == "desk-7"
    ids = {
        http.get("/healthz", headers={"X-Request-ID": id}).headers["X-Request-ID"]
        for id in ("", "a b", "x" * 200)
    }
    assert len(ids) == 3 and all(len(id) == 32 for id in ids)


def test_a_page_cannot_open_a_socket(http: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), http.websocket_connect("/v1/articles"):
        pass


def test_the_commands_go_through_a_server_with_the_key_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = keyring(tmp_path / "corpus")
    secret = keys.add("desk", ["ask"])
    with tiny(tmp_path / "corpus") as client, served(client) as url:
        asked = tmp_path / "asked"  # where a command looks for who serves
        asked.mkdir()
        owner = CorpusLock(asked, url)
        assert main(["articles", "--corpus", str(asked)]) == 2
        assert capsys.readouterr().err.startswith(
            "rashomon: A key is needed, or this one is not known."
        )
        monkeypatch.setenv("RASHOMON_API_KEY", secret)
        assert main(["articles", "--corpus", str(asked)]) == 0
        assert main(["remove", "none", "--corpus", str(asked)]) == 2
        assert (
            capsys.readouterr().err
            == "rashomon: The key 'desk' may not do this: it lacks the scope 'ingest'.\n"
        )
        assert httpx.get(f"{url}/v1/articles", headers=bearer(secret)).status_code == 200
        owner.release()
