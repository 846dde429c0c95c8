"""An ingest killed at any moment, and finished by one more run, gives what an uninterrupted one
gives.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.answerer import Answerer
from rag.retrieval.retriever import Retriever
from rag.writing.extractive import ExtractiveWriter
from tests.conftest import ROOT, TinyEmbedder
from tests.processes import killed_while_writing
from vectorstore.corpus import Corpus
from vectorstore.storage.snapshot import Snapshot

MOMENTS = 20
POST = """The {n} Weir of {place}

By Ana Bell
Quay Post

The {n} weir of {place} broke at noon. Nobody in the mill below it was warned, the miller of {place} said.
"""
PLACES = ["Tolling", "Brume", "Lanvar", "Sorrel", "Haldrey", "Merrow"]


def run(folder: Path, corpus: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.kill_ingest", str(folder), str(corpus)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def finished(process: subprocess.Popen[str]) -> None:
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err


def held(folder: Path) -> tuple[Snapshot, list[str]]:
    corpus = Corpus.open(folder, TinyEmbedder.name)
    answers = Answerer(Retriever(corpus, TinyEmbedder()), ExtractiveWriter())
    found = [
        hit.passage.id
        for place in PLACES
        for hit in answers.search(f"Which weir of {place} broke?", 5).hits
    ]
    texts = [corpus.source_text(article.id) for article in corpus.snapshot().articles]
    snapshot = corpus.snapshot()
    corpus.close()
    return snapshot, [*found, *texts]


@pytest.mark.slow
def test_a_run_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for place in PLACES:
        posts = [POST.format(n=n, place=place) for n in ("First", "Second", "Third", "Fourth")]
        (news / f"{place}.txt").write_text("\n".join(posts))
    began = time.perf_counter()
    finished(run(news, tmp_path / "whole"))
    whole, seconds = held(tmp_path / "whole"), time.perf_counter() - began
    assert len(whole[0].articles) == 24
    moments, writing = random.Random(7), 0
    for n in range(MOMENTS):
        process = run(news, tmp_path / str(n))
        if n % 4 == 0:
            time.sleep(moments.uniform(0, seconds))
            process.kill()
        else:
            writing += killed_while_writing(process)
        process.communicate()
        finished(run(news, tmp_path / str(n)))
        assert held(tmp_path / str(n)) == whole
    assert writing >= MOMENTS / 2
