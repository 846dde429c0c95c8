"""What cannot be read is told to everybody without its place on the machine, and to the operator
with it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.pipeline import Ingester
from rag.settings import read_settings
from tests.chroma import ChromaServer
from tests.conftest import TinyEmbedder
from tests.served import FERRY
from ui.app import create_app
from ui.cli.main import main
from ui.client.local import LocalClient
from vectorstore.corpus import Corpus

# gradio's queue uses pandas as it was
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ASKED = "When did the ferry sail?"
NOWHERE = "http://127.0.0.1:9/v1"
# names it, and need not ask it
TINY = {"embedder": "tiny", "embedder_languages": "en,ar", "embedder_url": NOWHERE}
ASKING = {
    "POST /v1/answers",
    "POST /v1/answers/stream",
    "POST /v1/chat/completions",
    "GET /v1/search",
    "/mcp",
}
READING = {"GET /v1/holders", "GET /readyz", "page"}


@dataclass(frozen=True)
class Broken:
    """Something that cannot be read: how it is broken while it is served, the sentence, and which
    faces tell it.
    """

    spoil: Callable[[Path], object]
    sentence: str
    faces: set[str]
    command: tuple[str, ...] = ("articles",)
    settings: dict[str, str] = field(default_factory=dict)
    place: str = ""  # the corpus' folder where it is none other


def spoiled(name: str, content: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(content)


CASES = {
    "aliases": Broken(
        spoiled("aliases.yaml", "Mara:\n  variants: [\n"),
        "aliases.yaml cannot be read at line 3",
        ASKING | READING | {"GET /v1/sources"},
    ),
    "corrections": Broken(
        spoiled("corrections.yaml", "nothing"),
        "corrections.yaml must hold a list of corrections.",
        ASKING | READING | {"GET /v1/sources"},
    ),
    "keys": Broken(
        spoiled("keys.json", "{"),
        "keys.json cannot be read (ValidationError).",
        ASKING
        | READING - {"GET /readyz"}
        | {"GET /v1/sources", "GET /v1/jobs", "POST /v1/articles"},
        command=("keys", "list"),
    ),
    "database": Broken(
        spoiled("chroma.sqlite3", "no database" * 1000),
        "The corpus is damaged: chroma.sqlite3 is no database. Put it back from a backup",
        {"POST /v1/articles", "GET /v1/jobs", "GET /v1/sources"},
    ),
    "jobs": Broken(
        lambda folder: shutil.rmtree(folder / "jobs"),
        "The upload cannot be kept: No such file or directory. Make room beside the corpus, then"
        " upload again.",
        {"POST /v1/articles"},
        command=(),
    ),
    "model": Broken(
        lambda folder: None,
        "The embedding model could not be loaded (FileNotFoundError). Set RASHOMON_EMBEDDER to a"
        " folder",
        ASKING | {"POST /v1/articles", "GET /v1/jobs"},
        ("ask", ASKED),
        settings={"embedder": "/models/gone", "embedder_languages": "en,ar"},
        place="/models/gone",
    ),
    "embeddings server": Broken(
        lambda folder: None,
        "The embeddings server does not answer (NewConnectionError). Start it, or set"
        " RASHOMON_EMBEDDER_URL",
        ASKING | {"POST /v1/articles", "GET /v1/jobs"},
        ("ask", ASKED),
        settings={"embedder": "gone", "embedder_languages": "en,ar", "embedder_url": NOWHERE},
        place=NOWHERE,
    ),
}


def filled(location: Path | str, embedder: str, beside: Path | None = None) -> None:
    """Fills a corpus whose vectors are told to be an embedder's."""
    with closing(Corpus.open(location, embedder, beside=beside)) as corpus:
        assert Ingester(corpus, TinyEmbedder()).ingest_bytes("ferry.txt", FERRY).verdict == "added"


@contextmanager
def everything(client: LocalClient) -> Iterator[TestClient]:
    """The API, the tools and the page over a client."""
    with closing(client), TestClient(create_app(client), base_url="http://127.0.0.1") as http:
        yield http


