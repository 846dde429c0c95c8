"""Ingests a folder with the tiny embedder, to be killed at any moment: python -m tests.kill_ingest
FOLDER CORPUS
"""

from __future__ import annotations

import sys
from pathlib import Path

from ingest.pipeline import Ingester
from tests.conftest import TinyEmbedder
from tests.processes import telling_of_writing
from vectorstore.corpus import Corpus

if __name__ == "__main__":
    print("ready", flush=True)
    telling_of_writing()
    corpus = Corpus.open(sys.argv[2], TinyEmbedder.name)
    for report in Ingester(corpus, TinyEmbedder()).ingest_paths([Path(sys.argv[1])]):
        assert report.ok, report
    corpus.close()
