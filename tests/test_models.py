"""Models that a setting names go the same way as the bundled one: tiny real ones are made here."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rag.settings import read_settings
from ui.client.local import LocalClient
from vectorstore.embedders.base import encode_apart, whole
from vectorstore.embedders.sentence_transformer import (
    CrossEncoderEntailment,
    CrossEncoderReranker,
    SentenceTransformerEmbedder,
)
from vectorstore.errors import EmbedderError

PAIRS = (
    "weir/السد broke/انهار noon/الظهر mill/الطاحونة siren/الصفارة silent/صامتة baker/الخباز"
    " bread/الخبز".split()
)
ENGLISH = "The Weir\n\nThe weir broke at noon.\n"
ARABIC = "الخباز\n\nالخباز باع الخبز.\n"


@pytest.fixture
def multilingual(tmp_path: Path) -> str:
    """A model of static vectors in which an English word and its Arabic one are the same."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    vocabulary, rows = {"[UNK]": 0}, [np.zeros(len(PAIRS))]
    for meaning, pair in enumerate(PAIRS):
        for word in pair.split("/"):
            vocabulary[word] = len(rows)
            rows.append(np.eye(len(PAIRS))[meaning])
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    static = StaticEmbedding(tokenizer, embedding_weights=np.array(rows, dtype=np.float32))
    SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "multilingual"))
    return str(tmp_path / "multilingual")


@pytest.fixture
def cross_encoder(tmp_path: Path) -> str:
    """A cross-encoder of random weights with one output."""
    return made_cross_encoder(tmp_path / "cross", {0: "LABEL_0"})


def made_cross_encoder(folder: Path, labels: dict[int, str]) -> str:
    """A cross-encoder of random weights with a vocabulary of letters and these labels."""
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghijklmnopqrstuvwxyz"]
    tokenizer = Tokenizer(
        models.WordPiece({letter: n for n, letter in enumerate(letters)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    special = {
        f"{name.lower()}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep")
    }
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, model_max_length=64, **special
    )
    made = BertConfig(
        vocab_size=30,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    made.id2label, made.label2id = labels, {label: n for n, label in labels.items()}
    BertForSequenceClassification(made).save_pretrained(folder)
    fast.save_pretrained(folder)
    assert CrossEncoder(str(folder), device="cpu")
    return str(folder)


def test_a_multilingual_model_finds_across_languages_without_a_gloss(
    multilingual: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASHOMON_EMBEDDER_LANGUAGES", "en,ar")
    with closing(LocalClient(read_settings(embedder=multilingual))) as client:
        for name, text in (("weir.txt", ENGLISH), ("baker.txt", ARABIC)):
            assert client.ingest_bytes(name, text.encode()).verdict == "added"
        found = client.search("Who sold the bread?").hits[0]
        assert (found.source, [part.name for part in found.parts if part.name == "vectors"]) == (
            "baker.txt",
            ["vectors"],
        )
        assert client.search("متى انهار السد؟").hits[0].source == "weir.txt"


def test_a_model_of_static_vectors_reads_its_parts_apart(multilingual: str) -> None:
    embedder = SentenceTransformerEmbedder(multilingual, "static", frozenset({"en", "ar"}))
    texts = [["The weir", "broke at noon"]]
    assert np.allclose(embedder.encode_parts(texts)[0], encode_apart(embedder, texts)[0])
    assert embedder.count_tokens([whole(texts[0]), ""]) == [5, 0]
    assert embedder.max_tokens == 4096


def test_a_reranker_scores_each_text_between_0_and_1(cross_encoder: str) -> None:
    reranker = CrossEncoderReranker(cross_encoder)
    scores = reranker.scores(
        "Who broke the weir?", ["The weir broke.", "Plums are ripe.", "The weir broke."]
    )
    assert scores.shape == (3,) and scores.dtype == np.float32
    assert ((scores > 0) & (scores < 1)).all() and scores[0] == pytest.approx(scores[2], abs=1e-5)


def test_a_reranker_of_the_settings_adds_to_the_score_and_is_named(cross_encoder: str) -> None:
    with closing(LocalClient(read_settings(reranker=cross_encoder))) as client:
        client.ingest_bytes("weir.txt", ENGLISH.encode())
        found = client.search("When did the weir break?")
        assert found.reranker == cross_encoder
        assert [part.name for part in found.hits[0].parts][-1] == "reranker"
        assert found.hits[0].score == pytest.approx(
            sum(part.value for part in found.hits[0].parts), abs=1e-5
        )


def test_a_reranker_that_is_not_there_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="Set RASHOMON_RERANKER to a folder that holds"):
        CrossEncoderReranker(str(tmp_path)).scores("a", ["b"])


def test_an_inference_model_tells_entailment_and_contradiction_by_its_labels(
    tmp_path: Path,
) -> None:
    labels = {0: "contradiction", 1: "entailment", 2: "neutral"}
    model = CrossEncoderEntailment(made_cross_encoder(tmp_path / "nli", labels))
    found = model.probabilities([("the weir broke", "it broke"), ("the mill stood", "it fell")])
    turned = CrossEncoderEntailment(
        made_nli_with(tmp_path / "nli", {0: "entailment", 1: "contradiction", 2: "neutral"})
    )
    assert found.shape == (2, 2) and bool((found > 0).all()) and bool((found.sum(axis=1) < 1).all())
    assert np.allclose(turned.probabilities([("the weir broke", "it broke")]), found[:1, ::-1])


def made_nli_with(folder: Path, labels: dict[int, str]) -> str:
    """The same model with its labels in another order."""
    config = json.loads((folder / "config.json").read_text())
    config["id2label"] = {str(n): label for n, label in labels.items()}
    (folder / "config.json").write_text(json.dumps(config))
    return str(folder)


def test_a_model_whose_labels_say_nothing_is_no_judge(cross_encoder: str) -> None:
    with pytest.raises(
        EmbedderError, match=r"has no label with “entail” \(LABEL_0\). Set RASHOMON_JUDGE"
    ):
        CrossEncoderEntailment(cross_encoder).probabilities([("a", "b")])


def test_a_second_judge_of_the_settings_leaves_quotes_alone(tmp_path: Path) -> None:
    judge = made_cross_encoder(
        tmp_path / "nli", {0: "contradiction", 1: "entailment", 2: "neutral"}
    )
    with closing(LocalClient(read_settings(judge=judge))) as client:
        client.ingest_bytes("weir.txt", ENGLISH.encode())
        assert [s.kind for s in client.answer("When did the weir break?").sentences] == [
            "summary",
            "summary",
            "claim",
        ]
