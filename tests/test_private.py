"""What is kept of articles, uploads and questions is for the eyes of its owner alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, TinyEmbedder
from tests.processes import running, serve_tiny
from tests.served import FERRY
from vectorstore.corpus import Corpus


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """The usual umask, which lets everybody read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return sorted(
        f"{path.relative_to(folder).as_posix()} {path.stat().st_mode & 0o777:o}"
        for path in [folder, *folder.rglob("*")]
        if path.stat().st_mode & 0o077
    )


def test_a_corpus_that_a_command_makes_is_private(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_bytes(FERRY)
    command = [
        sys.executable,
        "-c",
        "import sys; from ui.cli.main import main; sys.exit(main())",
        "ingest",
        "ferry.txt",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, "--corpus", "new/corpus"], cwd=tmp_path, env=environment, check=True)
    assert open_to_others(tmp_path / "new") == []


def test_uploads_that_wait_and_the_page_s_own_are_private(tmp_path: Path) -> None:
    left = tmp_path / "corpus" / "page" / "left-by-a-killed-server.txt"
    left.parent.mkdir(parents=True)
    left.write_bytes(FERRY)
    with (
        running(serve_tiny(tmp_path / "corpus", "page")) as url,
        httpx.Client(base_url=url, timeout=30) as http,
    ):
        assert not left.exists()
        brought = http.post("/gradio_api/upload", files={"files": ("weir.txt", FERRY)})
        assert brought.status_code == 200
        kept = http.post(
            "/v1/articles",
            files={"file": ("ferry.txt", FERRY)},
            headers={"Prefer": "respond-async"},
        )
        assert kept.status_code == 202
        assert [path.name for path in (tmp_path / "corpus" / "page").rglob("*.txt")] == ["weir.txt"]
        assert [one for one in open_to_others(tmp_path / "corpus") if one != ". 755"] == []


def test_a_folder_that_the_library_makes_is_private(tmp_path: Path) -> None:
    Corpus.open(tmp_path / "corpus", TinyEmbedder.name).close()
    assert (tmp_path / "corpus").stat().st_mode & 0o777 == 0o700