def told(http: TestClient) -> dict[str, str]:
    """What each face says."""
    asked = {"question": ASKED}
    completion = {"model": "rashomon", "messages": [{"role": "user", "content": ASKED}]}
    tool = {"name": "ask", "arguments": asked}
    replies = {
        "POST /v1/answers": http.post("/v1/answers", json=asked),
        "POST /v1/answers/stream": http.post("/v1/answers/stream", json=asked),
        "POST /v1/chat/completions": http.post("/v1/chat/completions", json=completion),
        "GET /v1/search": http.get("/v1/search", params={"q": ASKED}),
        "GET /v1/holders": http.get("/v1/holders"),
        "GET /v1/sources": http.get("/v1/sources"),
        "GET /readyz": http.get("/readyz"),
        "/mcp": http.post(
            "/mcp",
            json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": tool},
            headers={"Accept": "application/json, text/event-stream"},
        ),
        "POST /v1/articles": http.post(
            "/v1/articles", files={"file": ("other.txt", FERRY + b"\nAnd again.\n")}
        ),
        "GET /v1/jobs": http.get("/v1/jobs"),
    }
    return {face: reply.text for face, reply in replies.items()} | {"page": opened(http)}


def opened(http: TestClient) -> str:
    """What the functions say that fill the page when it is opened."""
    page = http.get("/").text
    if "window.gradio_config" not in page:
        return page
    config = json.loads(page.partition("window.gradio_config = ")[2].partition(";</script>")[0])
    said = []
    for call in config["dependencies"]:
        if (
            any(event == "load" for _, event in call["targets"])
            and call["backend_fn"]
            and not call["inputs"]
        ):
            asked: dict[str, Any] = {
                "data": [],
                "fn_index": call["id"],
                "session_hash": f"s{call['id']}",
            }
            http.post("/gradio_api/queue/join", json=asked)
            said.append(
                http.get(
                    "/gradio_api/queue/data", params={"session_hash": asked["session_hash"]}
                ).text
            )
    return "".join(said)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_no_face_tells_the_place_and_the_command_line_does(
    case: Broken,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "corpus"
    filled(folder, case.settings.get("embedder", "tiny"))
    embedder = None if case.settings else TinyEmbedder()
    with everything(
        LocalClient(
            read_settings(corpus=str(folder), log="off", **case.settings), embedder=embedder
        )
    ) as http:
        case.spoil(folder)
        replies = told(http)
    assert {face for face, text in replies.items() if case.sentence in text} == case.faces
    place = case.place or str(tmp_path)
    assert [face for face, text in replies.items() if place in text] == []
    if case.command:
        for name, value in (case.settings or TINY).items():
            monkeypatch.setenv(f"RASHOMON_{name.upper()}", value)
        capsys.readouterr()
        assert main([*case.command, "--corpus", str(folder)]) == 1
        err = capsys.readouterr().err
        assert (
            err.startswith(f"rashomon: {case.sentence}") and place in err and err.count("\n") == 1
        )


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[ChromaServer]:
    server = ChromaServer(tmp_path / "chroma")
    server.start()
    yield server
    server.kill()


def test_the_address_of_a_chroma_server_that_is_gone_is_told_to_the_operator_only(
    chroma: ChromaServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    corpus = f"{chroma.url}/places"
    filled(corpus, "tiny", tmp_path / "beside")
    with everything(
        LocalClient(read_settings(corpus=corpus, log="off"), embedder=TinyEmbedder())
    ) as http:
        chroma.kill()
        replies = told(http)
    first = "The corpus does not answer (ConnectError). Check the folder or the server."
    after = (
        "The Chroma server does not answer. Start it (`chroma run`), or name another corpus with"
        " --corpus."
    )
    assert [face for face, text in replies.items() if first not in text and after not in text] == []
    assert [
        face for face, text in replies.items() if chroma.url in text or str(tmp_path) in text
    ] == []
    capsys.readouterr()
    assert main(["articles", "--corpus", corpus]) == 1
    err = capsys.readouterr().err
    assert (
        err
        == "rashomon: The Chroma server does not answer. Start it (`chroma run`), or name another"
        f" corpus with --corpus. ({corpus})\n"
    )


def test_the_answer_that_a_model_did_not_write_does_not_tell_the_model_s_address(
    tmp_path: Path,
) -> None:
    filled(tmp_path / "corpus", "tiny")
    settings = read_settings(
        corpus=str(tmp_path / "corpus"), llm_url=NOWHERE, llm_model="gone", llm_seconds=1
    )
    with everything(LocalClient(settings, embedder=TinyEmbedder())) as http:
        answer = http.post("/v1/answers", json={"question": ASKED}).text
    assert (
        "no connection to its server" in answer
        and NOWHERE not in answer
        and json.loads(answer)["citations"]
    )
