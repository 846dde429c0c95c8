"""The words of a source inside Markdown: shown as they are, never obeyed as markup."""

from __future__ import annotations

import re

from vectorstore.language.normalise import without_direction_marks

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>#|~$&])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def literal(words: str) -> str:
    """Words on one line, such that Markdown shows just them: no emphasis, image, tag, or marker
    such as `[7]`.
    """
    return _MARKUP.sub(r"\\\1", printable(words))


def printable(words: str) -> str:
    """Words on one line without what a terminal or a page would obey: control characters, and marks
    that turn the direction of writing.
    """
    return " ".join(_CONTROL.sub("", without_direction_marks(words).replace("\r", "\n")).split())


def unescaped(markdown: str) -> str:
    """Markdown made by `literal`, for readers that do not render it."""
    return _ESCAPED.sub(r"\1", markdown)
