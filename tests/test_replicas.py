"""Several processes that share one Chroma server: what one writes the others see, and read no more than that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chroma import ChromaServer
from tests.test_corpus import entry, put
from vectorstore.corpus import Corpus


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("chroma"))
    running.start()
    yield running
    running.kill()


def test_what_one_replica_writes_the_other_sees_and_takes_over_the_rest(server: ChromaServer, tmp_path: Path) -> None:
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
    assert all(old is new for old, new in zip(before.passages, kept, strict=True))  # the very same objects
