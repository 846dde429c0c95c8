from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from vectorstore.embedders.base import Vectors, encode_apart, whole
from vectorstore.embedders.bundled import (
    DEFAULT_WEIGHTS_SHA256,
    WEIGHTS,
    BundledEmbedder,
    bundled_model,
    check_weights,
)
from vectorstore.embedders.sentence_transformer import SentenceTransformerEmbedder
from vectorstore.errors import EmbedderError


def test_the_bundled_weights_are_the_published_ones() -> None:
    check_weights(bundled_model() / WEIGHTS, DEFAULT_WEIGHTS_SHA256)


def test_other_weights_are_refused_before_they_are_loaded(tmp_path: Path) -> None:
    shutil.copytree(bundled_model(), tmp_path / "model")
    (tmp_path / "model" / WEIGHTS).write_bytes(b"other weights")
    embedder = BundledEmbedder(tmp_path / "model")
    with pytest.raises(EmbedderError, match="they are not the published model's"):
        embedder.encode(["a"])


def test_the_bundled_model_gives_unit_vectors_in_order() -> None:
    embedder = BundledEmbedder()
    vectors = embedder.encode(
        ["The weir broke at noon.", "The dam burst at midday.", "Recipes for plum cake."]
    )
    assert vectors.shape == (3, 384) and vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert vectors[0] @ vectors[1] > 0.4 > 0.2 > vectors[0] @ vectors[2]
    assert embedder.max_tokens == 256
    assert embedder.count_tokens(["The weir broke at noon.", ""]) == [6, 0]
    assert embedder.count_tokens([]) == []


def test_the_bundled_model_reads_english_only() -> None:
    embedder = BundledEmbedder()
    assert (embedder.reads("en"), embedder.reads("ar"), embedder.reads(None)) == (
        True,
        False,
        False,
    )


def cosine(one: Vectors, other: Vectors) -> float:
    """The least cosine of two rows in the same place."""
    return float((one * other).sum(axis=1).min())


def test_the_bundled_engine_gives_what_sentence_transformers_gives_but_for_its_rounding() -> None:
    bundled, theirs = BundledEmbedder(), SentenceTransformerEmbedder(str(bundled_model()), "theirs")
    texts = ["The weir broke at noon. " * n for n in range(1, 40)] + [
        "Élodie’s “weir” — 41 ٤١ سد",
        "😀 gate",
    ]
    assert cosine(bundled.encode(texts), theirs.encode(texts)) > 0.98
    assert bundled.count_tokens(texts) == theirs.count_tokens(texts)
    told = [["The keeper", text, text[:30], "He closed it."] for text in texts]
    for ours, other in zip(bundled.encode_parts(told), theirs.encode_parts(told), strict=True):
        assert cosine(ours, other) > 0.97


def test_the_vectors_of_a_text_are_the_same_whatever_is_read_with_it() -> None:
    embedder = BundledEmbedder()
    texts = ["The gate.", "A weir broke at noon. " * 12, "Nobody was warned."]
    assert np.array_equal(
        embedder.encode(texts), np.concatenate([embedder.encode([text]) for text in texts])
    )


def test_a_model_without_declared_languages_is_probed() -> None:
    embedder = SentenceTransformerEmbedder(str(bundled_model()), "undeclared")
    assert [embedder.reads(language) for language in ("en", "ar", "fr", None)] == [
        True,
        False,
        True,
        True,
    ]


def test_a_missing_model_says_what_to_set(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(tmp_path), "empty folder")
    with pytest.raises(
        EmbedderError,
        match="Set RASHOMON_EMBEDDER to a folder that holds a sentence-transformers model",
    ):
        embedder.encode(["a"])


PARTS = ["The keeper", "He closed the gate at dusk.", "The council of Tolling paid for it."]


def test_a_part_is_read_in_its_whole_and_stays_near_to_what_it_is_alone() -> None:
    embedder = BundledEmbedder()
    (found,) = embedder.encode_parts([PARTS])
    assert found.shape == (4, 384)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 1, 1], abs=1e-5)
    assert np.allclose(found[0], embedder.encode([whole(PARTS)])[0], atol=1e-5)
    alone = embedder.encode(PARTS)
    assert [int((found[1:] @ row).argmax()) for row in alone] == [0, 1, 2]
    asked = embedder.encode(["When did the keeper close the gate?"])[0]
    assert found[2] @ asked > alone[1] @ asked  # "He" is the keeper here


def test_a_part_beyond_the_length_of_the_model_is_read_by_itself() -> None:
    embedder = BundledEmbedder()
    (found,) = embedder.encode_parts([["The weir broke. " * 80, "Plums are ripe in August."]])
    assert np.allclose(found[2], embedder.encode(["Plums are ripe in August."])[0], atol=1e-5)


def test_many_texts_in_parts_come_back_in_order() -> None:
    embedder = BundledEmbedder()
    texts = [["Gate.", "Mill " * n] for n in range(1, 20)]
    assert np.allclose(
        [row[0] for row in embedder.encode_parts(texts)],
        embedder.encode([whole(t) for t in texts]),
        atol=1e-5,
    )
    assert embedder.encode_parts([]) == []


def test_parts_read_apart_are_the_vectors_of_each() -> None:
    embedder = BundledEmbedder()
    (found,) = encode_apart(embedder, [PARTS])
    assert np.allclose(found, embedder.encode([whole(PARTS), *PARTS]), atol=1e-5)
    assert encode_apart(embedder, []) == []
