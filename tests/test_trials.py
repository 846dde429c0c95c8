"""A server under load, killed, and without its corpus: what was acknowledged is kept, what fails
says why.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.chroma import ChromaServer
from tests.processes import killed_while_writing, running, serve_tiny
from tests.served import FERRY, served, tiny
from tests.test_serve import start

pytestmark = pytest.mark.slow

CLIENTS, SLOW, SECONDS = 64, 8, 60
KILLS = 20
PLACES = ["Tolling", "Brume", "Lanvar", "Sorrel", "Haldrey", "Merrow", "Orle", "Midwater"]
QUESTIONS = [
    "Who fired first at Orle?",
    "How many people died in the flood?",
    "من فتح بوابات السد؟",
    "Who blames whom?",
]
POST = """The {n} Weir of {place}

By Ana Bell
Quay Post

The {n} weir of {place} broke at noon. Nobody in the mill below it was warned, the miller of {place} said.
"""


def megabytes(url: str) -> float:
    """The memory of a server."""
    families = text_string_to_metric_families(httpx.get(f"{url}/metrics").text)
    return (
        next(f.samples[0].value for f in families if f.name == "process_resident_memory_bytes")
        / 2**20
    )


async def ask_for(url: str, seconds: float) -> tuple[Counter[int], list[float], list[float]]:
    """Has clients ask for so long: the statuses, the seconds of answers, the server's megabytes as
    time goes on.
    """
    statuses: Counter[int] = Counter()
    waited: list[float] = []
    memory: list[float] = []
    end = time.monotonic() + seconds

    async def asks(client: httpx.AsyncClient, n: int) -> None:
        while time.monotonic() < end:
            began = time.monotonic()
            reply = await client.post(
                "/v1/answers", json={"question": QUESTIONS[n % len(QUESTIONS)]}
            )
            statuses[reply.status_code] += 1
            if reply.status_code == 200:
                waited.append(time.monotonic() - began)
            else:
                await asyncio.sleep(float(reply.headers["Retry-After"]))

    async def looks() -> None:
        while time.monotonic() < end:
            memory.append(await asyncio.to_thread(megabytes, url))
            await asyncio.sleep(seconds / 20)

    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        await asyncio.gather(looks(), *(asks(client, n) for n in range(CLIENTS)))
    return statuses, waited, memory


def half_asks(url: str, over: threading.Event) -> None:
    """Sends half a question, or half an upload, again and again."""
    at = urlsplit(url)
    for path in itertools.cycle(("/v1/answers", "/v1/articles")):
        with socket.create_connection((str(at.hostname), at.port or 80)) as one:
            one.sendall(
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{{".encode()
            )
            if over.wait(5):
                return


def test_sixty_four_clients_beside_eight_slow_ones_get_answers_or_are_told_to_come_again(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    over = threading.Event()
    with running(start("serve", "--sample", "--port", "0", "--corpus", str(tmp_path))) as url:
        slow = [threading.Thread(target=half_asks, args=(url, over)) for _ in range(SLOW)]
        for one in slow:
            one.start()
        statuses, waited, memory = asyncio.run(ask_for(url, SECONDS))
        over.set()
        for one in slow:
            one.join()
    percent = statistics.quantiles(waited, n=100)
    record_property(
        "figures",
        f"{CLIENTS} clients beside {SLOW} slow, {SECONDS} s: {dict(statuses)}; answers in p50"
        f" {percent[49]:.2f} s, p95 {percent[94]:.2f} s, p99 {percent[98]:.2f} s; memory"
        f" {memory[len(memory) // 4]:.0f} MB after a quarter, {memory[-1]:.0f} at the end",
    )
    assert set(statuses) <= {200, 429} and statuses[200] > CLIENTS
    assert memory[-1] < 1.1 * memory[len(memory) // 4]


def test_a_server_killed_again_and_again_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    moments = random.Random(3)
    acknowledged: set[str] = set()
    posts = {
        f"{place}-{n}.txt": POST.format(n=n, place=place).encode()
        for place in PLACES
        for n in range(400)
    }
    names = iter(posts)
    corpus = tmp_path / "killed"
    writing = 0
    for n in range(KILLS):
        process = serve_tiny(corpus)
        with running(process) as url:
            clients = [
                threading.Thread(target=_uploads, args=(url, names, posts, acknowledged, prefer))
                for prefer in ("respond-async", "")
            ] + [threading.Thread(target=_asks, args=(url,))]
            for client in clients:
                client.start()
            time.sleep(moments.uniform(0.2, 1.5))
            if n % 4 == 0:
                process.kill()
            else:
                writing += killed_while_writing(process)
            for client in clients:
                client.join()
    with running(serve_tiny(corpus)) as url:
        for _ in range(600):
            if all(job["state"] == "done" for job in httpx.get(f"{url}/v1/jobs").json()):
                break
            time.sleep(0.1)
        rows = httpx.get(f"{url}/v1/articles").json()
    kept = {row["source"] for row in rows}
    assert len(rows) == len(kept) and acknowledged <= kept and len(acknowledged) >= KILLS
    assert writing >= KILLS / 2
    with tiny(tmp_path / "whole") as whole:
        for name in sorted(kept):
            whole.ingest_bytes(name, posts[name])
        assert {(row.id, row.passages) for row in whole.articles()} == {
            (row["id"], row["passages"]) for row in rows
        }


def _uploads(
    url: str, names: Iterator[str], posts: dict[str, bytes], acknowledged: set[str], prefer: str
) -> None:
    """Uploads until the server is gone, and notes what it acknowledged."""
    with httpx.Client(base_url=url, timeout=30) as client:
        while True:
            name = next(names)
            try:
                reply = client.post(
                    "/v1/articles", files={"file": (name, posts[name])}, headers={"Prefer": prefer}
                )
            except httpx.HTTPError:
                return
            if reply.status_code == 429:
                time.sleep(0.1)
                continue
            assert reply.status_code in (200, 202), reply.text
            acknowledged.add(name)


def _asks(url: str) -> None:
    """Asks until the server is gone."""
    with httpx.Client(base_url=url, timeout=30) as client:
        while True:
            try:
                assert (
                    client.post("/v1/answers", json={"question": "Which weir broke?"}).status_code
                    == 200
                )
            except httpx.HTTPError:
                return


def test_a_server_whose_chroma_is_gone_says_so_and_goes_on_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # of what is kept beside a corpus on a server
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    chroma = ChromaServer(tmp_path / "chroma")
    chroma.start()
    told: list[tuple[str, int, str | None]] = []
    stage, over = "before", threading.Event()

    def asks(url: str) -> None:
        with httpx.Client(base_url=url, timeout=60) as client:
            while not over.is_set():
                at = stage
                reply = client.post("/v1/answers", json={"question": "When did the ferry sail?"})
                if at == stage:
                    told.append((at, reply.status_code, reply.json().get("code")))

    with (
        tiny(f"{chroma.url}/news") as client,
        served(client) as url,
        httpx.Client(base_url=url, timeout=60) as http,
    ):
        assert http.post("/v1/articles", files={"file": ("ferry.txt", FERRY)}).status_code == 200
        clients = [threading.Thread(target=asks, args=(url,)) for _ in range(4)]
        for one in clients:
            one.start()
        time.sleep(2)
        stage = "stopping"
        chroma.kill()
        stage = "without"
        ready = http.get("/readyz")
        kept = http.post(
            "/v1/articles", files={"file": ("weir.txt", FERRY.replace(b"Ferry", b"Weir"))}
        )
        time.sleep(2)
        stage = "starting"
        chroma.start()
        stage = "after"
        job = http.get("/v1/jobs").json()[0]
        for _ in range(600):
            if job["state"] == "done":
                break
            time.sleep(0.1)
            job = http.get("/v1/jobs").json()[0]
        time.sleep(1)
        over.set()
        for one in clients:
            one.join()
        sources = [row["source"] for row in http.get("/v1/articles").json()]
    chroma.kill()
    assert (ready.status_code, ready.json()["code"]) == (503, "corpus")
    assert (kept.status_code, kept.json()["code"]) == (503, "corpus") and job["id"] in kept.json()[
        "detail"
    ]
    assert (job["state"], sources) == ("done", ["ferry.txt", "weir.txt"])
    assert {one[1:] for one in told if one[0] == "before"} == {(200, None)}
    assert {one[1:] for one in told if one[0] == "without"} == {(503, "corpus")}
    assert told[-1] == ("after", 200, None)
