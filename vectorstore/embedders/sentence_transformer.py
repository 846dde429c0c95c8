"""Models of sentence-transformers, which live here."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.embedders.base import Parts, Vectors, encode_apart, pooled, read_the_rest, whole
from vectorstore.embedders.language_probe import reads_language
from vectorstore.errors import EmbedderError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

_AT_ONCE = 256  # texts of which all token vectors are in memory, some 80 MB
_NO_LIMIT = 4096  # tokens that a model without a limit is given at most


class SentenceTransformerEmbedder:
    """A sentence-transformers model from a folder, or from a hub when a setting names one. Loads at
    its first use.
    """

    def __init__(self, model: str, name: str, languages: frozenset[str] | None = None) -> None:
        """`languages` are those the model reads (None: found out by a probe when it is first
        asked).
        """
        self._model = model
        self._name = name
        self._languages = languages
        self._probed: dict[str | None, bool] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    @property
    def max_tokens(self) -> int:
        length = self._loaded.max_seq_length  # none, or endless, for models that add up words
        return int(length) if length and length < _NO_LIMIT else _NO_LIMIT

    def reads(self, language: str | None) -> bool:
        if self._languages is not None:
            return language in self._languages
        if language not in self._probed:
            self._probed[language] = reads_language(self.encode, language)
        return self._probed[language]

    def encode(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            encoded = self._loaded.encode(
                list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(encoded, dtype=np.float32)

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        """For each text, given in parts, the vectors of the whole and of each part: shape (1 +
        parts, dimension).

        A part's vector is the mean of its tokens as they were read within the whole ("late
        chunking", Günther et al. 2024, arXiv 2409.04701), which costs no second reading. A part
        beyond the model's length is read by itself, and so are all parts where the model does not
        pool by the mean.
        """
        if not self._pools_by_mean:
            return encode_apart(self, texts)
        matrices = [
            vectors
            for at in range(0, len(texts), _AT_ONCE)
            for vectors in self._in_context(texts[at : at + _AT_ONCE])
        ]
        read_the_rest(self, texts, matrices)
        return matrices

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        tokenizer: Any = self._loaded.tokenizer
        if hasattr(tokenizer, "encode_batch"):  # of a model of static vectors
            return [
                len(row.ids)
                for row in tokenizer.encode_batch(list(texts), add_special_tokens=False)
            ]
        with self._lock:
            rows = tokenizer(
                list(texts),
                add_special_tokens=False,
                truncation=False,
                padding=False,
                verbose=False,
            )["input_ids"]
        return [len(row) for row in rows]

    def _in_context(self, texts: Sequence[Parts]) -> list[Vectors]:
        """The rows of `encode_parts`; zeros for a part that the model did not read."""
        wholes = [whole(parts) for parts in texts]
        with self._lock:
            tokens = self._loaded.encode(
                wholes, batch_size=32, output_value="token_embeddings", show_progress_bar=False
            )
            places = self._places(wholes)
        return [
            pooled(np.asarray(read), at, parts)
            for read, at, parts in zip(tokens, places, texts, strict=True)
        ]

    def _places(self, texts: Sequence[str]) -> list[Any]:
        """Where each token that the model reads of a text stands in it: (start, end), empty for
        special ones.
        """
        tokenizer: Any = self._loaded.tokenizer
        read = tokenizer(
            list(texts), truncation=True, max_length=self.max_tokens, return_offsets_mapping=True
        )
        return list(read["offset_mapping"])

    @cached_property
    def _pools_by_mean(self) -> bool:
        """Whether a text's vector is the mean of its tokens', so that a part's may be the mean of
        fewer.
        """
        kinds = [type(module).__name__ for module in self._loaded]
        mean = getattr(self._loaded[1], "pooling_mode", None) == "mean" if len(kinds) > 1 else False
        offsets = bool(getattr(self._loaded.tokenizer, "is_fast", False))
        return (
            kinds in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
            and mean
            and offsets
        )

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        folder = Path(self._model)
        with _loading(
            "embedding model", self._model, "EMBEDDER", "unset it to use the bundled one"
        ):
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(self._model, device="cpu", local_files_only=folder.is_dir())


class CrossEncoderReranker:
    """A cross-encoder from a folder, or from a hub when a setting names one. Loads at its first
    use.
    """

    def __init__(self, model: str) -> None:
        self.name = model
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        """How well each text answers a question, 0 to 1: shape (texts,). A model of one output is
        squashed by a logistic function, as its authors do; of several, the last one is taken for
        "answers".
        """
        with self._lock:
            outputs = np.asarray(
                self._loaded.predict([(question, text) for text in texts], show_progress_bar=False)
            )
        raw = outputs if outputs.ndim == 1 else outputs[:, -1]
        inside = bool(((raw >= 0) & (raw <= 1)).all())
        return np.asarray(raw if inside else 1 / (1 + np.exp(-raw)), dtype=np.float32)

    @cached_property
    def _loaded(self) -> CrossEncoder:
        with _loading("reranker", self.name, "RERANKER", "unset it to search without one"):
            from sentence_transformers import CrossEncoder

            return CrossEncoder(self.name, device="cpu", local_files_only=Path(self.name).is_dir())


class CrossEncoderEntailment:
    """A cross-encoder that tells whether one text follows from another. Loads at its first use."""

    def __init__(self, model: str) -> None:
        self.name = model
        self._lock = threading.Lock()

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Vectors:
        """For pairs of a premise and a hypothesis how likely the premise entails and contradicts
        it: shape (pairs, 2).

        Raises EmbedderError when the model's labels do not say which is which.
        """
        places = [self._place(word) for word in ("entail", "contradict")]
        with self._lock:
            outputs = np.asarray(
                self._loaded.predict(list(pairs), apply_softmax=True, show_progress_bar=False),
                dtype=np.float32,
            )
        chosen: Vectors = outputs[:, places]
        return chosen

    def _place(self, word: str) -> int:
        labels: dict[int, str] = self._loaded.config.id2label or {}
        place_of_label = next(
            (place for place, label in labels.items() if word in label.lower()), None
        )
        if place_of_label is None:
            raise EmbedderError(
                f"The judge has no label with “{word}” ({', '.join(labels.values())}). "
                "Set RASHOMON_JUDGE to a model of natural language inference.",
                self.name,
            )
        return int(place_of_label)

    @cached_property
    def _loaded(self) -> CrossEncoder:
        with _loading("judge", self.name, "JUDGE", "unset it to judge without one"):
            from sentence_transformers import CrossEncoder

            return CrossEncoder(self.name, device="cpu", local_files_only=Path(self.name).is_dir())


@contextmanager
def _loading(kind: str, model: str, setting: str, otherwise: str) -> Iterator[None]:
    """Loads a model from its folder without asking a hub; one that cannot be loaded is an
    EmbedderError.
    """
    if Path(model).is_dir():  # a folder needs no hub, and asking one offline costs a minute
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # loading 90 MB needs no bar of its own
    try:
        yield
    except (OSError, ValueError) as error:
        raise EmbedderError(
            f"The {kind} could not be loaded ({type(error).__name__}). Set RASHOMON_{setting} to a"
            f" folder that holds a sentence-transformers model, or {otherwise}.",
            model,
        ) from error
