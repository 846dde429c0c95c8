"""The same corpus on a Chroma server: only the setting differs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.pipeline import Ingester
from rag.answerer import Answerer
from rag.retrieval.retriever import Retriever
from rag.writing.extractive import ExtractiveWriter
from tests.chroma import ChromaServer
from tests.conftest import TinyEmbedder
from tests.test_answerer import NORTH, SOUTH
from vectorstore.corpus import Corpus
from vectorstore.errors import CorpusMismatch


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Chroma server."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    server.start()
    yield server.url
    server.kill()


def test_articles_are_ingested_answered_and_removed_on_a_server(chroma: str) -> None:
    corpus = Corpus.open(f"{chroma}/first", TinyEmbedder.name)
    ingester = Ingester(corpus, TinyEmbedder())
    for name, text in (("north.txt", NORTH), ("south.txt", SOUTH)):
        assert ingester.ingest_bytes(name, text.encode()).verdict == "added"
    assert ingester.ingest_bytes("north.txt", NORTH.encode()).verdict == "unchanged"
    answer = Answerer(Retriever(corpus, TinyEmbedder()), ExtractiveWriter()).answer(
        "When did the weir above Tolling break?"
    )
    assert [viewpoint.outlet for viewpoint in answer.viewpoints] == ["North Post", "South Herald"]
    assert all(
        corpus.source_text(c.article_id)[c.start : c.end] == c.quote for c in answer.citations
    )
    corpus.remove([answer.citations[0].article_id])
    assert [article.source for article in corpus.snapshot().articles] == ["south.txt"]
    corpus.close()


def test_what_another_process_writes_is_seen(chroma: str) -> None:
    reader, writer = (Corpus.open(f"{chroma}/shared", TinyEmbedder.name) for _ in range(2))
    assert reader.snapshot().articles == ()
    Ingester(writer, TinyEmbedder()).ingest_bytes("north.txt", NORTH.encode())
    assert [article.source for article in reader.snapshot().articles] == ["north.txt"]
    assert reader.snapshot() is reader.snapshot()


def test_corpora_of_one_server_are_apart_and_remember_their_embedders(chroma: str) -> None:
    Ingester(Corpus.open(f"{chroma}/one", TinyEmbedder.name), TinyEmbedder()).ingest_bytes(
        "north.txt", NORTH.encode()
    )
    assert Corpus.open(f"{chroma}/two", "another").snapshot().articles == ()
    with pytest.raises(CorpusMismatch):
        Corpus.open(f"{chroma}/one", "another")
