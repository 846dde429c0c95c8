"""A folder of 2,000 files of mixed formats, one in twenty broken: every one accounted for, memory
flat.
"""

from __future__ import annotations

import json
import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.articles.build import read_articles
from ingest.files import find_files, read_bytes
from ingest.pipeline import Ingester
from ingest.read import read_document
from ingest.report import SourceReport
from tests.conftest import TinyEmbedder
from vectorstore.corpus import Corpus
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.errors import SourceError

FILES = 2000
BROKEN = 0.05
WORDS = (
    "weir gate river keeper mill bell harbour fog council rope lamp ferry warden ledger flood siren"
    " bridge valley letter witness opened closed counted denied promised warned waited carried"
    " signed measured heard written"
).split()


def prose(chance: random.Random) -> str:
    """Four paragraphs of some 60 words each."""
    sentences = [" ".join(chance.choices(WORDS, k=15)).capitalize() + "." for _ in range(16)]
    return "\n\n".join(" ".join(sentences[n : n + 4]) for n in range(0, 16, 4))


def written(folder: Path, number: int, chance: random.Random) -> str:
    """Writes one file of some format; returns its name."""
    title, text = f"The Story of Weir {number}", prose(chance)
    kind = (".txt", ".md", ".html", ".jsonl", ".csv", ".eml")[number % 6]
    path = folder / f"{number:04}{kind}"
    if chance.random() < BROKEN:
        path.write_bytes(b"" if number % 2 else b"\x00\x01\x02\xff" * 50)
    elif kind == ".md":
        path.write_text(f"---\ntitle: {title}\nauthor: Ana Bell\n---\n\n{text}\n")
    elif kind == ".html":
        paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        path.write_text(
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article>"
        )
    elif kind == ".jsonl":
        path.write_text(json.dumps({"title": title, "author": "Ana Bell", "text": text}) + "\n")
    elif kind == ".csv":
        path.write_text(f'title,author,text\n"{title}","Ana Bell","{text}"\n')
    elif kind == ".eml":
        mail = EmailMessage()
        mail["Subject"], mail["From"] = title, "Ana Bell <ana@quay.example>"
        mail.set_content(text)
        path.write_bytes(bytes(mail))
    else:
        path.write_text(f"{title}\n\nBy Ana Bell\n\n{text}\n")
    return path.name


def memory_mb() -> float:
    """The resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


@pytest.mark.slow
def test_two_thousand_files_are_all_accounted_for(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(11)
    folder = tmp_path / "many"
    folder.mkdir()
    names = [written(folder, number, chance) for number in range(FILES)]
    corpus = Corpus.open(tmp_path / "corpus", TinyEmbedder.name)
    reports: list[SourceReport] = []
    memory: list[float] = []
    began = time.perf_counter()
    for report in Ingester(corpus, TinyEmbedder()).ingest_paths([folder]):
        reports.append(report)
        memory.append(memory_mb())
    seconds = time.perf_counter() - began
    assert [report.source for report in reports] == [f"many/{name}" for name in sorted(names)]
    verdicts = Counter(report.verdict for report in reports)
    assert set(verdicts) == {"added", "failed"} and 0.03 * FILES < verdicts["failed"] < 0.07 * FILES
    assert all(report.reason for report in reports if report.verdict == "failed")
    assert len(corpus.snapshot().articles) == verdicts["added"]
    passages = corpus.snapshot().passages[:128]
    corpus.close()
    growth = memory[-1] - memory[FILES // 4]

    began = time.perf_counter()
    for file in find_files([folder]):
        with suppress(SourceError):
            read_articles(file.name, read_document(file.name, read_bytes(file)))
    reading = time.perf_counter() - began
    embedder = BundledEmbedder()
    embedder.encode(["warm"])
    began = time.perf_counter()
    embedder.encode([passage.text for passage in passages])
    embedding = (
        (time.perf_counter() - began) / len(passages) * sum(report.passages for report in reports)
    )
    record_property(
        "figures",
        f"{FILES} files, {dict(verdicts)}: all but the encoder {seconds:.0f} s, of which reading"
        f" and splitting {reading:.0f} s; the encoder alone would take {embedding:.0f} s; reading"
        f" and splitting are {reading / embedding:.1%} of that; memory {memory[0]:.0f} to"
        f" {memory[-1]:.0f} MB, {growth:+.0f} MB over the last three quarters",
    )
    assert growth < 150
