"""Of the page's framework only what the page needs is reached, it fetches nothing, and other sites
lead to `/` only.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from tests.served import FERRY, keyring, tiny
from tests.test_limits import asking
from ui.api.middleware.concurrency import ConcurrencyLimit
from ui.app import create_app
from ui.chat.routes import NEEDED, REFUSED
from ui.client.keys import Caller


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with (
        tiny(tmp_path_factory.mktemp("page")) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        yield http


def installed() -> dict[str, set[str]]:
    """The routes that the installed gradio brings, by their templates, with their methods."""
    import gradio as gr
    from gradio.routes import App

    with gr.Blocks(analytics_enabled=False) as blocks:
        gr.Markdown("a page")
    found: dict[str, set[str]] = {}
    pending: list[Any] = list(App.create_app(blocks).router.routes)
    while pending:
        route = pending.pop()
        inner = getattr(route, "original_router", None)
        if inner is not None:
            pending += inner.routes
        else:
            found.setdefault(route.path.rstrip("/") or "/", set()).update(route.methods)
    return found


def test_every_route_of_the_installed_gradio_is_needed_or_refused() -> None:
    refused = [path for paths in REFUSED.values() for path in paths]
    assert sorted(installed()) == sorted([*NEEDED, *refused])
    assert {path: set(needed.methods) - installed()[path] for path, needed in NEEDED.items()} == {
        path: set() for path in NEEDED
    }


def filled(template: str) -> str:
    return re.sub(r"\{[^}]*\}", "x", template)


@pytest.mark.parametrize("template", [path for paths in REFUSED.values() for path in paths])
def test_what_the_page_does_not_need_is_not_there(page: TestClient, template: str) -> None:
    for method in ("GET", "POST", "HEAD"):
        for path in (filled(template), filled(template) + "/"):
            if path != "/openapi.json":  # that one is the API's own
                reply = page.request(method, path)
                assert (reply.status_code, reply.headers["Content-Type"]) == (
                    404,
                    "application/problem+json",
                )


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://news.example/x.png",
        "/gradio_api/file=https://news.example/x.png",
        "/gradio_api/file=//news.example/x.png",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://news.example/",
        "/gradio_api/FILE=http://news.example/x.png",
        "//gradio_api/file=http://news.example/x.png",
        "/gradio_api/./file=http://news.example/x.png",
        "/gradio_api/file%3Dhttp://news.example/x.png",
        "/assets/../gradio_api/file=http://news.example/x.png",
        "/assets/..%2f..%2f..%2froutes.py",
        "/assets/%2e%2e/config",
        "/static//etc/passwd",
        "/gradio_api/upload/",
        "/monitoring/",
    ],
)
def test_no_spelling_of_an_address_leads_to_the_rest_of_gradio(page: TestClient, path: str) -> None:
    assert page.get(path).status_code == 404


def test_a_route_of_the_page_has_the_methods_that_it_needs_and_no_other(page: TestClient) -> None:
    refused = page.post("/theme.css")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")
    assert page.get("/theme.css").status_code == page.head("/").status_code == 200


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.txt", "https://news.example/x.txt"])
def test_a_call_that_names_an_address_in_place_of_a_file_fetches_nothing(
    page: TestClient, address: str
) -> None:
    import gradio as gr
    from gradio.processing_utils import async_move_files_to_cache, save_url_to_cache

    named = {"path": address, "meta": {"_type": "gradio.FileData"}}
    with pytest.raises(PermissionError, match="The page fetches nothing from an address"):
        asyncio.run(async_move_files_to_cache([named], gr.File(), check_in_upload_folder=True))
    with pytest.raises(PermissionError):
        save_url_to_cache(address, cache_dir=".")


SITES = ["cross-site", "same-site"]


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("to", ["document", "iframe", "image", "script", "empty"])
@pytest.mark.parametrize(
    "path", ["/", "/v1/articles", "/docs", "/gradio_api/queue/data", "/reports/x", "/healthz"]
)
def test_another_site_leads_to_the_page_and_nowhere_else(
    page: TestClient, site: str, to: str, path: str
) -> None:
    reply = page.get(
        path, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Dest": to, "Accept": "text/html"}
    )
    assert reply.status_code == (200 if (path, to) == ("/", "document") else 403)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_the_page_itself_and_a_typed_address_lead_everywhere(page: TestClient, site: str) -> None:
    for path in ("/", "/v1/articles", "/docs", "/healthz"):
        assert (
            page.get(
                path, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Dest": "document"}
            ).status_code
            == 200
        )


def scripts_allowed(reply: Any) -> set[str]:
    policy = dict(
        part.strip().split(" ", 1) for part in reply.headers["Content-Security-Policy"].split(";")
    )
    assert {name for name, sources in policy.items() if ":" in sources} == {
        "img-src",
        "font-src",
        "worker-src",
    }
    assert not re.search(r"https?:|\*|wss?:", " ".join(policy.values()))
    return set(policy["script-src"].split())


def test_a_script_in_a_page_runs_by_its_hash_only(page: TestClient) -> None:
    assert (
        scripts_allowed(page.get("/sign-in"))
        == scripts_allowed(page.get("/v1/articles"))
        == {"'self'"}
    )
    docs = scripts_allowed(page.get("/docs"))
    assert len(docs) == 2 and all(
        source == "'self'" or source.startswith("'sha256-") for source in docs
    )
    shown = page.get("/", headers={"Accept-Encoding": "br, gzip"})
    allowed = scripts_allowed(shown)
    inline = len(re.findall(r"<script(?![^>]*src=)", shown.text))
    assert {"'self'", "'unsafe-eval'"} < allowed and "'unsafe-inline'" not in allowed
    assert len(allowed) == 2 + inline + 1  # and the script that gradio adds in the browser


JOIN = {"data": [], "fn_index": 0, "session_hash": "s"}


def signed_in(http: TestClient, secret: str) -> TestClient:
    assert http.post("/sign-in", data={"key": secret}, follow_redirects=False).status_code == 303
    return http


def test_a_key_that_may_only_ask_puts_no_file_on_the_disk(tmp_path: Path) -> None:
    secrets = {scope: keyring(tmp_path).add(scope, [scope]) for scope in ("ask", "ingest")}
    with (
        tiny(tmp_path) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        sent = {"files": ("a.txt", FERRY)}
        told = {
            scope: signed_in(http, secret).post("/gradio_api/upload", files=sent)
            for scope, secret in secrets.items()
        }
    assert {scope: reply.status_code for scope, reply in told.items()} == {
        "ask": 403,
        "ingest": 200,
    }
    assert (
        told["ask"].json()["detail"]
        == "The key 'ask' may not do this: it lacks the scope 'ingest'."
    )


def test_a_file_that_the_page_is_brought_is_told_by_its_name_alone(tmp_path: Path) -> None:
    with (
        tiny(tmp_path) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        told = http.post("/gradio_api/upload", files={"files": ("a.txt", FERRY)})
        (path,) = told.json()
        assert re.fullmatch(r"/page/[0-9a-f]{64}/a\.txt", path) and str(tmp_path) not in told.text
        assert int(told.headers["Content-Length"]) == len(told.content)
        config = json.loads(
            http.get("/").text.partition("window.gradio_config = ")[2].partition(";</script>")[0]
        )
        taking = next(call for call in config["dependencies"] if ("upload" in str(call["targets"])))
        named = {"path": path, "orig_name": "a.txt", "meta": {"_type": "gradio.FileData"}}
        call = json.dumps(
            {"data": [[named]], "fn_index": taking["id"], "session_hash": "s"},
            separators=(",", ":"),
        )
        sent = http.post(
            "/gradio_api/queue/join", content=call, headers={"Content-Type": "application/json"}
        )
        assert sent.status_code == 200
        events = http.get("/gradio_api/queue/data", params={"session_hash": "s"}).text
        assert "process_completed" in events and str(tmp_path) not in events
        assert [row.source for row in client.articles()] == ["a.txt"]
        assert list((tmp_path / "page").rglob("*.txt")) == []


@pytest.mark.parametrize(
    "named",
    [
        {"path": "/etc/passwd"},
        {"path": "/dev/zero"},
        {"path": "."},
        {"path": "/page/../keys.json"},
        {"path": "/page/" + "0" * 64 + "/../../keys.json"},
        {"path": "http://127.0.0.1:9/x.txt"},
        {"path": "/page/" + "0" * 64 + "/a.txt", "is_stream": True},
        {"path": None},
    ],
    ids=str,
)
def test_a_call_names_no_file_but_one_that_the_page_was_brought(
    page: TestClient, named: dict[str, Any], tmp_path: Path
) -> None:
    for data in (
        [named],
        [[{**named, "meta": {"_type": "gradio.FileData"}}]],
        {"deep": [[[named]]]},
    ):
        refused = page.post(
            "/gradio_api/queue/join", json={"data": data, "fn_index": 0, "session_hash": "s"}
        )
        assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
        assert (
            refused.json()["detail"]
            == "A call of the page may name only files that the page was brought."
        )


def test_gradio_itself_reads_nothing_but_what_it_was_brought(tmp_path: Path) -> None:
    import gradio as gr
    from gradio.processing_utils import async_move_files_to_cache

    (tmp_path / "secret.txt").write_bytes(FERRY)
    with tiny(tmp_path / "corpus") as client:
        create_app(client)
        for path in (
            str(tmp_path / "secret.txt"),
            "/etc/passwd",
            f"{tmp_path}/corpus/page/../../secret.txt",
        ):
            named = {"path": path, "meta": {"_type": "gradio.FileData"}}
            with pytest.raises(
                PermissionError, match="The page reads nothing but what it was brought"
            ):
                asyncio.run(
                    async_move_files_to_cache([named], gr.File(), check_in_upload_folder=True)
                )
    assert [
        path for path in (tmp_path / "corpus").rglob("*") if path.name in ("secret.txt", "passwd")
    ] == []


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 200_000, b"\xff"])
def test_a_call_that_cannot_be_read_is_told(page: TestClient, body: bytes) -> None:
    refused = page.post(
        "/gradio_api/queue/join", content=body, headers={"Content-Type": "application/json"}
    )
    assert (refused.status_code, refused.json()["detail"]) == (
        400,
        "The call cannot be read. Load the page again.",
    )


def test_who_may_only_ask_names_no_file_in_a_call(tmp_path: Path) -> None:
    secret = keyring(tmp_path).add("reader", ["ask"])
    with (
        tiny(tmp_path) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        signed_in(http, secret)
        data = [[{"path": "/page/" + "0" * 64 + "/a.txt", "meta": {"_type": "gradio.FileData"}}]]
        assert http.post("/gradio_api/queue/join", json={**JOIN, "data": data}).status_code == 403


def test_an_upload_that_was_broken_off_leaves_nothing_for_long(tmp_path: Path) -> None:
    with (
        tiny(tmp_path) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        left, coming = (tmp_path / "page" / name for name in ("tmpleft", "tmpcoming"))
        for path in (left, coming):
            path.write_bytes(b"half")
        os.utime(left, (0, 0))
        assert http.post("/gradio_api/upload", files={"files": ("a.txt", FERRY)}).status_code == 200
        assert (left.exists(), coming.exists()) == (False, True)


@pytest.mark.parametrize(
    "path", ["/v1/answers%0A", "/v1/models%0a", "/docs%0A", "/healthz%00", "/v1/articles%0D%0A"]
)
def test_a_path_with_control_characters_is_not_there(page: TestClient, path: str) -> None:
    assert page.get(path).status_code == page.post(path).status_code == 404


def test_a_page_opens_so_many_streams_at_once(tmp_path: Path) -> None:
    opened = 0

    async def stands_open(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal opened
        opened += 1
        await anyio.sleep(30)

    async def statuses() -> list[int]:
        turns = ConcurrencyLimit(stands_open, 1, seconds=30)

        async def by_a_key(scope: Scope, receive: Receive, send: Send) -> None:
            scope["state"]["caller"] = Caller("reader", ("ask",))
            await turns(scope, receive, send)

        async with asking(by_a_key) as client, anyio.create_task_group() as tasks:
            for n in range(200):
                tasks.start_soon(client.get, f"/gradio_api/heartbeat/{n}")
            await anyio.sleep(0.3)
            refused = [
                (await client.get(f"/{path}")).status_code
                for path in ("gradio_api/queue/data", "mcp")
            ]
            tasks.cancel_scope.cancel()
        return refused

    assert asyncio.run(statuses()) == [429, 429] and opened == 200


def test_calls_of_the_page_count_like_those_of_the_api(tmp_path: Path) -> None:
    secret = keyring(tmp_path).add("desk", ["ask"])
    with (
        tiny(tmp_path, rate=3) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        signed_in(http, secret)
        assert {http.get(path).status_code for path in ("/", "/theme.css") for _ in range(5)} == {
            200
        }
        assert [http.post("/gradio_api/queue/join", json=JOIN).status_code for _ in range(4)][
            -2:
        ] == [200, 429]
        assert (
            http.get("/v1/articles", headers={"Authorization": f"Bearer {secret}"}).status_code
            == 429
        )


def test_a_call_of_the_page_has_its_bytes(page: TestClient) -> None:
    refused = page.post(
        "/gradio_api/queue/join", headers={"Content-Length": str(17 * 1024**2)}, content=b""
    )
    assert (refused.status_code, refused.json()["code"]) == (413, "too-large")


def test_wrong_keys_of_others_lock_nobody_out(tmp_path: Path) -> None:
    secret = keyring(tmp_path).add("desk", ["ask"])
    with (
        tiny(tmp_path, rate=3) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        wrong = [http.post("/sign-in", data={"key": f"rk_{n}"}).status_code for n in range(5)]
        wrong += [
            http.get("/v1/articles", headers={"Authorization": f"Bearer rk_{n}"}).status_code
            for n in range(2)
        ]
        assert wrong == [401, 401, 401, 429, 429, 429, 429]
        assert signed_in(http, secret).get("/").status_code == 200
        assert (
            http.get("/v1/articles", headers={"Authorization": f"Bearer {secret}"}).status_code
            == 200
        )


def test_who_follows_a_link_to_a_server_with_keys_finds_the_form(tmp_path: Path) -> None:
    keyring(tmp_path).add("desk", ["ask"])
    linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document", "Accept": "text/html"}
    with (
        tiny(tmp_path) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        shown = http.get("/", headers=linked, follow_redirects=False)
        assert shown.status_code == 401 and 'action="/sign-in"' in shown.text
        assert http.get("/sign-in", headers=linked).status_code == 403


def test_with_keys_too_the_rest_of_gradio_is_not_there(tmp_path: Path) -> None:
    secret = keyring(tmp_path).add("desk", ["admin"])
    with (
        tiny(tmp_path) as client,
        TestClient(create_app(client), base_url="http://127.0.0.1") as http,
    ):
        for path in ("/gradio_api/file=http://news.example/x.png", "/monitoring", "/config"):
            assert http.get(path).status_code == 401
            assert http.get(path, headers={"Authorization": f"Bearer {secret}"}).status_code == 404
