from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.settings import read_settings
from ui.client.local import LocalClient
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.embedders.openai_server import ServedEmbedder
from vectorstore.errors import CorpusMismatch, EmbedderError, UsageError

POST = (
    "The Weir\n\nBy Ana Bell\n\nThe weir above Tolling broke at noon. Nobody in the mill below it"
    " was warned.\n"
)


class Model:
    """A server with the bundled model. `replies` are statuses or bodies that come before its
    own.
    """

    def __init__(self, *replies: int | dict[str, Any]) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str | None, dict[str, Any]]] = []
        self._embedder = BundledEmbedder()

    def reply(self, key: str | None, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.asked.append((key, asked))
        if self.replies:
            told = self.replies.pop(0)
            return (
                (told, {"error": {"message": "not now."}}) if isinstance(told, int) else (200, told)
            )
        vectors = 3 * self._embedder.encode(asked["input"])  # of no particular length
        rows = [{"index": n, "embedding": vector.tolist()} for n, vector in enumerate(vectors)]
        return 200, {"data": rows[::-1], "model": asked["model"]}


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def url(model: Model) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, told = model.reply(self.headers["Authorization"], asked)
            body = json.dumps(told).encode()
            self.send_response(status if self.path == "/v1/embeddings" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/"
        server.shutdown()
        thread.join()


def test_texts_are_encoded_in_order_and_at_length_one(url: str, model: Model) -> None:
    texts = [f"Weir number {n} broke." for n in range(150)]
    found = ServedEmbedder(url, "minilm", key="secret").encode(texts)
    assert np.allclose(found, BundledEmbedder().encode(texts), atol=1e-5)
    assert sorted(len(asked["input"]) for _, asked in model.asked) == [22, 64, 64]
    assert {key for key, _ in model.asked} == {"Bearer secret"}
    assert {(asked["model"], asked["encoding_format"]) for _, asked in model.asked} == {
        ("minilm", "float")
    }
    assert ServedEmbedder(url, "minilm").encode([]).shape[0] == 0


def test_a_part_is_read_by_itself(url: str) -> None:
    embedder = ServedEmbedder(url, "minilm")
    (found,) = embedder.encode_parts([["The weir broke.", "Nobody was warned."]])
    told = ["The weir broke. Nobody was warned.", "The weir broke.", "Nobody was warned."]
    assert np.allclose(found, BundledEmbedder().encode(told), atol=1e-5)


def test_a_probe_tells_the_languages_it_reads(url: str) -> None:
    embedder = ServedEmbedder(url, "minilm")
    assert (embedder.reads("en"), embedder.reads("ar")) == (True, False)
    assert ServedEmbedder(url, "minilm", languages=frozenset({"ar"})).reads("ar")


def test_a_server_that_is_busy_is_asked_again(url: str, model: Model) -> None:
    model.replies = [429, 503]
    assert ServedEmbedder(url, "minilm").encode(["The weir broke."]).shape == (1, 384)
    assert len(model.asked) == 3


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (401, "answered 401. Check RASHOMON_EMBEDDER, _EMBEDDER_API_KEY"),
        ({"data": [{"index": 0, "embedding": [1.0]}] * 2}, "gave 2 vectors for 1 texts."),
        ({"vectors": []}, "is no list of embeddings (KeyError). Set RASHOMON_EMBEDDER_URL"),
    ],
    ids=["refused", "too many", "no embeddings"],
)
def test_what_is_wrong_is_told(
    url: str, model: Model, reply: int | dict[str, Any], message: str
) -> None:
    model.replies = [reply]
    with pytest.raises(EmbedderError) as told:
        ServedEmbedder(url, "minilm").encode(["The weir broke."])
    assert message in str(told.value)
    assert (told.value.place or "").startswith(f"{url}embeddings")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(EmbedderError) as told:
        ServedEmbedder("http://127.0.0.1:9/v1", "minilm").encode(["The weir broke."])
    assert (
        str(told.value)
        == "The embeddings server does not answer (NewConnectionError). Start it, or set"
        " RASHOMON_EMBEDDER_URL to another."
    )
    assert told.value.place == "http://127.0.0.1:9/v1/embeddings"


def test_a_corpus_is_filled_and_asked_through_it_and_remembers_its_model(
    url: str, tmp_path: Path
) -> None:
    given = {
        "corpus": str(tmp_path),
        "embedder_url": url,
        "embedder": "minilm",
        "embedder_languages": "en",
    }
    with closing(LocalClient(read_settings(**given))) as client:
        assert client.ingest_bytes("weir.txt", POST.encode()).verdict == "added"
        hit, *_ = client.search("When did the weir break?").hits
        assert hit.source == "weir.txt" and "vectors" in {part.name for part in hit.parts}
    with pytest.raises(CorpusMismatch, match=r"made with the embedder 'minilm\+gloss'"):
        LocalClient(read_settings(**{**given, "embedder": "another"}))


def test_a_server_without_a_model_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match="RASHOMON_EMBEDDER_URL is set and RASHOMON_EMBEDDER is not"
    ):
        LocalClient(read_settings(corpus=str(tmp_path), embedder_url=url))
