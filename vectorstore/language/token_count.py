"""How many tokens a text has. tiktoken lives here; its tables come with llama-index, so nothing is
fetched.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding


def count_tokens(text: str) -> int:
    """The tokens of a text by cl100k_base: near enough for the budget of any model."""
    return len(_encoding().encode(text, disallowed_special=()))


@lru_cache(maxsize=1)
def _encoding() -> Encoding:
    spec = find_spec("llama_index.core")
    if spec is not None and spec.origin:
        tables = Path(spec.origin).parent / "_static" / "tiktoken_cache"
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(tables))
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")
