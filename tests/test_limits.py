"""How much is read of a request, how many wait, for how long, and that nobody is worked for who has
left.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import anyio
import httpx
import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.served import in_process, tiny
from ui.api.errors import ErrorReplies
from ui.api.log import Log
from ui.api.metrics import Metrics
from ui.api.middleware.body_size import BodyLimit
from ui.api.middleware.concurrency import WAITING, ConcurrencyLimit
from ui.api.middleware.request_log import RequestLog

MB = 1024**2


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with tiny(tmp_path_factory.mktemp("limits")) as client, in_process(client) as opened:
        yield opened


def asking(app: ASGIApp) -> httpx.AsyncClient:
    """A client of an application inside the outermost layer."""
    told = RequestLog(app, ErrorReplies(), Metrics(), Log("off"))
    return httpx.AsyncClient(transport=httpx.ASGITransport(told), base_url="http://127.0.0.1")


async def reads(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(str(len(await Request(scope, receive).body())))(scope, receive, send)


async def pieces(count: int) -> AsyncIterator[bytes]:
    """A body whose length is not stated."""
    for _ in range(count):
        yield b"x" * (MB // 4)


@pytest.mark.parametrize(
    ("path", "quarters", "status"), [("/v1/answers", 4, 200), ("/v1/answers", 5, 413)]
)
def test_a_body_is_read_to_its_limit_whether_its_length_is_stated_or_not(
    path: str, quarters: int, status: int
) -> None:
    async def statuses() -> list[int]:
        async with asking(BodyLimit(reads)) as client:
            stated = await client.post(path, content=b"x" * (quarters * MB // 4))
            streamed = await client.post(path, content=pieces(quarters))
            return [stated.status_code, streamed.status_code]

    assert asyncio.run(statuses()) == [status, status]


@pytest.mark.parametrize("length", ["999999999999", "9" * 400])
def test_a_body_that_says_it_is_too_long_is_not_read(http: TestClient, length: str) -> None:
    refused = http.post("/v1/articles", headers={"Content-Length": length}, content=b"")
    assert (refused.status_code, refused.json()["code"]) == (413, "too-large")
    assert refused.json()["detail"].startswith(
        "The request has more than 201 MB, which is the most that is read."
    )


def test_so_many_are_worked_on_so_many_wait_and_the_rest_come_again() -> None:
    at_once, running, most = 2, 0, 0

    async def works(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await anyio.sleep(0.01)
        running -= 1
        await Response()(scope, receive, send)

    async def statuses() -> list[httpx.Response]:
        async with asking(ConcurrencyLimit(works, at_once, seconds=30)) as client:
            return await asyncio.gather(*(client.post("/v1/answers") for _ in range(64)))

    replies = asyncio.run(statuses())
    served = at_once + at_once * WAITING
    assert sorted(reply.status_code for reply in replies) == [200] * served + [429] * (64 - served)
    turned_away = next(reply for reply in replies if reply.status_code == 429)
    assert (turned_away.headers["Retry-After"], turned_away.json()["code"]) == ("2", "too-many")
    assert most == at_once


def test_what_takes_too_long_is_ended_and_gives_its_turn_back() -> None:
    slow = True

    async def works(scope: Scope, receive: Receive, send: Send) -> None:
        await anyio.sleep(30 if slow else 0)
        await Response()(scope, receive, send)

    async def told() -> tuple[httpx.Response, int]:
        nonlocal slow
        async with asking(ConcurrencyLimit(works, 1, seconds=0.05)) as client:
            late = await client.post("/v1/answers")
            slow = False
            return late, (await client.post("/v1/answers")).status_code

    late, next_one = asyncio.run(told())
    assert (late.status_code, late.json()["code"], next_one) == (504, "too-slow", 200)
    assert (
        late.json()["detail"]
        == "The request was not finished within 0.05 seconds. Try again, or ask less."
    )


def test_what_is_no_question_waits_for_none() -> None:
    async def works(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/v1/answers":
            await anyio.sleep(0.3)
        await Response()(scope, receive, send)

    async def order() -> list[str]:
        done = []
        async with asking(ConcurrencyLimit(works, 1, seconds=30)) as client:

            async def ask(method: str, path: str) -> None:
                await client.request(method, path)
                done.append(path)

            await asyncio.gather(
                ask("POST", "/v1/answers"), ask("POST", "/v1/answers"), ask("GET", "/healthz")
            )
        return done

    assert asyncio.run(order()) == ["/healthz", "/v1/answers", "/v1/answers"]


def test_an_error_that_nobody_foresaw_tells_nothing_of_itself(
    capfd: pytest.CaptureFixture[str],
) -> None:
    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError("the reader's words")

    async def told() -> httpx.Response:
        async with asking(breaks) as client:
            return await client.get("/v1/articles")

    broken = asyncio.run(told())
    assert (broken.status_code, broken.json()["code"]) == (500, "internal")
    assert broken.json()["request_id"] == broken.headers["X-Request-ID"]
    assert "the reader's words" not in broken.text + capfd.readouterr().err


def test_nothing_more_is_worked_for_a_reader_who_has_left(tmp_path: Path) -> None:
    from rag.answer import Answer, Event
    from ui.api.sse import while_there

    read: list[int] = []
    closed = False

    def events() -> Iterator[Event | Answer]:
        nonlocal closed
        try:
            for n in range(100):
                read.append(n)
                yield Event("text", str(n))
        finally:
            closed = True

    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def taken() -> int:
        request = Request({"type": "http"}, gone)
        return len([event async for event in while_there(request, events())])  # type: ignore[arg-type]

    assert asyncio.run(taken()) == 1
    assert (read, closed) == ([0], True)
