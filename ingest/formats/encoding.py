"""Bytes as text. charset-normalizer lives here.

UTF-8 and UTF-16 prove themselves; what is neither is windows-1252 or windows-1256, or is refused.
Newlines, no-break spaces and bidi marks are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from vectorstore.errors import SourceNotText
from vectorstore.language.normalise import ARABIC_LETTERS

_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LEGACY = ("cp1252", "cp1256")
# characters (or bytes) at the beginning, by which the nature of a file is judged
_LOOKED_AT = 100_000
_MOST_CONTROLS = 0.01
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_WORD = re.compile(f"[{ARABIC_LETTERS}]{{2,}}")
_COMMON = re.compile(f"[\\s\x20-\x7e\u00a0-\u024f\u2000-\u206f\u060c-\u066a{ARABIC_LETTERS}]")


def decode(name: str, content: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, windows-1252 or windows-1256; a UTF-8 mark stays as its
    first character.

    Raises SourceNotText for a binary file, and for text in an encoding that cannot be told.
    """
    text = _decode_unicode(name, content)
    if is_binary(content.decode("latin-1") if text is None else text):
        raise SourceNotText(
            f"{name} is a binary file, not text. Save its text as .txt and ingest that."
        )
    return _decode_legacy(name, content) if text is None else text


def is_binary(text: str) -> bool:
    """Whether characters that no text has are in it: a NUL anywhere, or many other control
    characters.
    """
    head = text[:_LOOKED_AT]
    return "\x00" in text or len(_CONTROL.findall(head)) > _MOST_CONTROLS * len(head)


def decode_as(content: bytes, charsets: Iterable[str | None]) -> str | None:
    """The text by the first of the charsets named that is known and fits every byte; None when
    there is none.
    """
    for charset in charsets:
        try:
            return content.decode(charset) if charset else None
        except (LookupError, UnicodeError):
            continue
    return None


def _decode_unicode(name: str, content: bytes) -> str | None:
    """The text in UTF-16 or UTF-8; None when it is neither. Raises SourceNotText when it is
    damaged.
    """
    marked = next(
        (charset for mark, charset in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), None
    )
    charset = marked or _unmarked_utf16(content) or "utf-8"
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        if charset == "utf-8" and not _is_damaged_utf8(content, error.start):
            return None
        raise SourceNotText(
            f"{name} is damaged {charset.upper()[:6].rstrip('-')} text "
            f"(byte {error.start} is {content[error.start : error.start + 1].hex()}). "
            "Save it as UTF-8 again and ingest it."
        ) from error


def _unmarked_utf16(content: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: its spaces and newlines hold NULs, and nearly all it
    says is common.
    """
    head = content[: _LOOKED_AT & ~1]
    if b"\x00" not in head or len(content) % 2:
        return None
    for charset in ("utf-16-le", "utf-16-be"):
        text = head.decode(charset, errors="replace")
        if len(_COMMON.findall(text)) > 0.95 * len(text):
            return charset
    return None


def _is_damaged_utf8(content: bytes, at: int) -> bool:
    """Whether most bytes beyond ASCII around a wrong one are UTF-8: other encodings hardly ever fit
    its rules.
    """
    text = content[max(0, at - _LOOKED_AT) : at + _LOOKED_AT].decode(errors="replace")
    wrong = text.count("\ufffd")
    return sum(not char.isascii() for char in text) - wrong > wrong


def _decode_legacy(name: str, content: bytes) -> str:
    """The text in windows-1252 or windows-1256. Raises SourceNotText when neither fits."""
    text = decode_as(content, (_legacy_charset(content),))
    if text is None:
        raise SourceNotText(
            f"{name} is not in an encoding that is read (UTF-8, UTF-16, windows-1252,"
            " windows-1256). Save it as UTF-8 and ingest it again."
        )
    return text


def _legacy_charset(content: bytes) -> str | None:
    """What charset-normalizer says; where it leaves both open, the words beyond ASCII decide: all
    Arabic, or not.
    """
    from charset_normalizer import from_bytes

    likely = [
        match.encoding
        for match in from_bytes(content, cp_isolation=list(_LEGACY), preemptive_behaviour=False)
    ]
    if len(likely) < 2:
        return likely[0] if likely else None
    words = [
        word for word in _WORD.findall(content[:_LOOKED_AT].decode("cp1256")) if not word.isascii()
    ]
    arabic = sum(bool(_ARABIC_WORD.fullmatch(word)) for word in words)
    return "cp1256" if 2 * arabic > len(words) else "cp1252"
