"""What tests share: a tiny real embedder, corpora in temporary folders, the sample corpus with the
real model.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from ingest.pipeline import Ingester
from ingest.sample import load_sample
from rag.answerer import Answerer
from rag.retrieval.retriever import Retriever
from rag.settings import read_settings
from rag.writing.extractive import ExtractiveWriter
from ui.client.local import LocalClient
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Parts, Vectors, encode_apart
from vectorstore.language.tokenise import terms

pytest_plugins = ["pytester"]

settings.register_profile("repeatable", derandomize=True)  # the same examples in every run
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


class TinyEmbedder:
    """Counts hashed terms: texts that share words are near each other. Reads English; its tokens
    are words.
    """

    name = "tiny"
    max_tokens = 256
    dimension = 64

    def reads(self, language: str | None) -> bool:
        return language == "en"

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for term in terms(text):
                vectors[row, zlib.crc32(term.encode()) % self.dimension] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        scaled: Vectors = vectors / np.maximum(lengths, 1e-9)
        return scaled

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        return encode_apart(self, texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells the figures that tests have recorded, from whichever process they ran in."""
    for report in terminalreporter.stats.get("passed", []):
        for name, figures in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(f"{report.nodeid}: {figures}")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every test runs with the default settings, whatever the machine's environment and `.env`
    say.
    """
    import os

    for name in [name for name in os.environ if name.startswith("RASHOMON_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RASHOMON_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("RASHOMON_REPORTS", str(tmp_path / "reports"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    """An empty corpus in a folder of its own."""
    opened = Corpus.open(tmp_path / "tiny-corpus", TinyEmbedder.name)
    yield opened
    opened.close()


@pytest.fixture
def ingester(corpus: Corpus) -> Ingester:
    return Ingester(corpus, TinyEmbedder())


@pytest.fixture
def answerer(corpus: Corpus) -> Answerer:
    return Answerer(Retriever(corpus, TinyEmbedder()), ExtractiveWriter())


@pytest.fixture
def add(ingester: Ingester) -> Callable[[str, str], None]:
    """Adds a text under a name to the corpus."""

    def added(name: str, text: str) -> None:
        assert ingester.ingest_bytes(name, text.encode()).verdict == "added"

    return added


@pytest.fixture(scope="session")
def sample_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalClient]:
    """The sample articles in a corpus made with the bundled model, as a newcomer has them."""
    client = LocalClient(read_settings(corpus=str(tmp_path_factory.mktemp("sample"))))
    assert {report.verdict for report in load_sample(client.ingest_bytes)} == {"added"}
    yield client
    client.close()
