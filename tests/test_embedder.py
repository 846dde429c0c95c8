from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from vectorstore.embedder import (
    DEFAULT_WEIGHTS_SHA256,
    SentenceTransformerEmbedder,
    bundled_model,
    check_weights,
    default_embedder,
)
from vectorstore.errors import EmbedderError


def test_the_bundled_weights_are_the_published_ones() -> None:
    check_weights(bundled_model() / "model.safetensors", DEFAULT_WEIGHTS_SHA256)


def test_other_weights_are_refused_before_they_are_loaded(tmp_path: Path) -> None:
    shutil.copytree(bundled_model(), tmp_path / "model")
    (tmp_path / "model" / "model.safetensors").write_bytes(b"other weights")
    embedder = SentenceTransformerEmbedder(str(tmp_path / "model"), "forged", weights_sha256=DEFAULT_WEIGHTS_SHA256)
    with pytest.raises(EmbedderError, match="they are not the published model's"):
        embedder.encode(["a"])


def test_the_bundled_model_gives_unit_vectors_in_order() -> None:
    embedder = default_embedder()
    vectors = embedder.encode(["The weir broke at noon.", "The dam burst at midday.", "Recipes for plum cake."])
    assert vectors.shape == (3, 384) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[0] @ vectors[1] > 0.4 > 0.2 > vectors[0] @ vectors[2]
    assert embedder.max_tokens == 256
    assert embedder.count_tokens(["The weir broke at noon.", ""]) == [6, 0]
    assert embedder.count_tokens([]) == []


def test_the_bundled_model_reads_english_only() -> None:
    embedder = default_embedder()
    assert (embedder.reads("en"), embedder.reads("ar"), embedder.reads(None)) == (True, False, False)


def test_a_model_without_declared_languages_reads_all() -> None:
    assert SentenceTransformerEmbedder("folder", "folder").reads("ar")


def test_a_missing_model_says_what_to_set(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(tmp_path), "empty folder")
    with pytest.raises(
        EmbedderError, match="Set RASHOMON_EMBEDDER to a folder that holds a sentence-transformers model"
    ):
        embedder.encode(["a"])
