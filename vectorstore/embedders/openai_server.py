"""Models behind an OpenAI-compatible embeddings server (`POST /v1/embeddings`), asked by
urllib3.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.embedders.base import Parts, Vectors, encode_apart, unit
from vectorstore.embedders.language_probe import reads_language
from vectorstore.errors import EmbedderError
from vectorstore.language.token_count import count_tokens

if TYPE_CHECKING:
    from urllib3 import PoolManager

_TEXTS = 64  # of a request
_AT_ONCE = 4  # requests
_TRIES = 5  # of a server that is busy or out of order
_SECONDS = 60  # for a reply


class ServedEmbedder:
    """A model at a server, by whose name a corpus remembers it: the same model may be asked at
    another address.
    """

    def __init__(
        self,
        url: str,
        model: str,
        key: str = "",
        languages: frozenset[str] | None = None,
        max_tokens: int = 256,
    ) -> None:
        """`url` ends before `/embeddings`; `languages` are those the model reads (None: found out
        by a probe). Its tokenizer is not known here, so `max_tokens` are those of cl100k_base and
        should leave some room.
        """
        self.name, self.max_tokens = model, max_tokens
        self._url = f"{url.rstrip('/')}/embeddings"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._languages = languages
        self._probed: dict[str | None, bool] = {}
        self._lock = threading.Lock()

    def reads(self, language: str | None) -> bool:
        if self._languages is not None:
            return language in self._languages
        with self._lock:
            if language not in self._probed:
                self._probed[language] = reads_language(self.encode, language)
            return self._probed[language]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (texts, dimension). Raises EmbedderError where the server gives
        none.
        """
        batches = [texts[at : at + _TEXTS] for at in range(0, len(texts), _TEXTS)]
        rows = list(
            self._asking.map(self._encoded, batches)
            if len(batches) > 1
            else map(self._encoded, batches)
        )
        return unit(np.concatenate(rows)) if rows else np.zeros((0, 0), dtype=np.float32)

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        """The vectors of each whole text and of its parts, each read by itself: a server tells no
        vectors of tokens.
        """
        return encode_apart(self, texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [count_tokens(text) for text in texts]

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """What the server gives for the texts of one request."""
        content = self._reply(
            {"model": self.name, "input": list(texts), "encoding_format": "float"}
        )
        try:
            rows = sorted(json.loads(content)["data"], key=lambda row: int(row["index"]))
            vectors = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (ValueError, KeyError, TypeError) as error:
            raise EmbedderError(
                "What the embeddings server answers is no list of embeddings"
                f" ({type(error).__name__}). Set RASHOMON_EMBEDDER_URL to an OpenAI-compatible"
                " server.",
                self._url,
            ) from error
        if vectors.ndim != 2 or len(vectors) != len(texts):
            raise EmbedderError(
                f"The embeddings server gave {len(vectors)} vectors for {len(texts)} texts. "
                "Set RASHOMON_EMBEDDER_URL to another.",
                self._url,
            )
        return vectors

    def _reply(self, asked: Mapping[str, Any]) -> bytes:
        from urllib3.exceptions import HTTPError, MaxRetryError

        try:
            reply = self._http.request("POST", self._url, json=asked, headers=self._headers)
        except HTTPError as error:
            cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
            raise EmbedderError(
                f"The embeddings server does not answer ({type(cause).__name__}). "
                "Start it, or set RASHOMON_EMBEDDER_URL to another.",
                self._url,
            ) from error
        if reply.status >= 400:
            raise EmbedderError(
                f"The embeddings server answered {reply.status}. "
                "Check RASHOMON_EMBEDDER, _EMBEDDER_API_KEY and _EMBEDDER_TOKENS.",
                f"{self._url}, model {self.name!r}: {_detail(reply.data)}",
            )
        return reply.data

    @cached_property
    def _asking(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(_AT_ONCE, "embeddings")

    @cached_property
    def _http(self) -> PoolManager:
        from urllib3 import PoolManager, Retry

        retries: Any = Retry(
            _TRIES,
            connect=2,
            status_forcelist=[429, 500, 502, 503, 504],
            allowed_methods=None,
            backoff_factor=0.2,
            raise_on_status=False,
            retry_after_max=_SECONDS,
        )
        return PoolManager(maxsize=_AT_ONCE, timeout=_SECONDS, retries=retries)


def _detail(content: bytes) -> str:
    """What a server says is wrong, in its own words."""
    try:
        error = json.loads(content)["error"]
        return str(error["message"] if isinstance(error, dict) else error).rstrip(".")
    except (ValueError, KeyError, TypeError):
        return "it does not say why"
