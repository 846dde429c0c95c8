"""Our side of the measurement: `python -m bench.ours ingest|ask ...` prints one JSON object."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.clock import disk_mb, resident_mb, spread, timed
from bench.material import OUTLETS, PASSAGES, SENTENCES, BenchPassage, pieces, questions, vectors
from ingest.pipeline import Ingester
from ingest.report import SourceReport
from rag.answerer import Answerer
from rag.filters import Filters
from rag.retrieval.retriever import Retriever
from rag.writing.extractive import ExtractiveWriter
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Embedder, Encoded, Parts, Vectors
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.embedders.gloss import GlossingEmbedder
from vectorstore.records import Article, Entry, Holder, Link, Passage, Source, Statement, content_id

_AT_ONCE = 500  # articles that are written together


class Watched:
    """An embedder whose time is counted."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner
        self.name, self.max_tokens, self.reads = inner.name, inner.max_tokens, inner.reads
        self.encode, self.count_tokens = inner.encode, inner.count_tokens
        self.seconds = 0.0

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        began = time.perf_counter()
        matrices = self._inner.encode_parts(texts)
        self.seconds += time.perf_counter() - began
        return matrices


def ingest(folder: Path, target: Path, embedder: Embedder) -> dict[str, Any]:
    """Ingests a folder; model and code are loaded before the clock starts, by one of its
    articles.
    """
    with TemporaryDirectory() as place:
        _ingested([min(folder.iterdir())], Path(place), embedder)
    watched = Watched(embedder)
    began = time.perf_counter()
    reports = _ingested([folder], target, watched)
    seconds = time.perf_counter() - began
    passages = sum(report.passages for report in reports)
    return {
        "seconds": seconds,
        "passages": passages,
        "in_encoder": watched.seconds / seconds,
        "disk_mb": disk_mb(target),
    }


def _ingested(paths: Sequence[Path], target: Path, embedder: Embedder) -> list[SourceReport]:
    corpus = Corpus.open(target, embedder.name)
    reports = list(Ingester(corpus, embedder).ingest_paths(paths))
    corpus.close()
    return reports


def build(count: int, target: Path, embedder: Embedder) -> None:
    """A corpus of `count` passages with seeded vectors; one that is there already is kept."""
    corpus = Corpus.open(target, embedder.name)
    there = {article.id for article in corpus.snapshot().articles}
    missing = (
        piece for piece in pieces(count // PASSAGES) if content_id(_source(piece)) not in there
    )
    while batch := list(islice(missing, _AT_ONCE)):
        corpus.put_texts([Source(_source(piece), piece.text) for piece in batch])
        corpus.put([(_entry(piece), _encoded(vectors(piece))) for piece in batch])
    corpus.close()


def ask(target: Path, count: int, embedder: Embedder) -> dict[str, Any]:
    """The times of `count` questions: searched, searched within one outlet, answered; and until all
    is ready.
    """
    embedder.encode(["warm"])
    began = time.perf_counter()
    corpus = Corpus.open(target, embedder.name)
    answerer = Answerer(Retriever(corpus, embedder), ExtractiveWriter())
    answerer.search("warm")
    ready = time.perf_counter() - began
    figures: dict[str, Any] = {
        "ready": ready,
        "memory_mb": resident_mb(),
        "disk_mb": disk_mb(target),
    }
    asked, within = questions(count), Filters(outlets=(OUTLETS[0],))
    answerer.search(asked[0], filters=within)
    figures["search"] = vars(spread([timed(partial(answerer.search, q)) for q in asked]))
    figures["filtered"] = vars(
        spread([timed(partial(answerer.search, q, filters=within)) for q in asked])
    )
    figures["answer"] = vars(spread([timed(partial(answerer.answer, q)) for q in asked]))
    corpus.close()
    return figures


def _source(piece: BenchPassage) -> str:
    return f"{piece.number:05}.txt"


def _encoded(rows: Vectors) -> Encoded:
    return Encoded(rows, tuple(np.tile(row, (SENTENCES, 1)) for row in rows), rows[0])


def _entry(piece: BenchPassage) -> Entry:
    source = _source(piece)
    text, id = piece.text, content_id(source)
    article = Article(
        id,
        source,
        0,
        len(text),
        piece.title,
        piece.author,
        outlet=piece.outlet,
        published=piece.published,
        language="en",
    )
    chain = (
        Link(piece.author, "written_by", piece.published),
        Link(piece.outlet, "published_by", piece.published),
    )
    holder = Holder(piece.author, None, "author")
    passages, at = [], 0
    for words in piece.paragraphs:
        at = text.index(words, at)
        statement = Statement(
            content_id(id, str(at)), id, source, at, at + len(words), holder, "author", chain
        )
        passages.append(
            Passage(
                content_id(id, words), id, source, at, at + len(words), words, "en", (statement,)
            )
        )
    return Entry(article, tuple(passages), Source(source, text).text_id, id)


def main(arguments: Sequence[str]) -> int:
    work, place, *rest = arguments
    embedder = BundledEmbedder()
    if work == "ingest":
        figures = ingest(Path(place), Path(rest[0]), GlossingEmbedder(embedder))
    else:
        build(int(rest[0]), Path(place), embedder)
        figures = ask(Path(place), int(rest[1]), embedder)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
