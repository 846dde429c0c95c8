"""The language of a text. py3langid lives here.

The language a file states, as the corpus writes languages.
"""

from __future__ import annotations

import re

from vectorstore.language.normalise import ARABIC_LETTERS

_LETTERS = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(f"[{ARABIC_LETTERS}]")
_ENOUGH = 40


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of a text; None where there are no letters.

    Arabic letters decide by themselves; fewer than 40 Latin letters say too little to tell French
    from English, and count as English.
    """
    letters = len(_LETTERS.findall(text))
    if not letters:
        return None
    if len(_ARABIC.findall(text)) * 2 > letters:
        return "ar"
    if letters < _ENOUGH:
        return "en"
    import py3langid

    code: str = py3langid.classify(text[:4000])[0]
    return code


def script_of(text: str) -> str | None:
    """`arabic` or `latin`, by the larger share of the letters, or the first of them; None where
    there are none.
    """
    letters = _LETTERS.findall(text)
    if not letters:
        return None
    arabic = 2 * len(_ARABIC.findall(text)) - len(letters)
    return "arabic" if arabic > 0 or (arabic == 0 and _ARABIC.match(letters[0])) else "latin"


_TAG = re.compile(r"\s*([a-z]{2,3})(?:[-_][a-z0-9-]+)?\s*", re.IGNORECASE)


def read_language(tag: str | None) -> str | None:
    """The code of a language tag without its region ("en-GB": "en"); None when it is no tag (BCP
    47).
    """
    match = _TAG.fullmatch(tag or "")
    return match.group(1).lower() if match and match.group(1).lower() != "und" else None
