"""A database that is away for a while puts an upload off: it is never failed for that, and its
bytes are kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromadb.errors import ChromaError
from fastapi.testclient import TestClient

from tests.served import FERRY, in_process, tiny
from vectorstore.errors import CorpusDamaged, CorpusUnreachable, NotFound
from vectorstore.storage.chroma import chroma_errors

SECONDS = 30
LATER = {"Prefer": "respond-async"}


def weir(n: int) -> dict[str, tuple[str, bytes]]:
    return {"file": (f"weir-{n}.txt", FERRY.replace(b"Ferry", f"Weir {n}".encode()))}


def garbage(database: Path) -> None:
    database.write_bytes(b"no database" * 1000)


def nothing(database: Path) -> None:
    """Nothing in its place."""


def empty(database: Path) -> None:
    database.touch()


def a_folder(database: Path) -> None:
    database.mkdir()


@pytest.mark.parametrize("instead", [garbage, nothing, empty, a_folder])
def test_an_upload_outlasts_a_database_that_is_taken_away(
    tmp_path: Path, instead: Callable[[Path], None]
) -> None:
    database, aside = tmp_path / "corpus" / "chroma.sqlite3", tmp_path / "aside"
    with tiny(tmp_path / "corpus") as client, in_process(client) as http:
        assert http.post("/v1/articles", files=weir(0)).status_code == 200
        asked = {"question": "When did the ferry sail?"}
        before = http.post("/v1/answers", json=asked).json()["text"]
        database.rename(aside)
        instead(database)
        jobs = [
            http.post("/v1/articles", files=weir(n), headers=LATER).json()["id"] for n in (1, 2)
        ]
        put_off = until(http, jobs, lambda job: bool(job["error"]) or job["state"] == "done")
        assert {job["state"] for job in put_off} <= {"waiting", "running", "done"}
        assert (
            http.post("/v1/answers", json=asked).json()["text"] == before
            or put_off[0]["state"] == "done"
        )
        if database.is_dir():
            database.rmdir()
        database.unlink(missing_ok=True)
        aside.rename(database)
        done = until(http, jobs, lambda job: job["state"] in ("done", "failed"))
        assert [job["state"] for job in done] == ["done", "done"]
        sources = [row["source"] for row in http.get("/v1/articles").json()]
    assert sources == ["weir-0.txt", "weir-1.txt", "weir-2.txt"]
    with tiny(tmp_path / "corpus") as client:
        assert [row.source for row in client.articles()] == sources


def until(http: TestClient, ids: list[str], reached: Callable[[Any], bool]) -> list[Any]:
    """The jobs once all are as far as that."""
    end = time.monotonic() + SECONDS
    while True:
        jobs = [http.get(f"/v1/jobs/{id}").json() for id in ids]
        if all(map(reached, jobs)) or time.monotonic() > end:
            return jobs
        time.sleep(0.05)


def kinds(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for kind in root.__subclasses__():
        yield from kinds(kind)


class Panic(BaseException):
    """As what is written in Rust raises it."""


OF_PYTHON = (
    ValueError,
    AttributeError,
    TypeError,
    KeyError,
    RuntimeError,
    OSError,
    MemoryError,
    Panic,
)


@pytest.mark.parametrize("kind", [*kinds(ChromaError), *OF_PYTHON], ids=lambda kind: kind.__name__)
def test_whatever_comes_out_of_a_call_into_chroma_is_told_as_the_corpus_that_does_not_answer(
    kind: type[BaseException],
) -> None:
    error = kind.__new__(kind, "told by Chroma")
    chroma: dict[str, Any] = {"__name__": "chromadb.api.rust", "error": error}
    exec("def add(): raise error", chroma)
    with pytest.raises(CorpusUnreachable) as told, chroma_errors("/data/corpus"):
        chroma["add"]()
    assert (
        str(told.value)
        == f"The corpus does not answer ({kind.__name__}). Check the folder or the server."
    )
    assert told.value.__cause__ is error


def test_a_full_disk_is_told_as_one() -> None:
    chroma: dict[str, Any] = {"__name__": "chromadb.api.rust"}
    exec(
        "def add(): raise ValueError('error returned from database: (code: 13) database or disk is"
        " full')",
        chroma,
    )
    with pytest.raises(CorpusUnreachable) as told, chroma_errors("/data/corpus"):
        chroma["add"]()
    assert str(told.value) == "The disk is full. Make room, then try again."


@pytest.mark.parametrize("error", [ValueError("ours"), NotFound("ours"), CorpusDamaged("ours")])
def test_what_is_ours_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as told, chroma_errors("/data/corpus"):
        raise error
    assert told.value is error
