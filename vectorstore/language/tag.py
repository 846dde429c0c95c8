"""The language a file states, as the corpus writes languages."""

from __future__ import annotations

import re

_TAG = re.compile(r"\s*([a-z]{2,3})(?:[-_][a-z0-9-]+)?\s*", re.IGNORECASE)


def read_language(tag: str | None) -> str | None:
    """The code of a language tag without its region ("en-GB": "en"); None when it is no tag (BCP 47)."""
    found = _TAG.fullmatch(tag or "")
    return found.group(1).lower() if found and found.group(1).lower() != "und" else None
