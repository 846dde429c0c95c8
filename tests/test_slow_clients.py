"""Nobody who sends slowly, reads nothing or has left takes the place of the others."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

import ui.api.slow_clients
from tests.served import FERRY, served, tiny
from tests.test_limits import asking
from ui.api.middleware.body_size import BodyLimit
from ui.api.middleware.concurrency import ConcurrencyLimit
from ui.client.keys import Caller

HALF = (
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length:"
    b" 500\r\n\r\n{"
)
WHOLE = (
    b"POST /v1/answers/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b'Content-Length: 37\r\n\r\n{"question": "When did it sail, pray?"}'
)


@contextmanager
def connected(url: str, sent: bytes) -> Iterator[socket.socket]:
    at = urlsplit(url)
    with socket.create_connection((str(at.hostname), at.port or 80), timeout=30) as open_socket:
        open_socket.sendall(sent)
        yield open_socket


def test_questions_and_uploads_that_are_half_sent_keep_nobody_waiting(tmp_path: Path) -> None:
    with tiny(tmp_path, seconds=20) as client, served(client) as url, ExitStack() as held:
        for path in [b"/v1/answers"] * 40 + [b"/v1/articles"] * 10:
            held.enter_context(connected(url, HALF % path))
        began = time.monotonic()
        with httpx.Client(base_url=url) as http:
            assert (
                http.post("/v1/articles", files={"file": ("ferry.txt", FERRY)}).status_code == 200
            )
            assert (
                http.post("/v1/answers", json={"question": "When did the ferry sail?"}).status_code
                == 200
            )
        assert time.monotonic() - began < 5


def test_who_has_left_is_not_answered(tmp_path: Path) -> None:
    with tiny(tmp_path) as client, served(client) as url, httpx.Client(base_url=url) as http:
        assert http.post("/v1/articles", files={"file": ("ferry.txt", FERRY)}).status_code == 200
        for _ in range(100):
            with connected(url, WHOLE):
                pass
        assert (
            http.post("/v1/answers", json={"question": "When did the ferry sail?"}).status_code
            == 200
        )


def test_a_client_who_left_while_it_waited_gives_its_place_back() -> None:
    may_end, worked = anyio.Event(), list[str]()

    async def works(scope: Scope, receive: Receive, send: Send) -> None:
        worked.append((await Request(scope, receive).body()).decode())
        await may_end.wait()
        await Response()(scope, receive, send)

    async def statuses() -> list[int]:
        told = []
        async with (
            asking(ConcurrencyLimit(works, 1, seconds=30)) as client,
            anyio.create_task_group() as tasks,
        ):

            async def ask(words: str) -> None:
                told.append((await client.post("/v1/answers", content=words.encode())).status_code)

            tasks.start_soon(ask, "first")
            await anyio.sleep(0.05)
            async with anyio.create_task_group() as leaving:
                for n in range(8):
                    leaving.start_soon(ask, f"left {n}")
                await anyio.sleep(0.05)
                await ask("refused")
                leaving.cancel_scope.cancel()
            await anyio.sleep(0.05)
            may_end.set()
            await ask("last")
        return told

    assert asyncio.run(statuses()) == [429, 200, 200]
    assert worked == ["first", "last"]


def test_one_key_takes_half_of_the_places_at_most() -> None:
    may_end = anyio.Event()

    async def works(scope: Scope, receive: Receive, send: Send) -> None:
        await may_end.wait()
        await Response()(scope, receive, send)

    turns = ConcurrencyLimit(works, 2, seconds=30)

    async def named(scope: Scope, receive: Receive, send: Send) -> None:
        name = dict(scope["headers"])[b"name"].decode()
        scope["state"]["caller"] = Caller(name, ("ask",))
        await turns(scope, receive, send)

    async def statuses() -> dict[str, list[int]]:
        told: dict[str, list[int]] = {"greedy": [], "other": []}

        async def ask(client: httpx.AsyncClient, name: str) -> None:
            told[name].append(
                (await client.post("/v1/answers", headers={"name": name})).status_code
            )

        async with asking(named) as client, anyio.create_task_group() as tasks:
            for _ in range(20):
                tasks.start_soon(ask, client, "greedy")
            await anyio.sleep(0.05)
            tasks.start_soon(ask, client, "other")
            await anyio.sleep(0.05)
            may_end.set()
        return told

    told = asyncio.run(statuses())
    assert (told["greedy"].count(200), told["greedy"].count(429), told["other"]) == (9, 11, [200])


async def reads(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(str(len(await Request(scope, receive).body())))(scope, receive, send)


@pytest.mark.parametrize(
    ("pause", "pieces", "status"), [(0.0, 5, 200), (0.02, 5, 200), (0.3, 2, 408), (0.05, 12, 408)]
)
def test_a_body_has_a_time_for_each_piece_and_for_all_of_it(
    pause: float, pieces: int, status: int
) -> None:
    async def dripping() -> AsyncIterator[bytes]:
        for _ in range(pieces):
            await anyio.sleep(pause)
            yield b"x"

    async def told() -> httpx.Response:
        async with asking(BodyLimit(reads, silent_seconds=0.2, first_seconds=0.4)) as client:
            return await client.post("/v1/answers", content=dripping())

    reply = asyncio.run(told())
    assert reply.status_code == status
    if status == 408:
        assert reply.json()["code"] == "sent-too-slowly"
        assert (
            reply.json()["detail"]
            == "The request was not sent within its time: 0.2 seconds between two pieces of it, and"
            " 0.4 seconds for all of it, or 50 KB a second. Send it again."
        )


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: "])
def test_a_connection_on_which_no_head_comes_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(ui.api.slow_clients, "HEAD_SECONDS", 0.5)
    with tiny(tmp_path) as client, served(client) as url, connected(url, sent) as slow:
        began = time.monotonic()
        slow.settimeout(0.1)
        while time.monotonic() - began < 10:
            try:
                if sent:
                    slow.sendall(b"x")
                if slow.recv(100) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        assert time.monotonic() - began < 5


def test_a_connection_whose_replies_nobody_reads_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui.api.slow_clients, "UNREAD_SECONDS", 0.5)
    many = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200
    with tiny(tmp_path) as client, served(client) as url, connected(url, many) as unread:
        time.sleep(3)
        unread.settimeout(5)
        read = 0
        with pytest.raises(ConnectionResetError):
            while more := unread.recv(1_000_000):
                read += len(more)
            raise ConnectionResetError  # ended in good order, which is as well
        assert read < 200 * 50_000
        assert httpx.get(f"{url}/healthz").status_code == 200


def test_one_key_s_half_bodies_leave_room_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.api.middleware.body_size._AT_ONCE", 1_000_000)
    bodies = BodyLimit(reads)

    async def named(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["caller"] = Caller(dict(scope["headers"])[b"name"].decode(), ("ask",))
        await bodies(scope, receive, send)

    async def half() -> AsyncIterator[bytes]:
        yield b"x" * 400_000
        await anyio.sleep(30)

    async def statuses() -> list[int]:
        async with asking(named) as client, anyio.create_task_group() as tasks:
            tasks.start_soon(
                lambda: client.post("/v1/answers", content=half(), headers={"name": "greedy"})
            )
            await anyio.sleep(0.1)
            greedy = await client.post("/v1/answers", content=half(), headers={"name": "greedy"})
            other = await client.post(
                "/v1/answers", content=b"x" * 400_000, headers={"name": "other"}
            )
            tasks.cancel_scope.cancel()
        return [greedy.status_code, other.status_code]

    assert asyncio.run(statuses()) == [429, 200]


def test_a_connection_that_asks_again_within_its_time_is_kept(tmp_path: Path) -> None:
    with tiny(tmp_path) as client, served(client) as url, connected(url, b"") as one:
        for _ in range(3):
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert one.recv(10_000).startswith(b"HTTP/1.1 200")
