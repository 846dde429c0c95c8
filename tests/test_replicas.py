"""Several processes that share one Chroma server: what one writes the others see, and read no more
than that.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from tests.chroma import ChromaServer
from tests.conftest import TinyEmbedder
from tests.processes import running, serve_tiny
from tests.test_corpus import entry, put
from vectorstore.corpus import Corpus

POST = """The Weir of Tolling, {n}

By Ana Bell

The weir {n} broke at noon. Nobody in the mill below it was warned, the miller of Tolling said.
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("chroma"))
    running.start()
    yield running
    running.kill()


def test_what_one_replica_writes_the_other_sees_and_takes_over_the_rest(
    server: ChromaServer, tmp_path: Path
) -> None:
    one, other = (Corpus.open(f"{server.url}/shared", "tiny", beside=tmp_path) for _ in range(2))
    put(one, entry("a1"))
    before = other.snapshot()
    assert [article.id for article in before.articles] == ["a1"]
    put(one, entry("a2"))
    put(other, entry("a3"))
    one.remove(["a1"])
    snapshots = one.snapshot(), other.snapshot()
    assert [[article.id for article in told.articles] for told in snapshots] == [["a2", "a3"]] * 2
    assert snapshots[0].version == snapshots[1].version
    fresh = Corpus.open(f"{server.url}/shared", "tiny", beside=tmp_path).snapshot()
    assert fresh == snapshots[0] == snapshots[1]


def test_only_what_differs_is_read_again(server: ChromaServer, tmp_path: Path) -> None:
    one, other = (Corpus.open(f"{server.url}/differing", "tiny", beside=tmp_path) for _ in range(2))
    for id in ("a1", "a2"):
        put(one, entry(id))
    before = other.snapshot()
    put(one, entry("a3"))
    after = other.snapshot()
    kept = [passage for passage in after.passages if passage.article_id != "a3"]
    # the very same objects
    assert all(old is new for old, new in zip(before.passages, kept, strict=True))


@pytest.mark.slow
def test_two_servers_take_uploads_at_once_and_both_have_all_of_them(
    server: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    location = f"{server.url}/replicas"
    posts = {f"{n:02}.txt": POST.format(n=n).encode() for n in range(40)}
    with running(serve_tiny(location)) as one, running(serve_tiny(location)) as other:
        halves = zip((one, other), (list(posts)[::2], list(posts)[1::2]), strict=True)
        clients = [
            threading.Thread(target=uploaded, args=(url, {n: posts[n] for n in own}))
            for url, own in halves
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        told = [
            httpx.get(f"{url}/v1/articles", params={"limit": 100}).json() for url in (one, other)
        ]
        answers = [
            httpx.post(f"{url}/v1/answers", json={"question": "When did weir 7 break?"})
            for url in (one, other)
        ]
        gone = next(row["id"] for row in told[0] if row["source"] == "07.txt")
        assert httpx.delete(f"{other}/v1/articles/{gone}").status_code < 300
        left = [httpx.get(f"{url}/v1/articles/{gone}").status_code for url in (one, other)]
    assert [[row["source"] for row in rows] for rows in told] == [list(posts)] * 2
    assert [answer.json()["citations"][0]["source"] for answer in answers] == ["07.txt"] * 2
    assert answers[0].json()["text"] == answers[1].json()["text"]
    assert left == [404, 404]
    corpus = Corpus.open(location, TinyEmbedder.name, beside=tmp_path)
    texts = {corpus.source_text(article.id) for article in corpus.snapshot().articles}
    assert texts == {text.decode() for name, text in posts.items() if name != "07.txt"}
    assert not corpus.orphans()


def uploaded(url: str, posts: Mapping[str, bytes]) -> None:
    """Uploads files to a server, one after the other."""
    for name, text in posts.items():
        httpx.post(
            f"{url}/v1/articles", files={"file": (name, text)}, timeout=60
        ).raise_for_status()
