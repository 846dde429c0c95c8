"""Ingest spread over processes of Ray: the same corpus as of one process, though one of them is
killed.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from ingest.pipeline import Ingester
from ingest.workers import Workers
from tests.conftest import ROOT, TinyEmbedder
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Parts, Vectors
from vectorstore.errors import EmbedderError
from vectorstore.storage.snapshot import Snapshot

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'rashomon[ray]'")
pytestmark = pytest.mark.slow

POST = """The {n} Weir

By Ana Bell

The {n} weir broke at noon. Nobody in the mill below it was warned, the miller of {n} said.
"""


class Killed(TinyEmbedder):
    """Its process is killed when it encodes for the first time of all."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        try:
            self._mark.touch(exist_ok=False)
        except FileExistsError:
            return super().encode_parts(texts)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed")


class Refusing(TinyEmbedder):
    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        raise EmbedderError("No model today. Come again.")


@pytest.fixture(autouse=True)
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever cluster a test starts, whose processes find the models above."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    yield
    ray.shutdown()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number:03}.txt").write_text(POST.format(n=f"Weir {number}"))
    (folder / "broken.txt").write_bytes(b"GIF\x00\x01")
    return folder


def ingested(
    news: Path, target: Path, workers: Workers | None
) -> tuple[list[tuple[str, str]], Snapshot]:
    corpus = Corpus.open(target, TinyEmbedder.name)
    ingester = Ingester(corpus, TinyEmbedder(), None if workers is None else lambda: workers)
    told = [(report.source, str(report.verdict)) for report in ingester.ingest_paths([news])]
    snapshot = corpus.snapshot()
    corpus.close()
    return told, snapshot


def test_a_process_is_killed_and_nothing_is_lost_or_other_than_with_one_process(
    news: Path, tmp_path: Path
) -> None:
    from ingest.ray_workers import RayWorkers

    mark = tmp_path / "killed"
    workers = RayWorkers(partial(Killed, mark), processes=2)
    spread, alone = (
        ingested(news, tmp_path / "spread", workers),
        ingested(news, tmp_path / "alone", None),
    )
    assert mark.exists()
    assert spread == alone and len(alone[1].articles) == 150
    assert (alone[1].vectors is not None) and (spread[1].vectors is not None)
    assert (spread[1].vectors == alone[1].vectors).all()
    assert all(
        (one == other).all()
        for one, other in zip(spread[1].sentences, alone[1].sentences, strict=True)
    )


def test_what_a_process_raises_is_raised_here(news: Path, tmp_path: Path) -> None:
    from ingest.ray_workers import RayWorkers

    with pytest.raises(EmbedderError, match="No model today"):
        ingested(news, tmp_path / "spread", RayWorkers(Refusing, processes=1))
