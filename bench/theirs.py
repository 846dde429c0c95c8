"""The pipeline people would write instead, of llama-index, with the same model.

    python -m bench.theirs ...

Chunks of 256 tokens, which the model reads whole; a vector index in Chroma and BM25, fused by
reciprocal rank.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.clock import disk_mb, resident_mb, spread, timed
from bench.material import OUTLETS, PASSAGES, pieces, questions, vectors
from vectorstore.embedders.bundled import bundled_model

_CHUNK, _OVERLAP = 256, 20
_BATCH = 5000  # rows that Chroma takes at once
_FOUND = 10


def ingest(folder: Path, target: Path) -> dict[str, Any]:
    """Reads, splits, embeds and stores a folder; model and code are loaded before the clock
    starts.
    """
    from llama_index.core import SimpleDirectoryReader
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter

    model, store = _model(), _store(target)
    model.get_text_embedding("warm")
    splitter = SentenceSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
    pipeline = IngestionPipeline(transformations=[splitter, model], vector_store=store)
    began = time.perf_counter()
    nodes = pipeline.run(documents=SimpleDirectoryReader(str(folder)).load_data())
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "passages": len(nodes), "disk_mb": disk_mb(target)}


def ask(target: Path, passages: int, count: int) -> dict[str, Any]:
    """The times of `count` questions, without a filter and within one outlet; and until all is
    ready.
    """
    from llama_index.core import VectorStoreIndex
    from llama_index.core.vector_stores import MetadataFilter, MetadataFilters

    store, model = _store(target), _model()
    model.get_query_embedding("warm")
    nodes = _nodes(passages)
    if not store._collection.count():
        for at in range(0, len(nodes), _BATCH):
            store.add(nodes[at : at + _BATCH])
    for node in nodes:
        node.embedding = None
    began = time.perf_counter()
    index = VectorStoreIndex.from_vector_store(store, embed_model=model)
    fused = _fused(index, nodes, None)
    fused.retrieve("warm")
    figures: dict[str, Any] = {
        "ready": time.perf_counter() - began,
        "memory_mb": resident_mb(),
        "disk_mb": disk_mb(target),
    }
    within = _fused(
        index, nodes, MetadataFilters(filters=[MetadataFilter(key="outlet", value=OUTLETS[0])])
    )
    asked = questions(count)
    within.retrieve(asked[0])
    figures["search"] = vars(spread([timed(lambda q=q: fused.retrieve(q)) for q in asked]))  # type: ignore[misc]
    figures["filtered"] = vars(spread([timed(lambda q=q: within.retrieve(q)) for q in asked]))  # type: ignore[misc]
    return figures


def _fused(index: Any, nodes: Any, filters: Any) -> Any:
    """Vectors and BM25, fused as the documentation of llama-index does it."""
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
    from llama_index.retrievers.bm25 import BM25Retriever

    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=_FOUND, filters=filters)
    near = index.as_retriever(similarity_top_k=_FOUND, filters=filters)
    return QueryFusionRetriever(
        [near, words],
        MockLLM(),
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=_FOUND,
        num_queries=1,
        use_async=False,
    )


def _nodes(passages: int) -> Any:
    from llama_index.core.schema import TextNode

    return [
        TextNode(
            id_=f"{piece.number}-{n}",
            text=words,
            embedding=vector.tolist(),
            metadata={
                "outlet": piece.outlet,
                "author": piece.author,
                "title": piece.title,
                "published": piece.published,
            },
        )
        for piece in pieces(passages // PASSAGES)
        for n, (words, vector) in enumerate(zip(piece.paragraphs, vectors(piece), strict=True))
    ]


def _model() -> Any:
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return HuggingFaceEmbedding(model_name=str(bundled_model()), device="cpu")


def _store(target: Path) -> Any:
    import chromadb
    from chromadb.config import Settings
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(str(target), settings=Settings(anonymized_telemetry=False))
    return ChromaVectorStore(client.get_or_create_collection("bench", embedding_function=None))


def main(arguments: Sequence[str]) -> int:
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")
    work, place, *rest = arguments
    figures = (
        ingest(Path(place), Path(rest[0]))
        if work == "ingest"
        else ask(Path(place), int(rest[0]), int(rest[1]))
    )
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
