"""The words of a page as they were drawn, put in the order in which they are read.

A program may draw a line of Arabic from left to right, word by word, and with shapes of letters in place of letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_SPACES = re.compile(" {2,}")
_TATWEEL = "\u0640"


@dataclass(frozen=True)
class Drawn:
    """Some words of a page, in their own reading order, and how far from the left they were drawn."""

    text: str
    left: float


def read_lines(drawn: Iterable[Drawn]) -> list[str]:
    """The lines of a page, in reading order each, with letters for their shapes."""
    return [_SPACES.sub(" ", _unshaped("".join(_in_order(line)))).strip() for line in _lines(drawn)]


def _lines(drawn: Iterable[Drawn]) -> Iterator[list[Drawn]]:
    line: list[Drawn] = []
    for piece in drawn:
        first, *others = piece.text.split("\n")
        line.append(Drawn(first, piece.left))
        for text in others:
            yield line
            line = [Drawn(text, piece.left)]
    yield line


def _in_order(line: Sequence[Drawn]) -> list[str]:
    """The texts of a line. One that is read from the right but was drawn from the left is turned round."""
    words = [piece for piece in line if piece.text.strip()]
    if not words or words[0].left >= words[-1].left or not _is_right_to_left("".join(piece.text for piece in words)):
        return [piece.text for piece in line]
    texts = [piece.text for piece in reversed(line)]
    runs = [(keeps, [*run]) for keeps, run in groupby(texts, key=_is_left_to_right)]
    return [text for keeps, run in _with_gaps(runs) for text in (reversed(run) if keeps else run)]


def _with_gaps(runs: Sequence[tuple[bool, list[str]]]) -> list[tuple[bool, list[str]]]:
    """The runs, each blank between two words that are read from the left made one run with them."""
    joined: list[tuple[bool, list[str]]] = []
    for n, (keeps, run) in enumerate(runs):
        between = joined and n + 1 < len(runs) and not keeps and not "".join(run).strip()
        if joined and joined[-1][0] and (keeps or between):
            joined[-1][1].extend(run)
        else:
            joined.append((keeps, run))
    return joined


def _is_right_to_left(text: str) -> bool:
    """Whether most letters are of a script that is read from the right."""
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(unicodedata.bidirectional(char) in ("R", "AL") for char in letters) > len(letters)


def _is_left_to_right(text: str) -> bool:
    """Whether the words are letters or numbers that keep their order among words read from the right."""
    return any(unicodedata.bidirectional(char) in ("L", "EN", "AN") for char in text) and not _is_right_to_left(text)


def _unshaped(text: str) -> str:
    """The text with letters where it has presentation forms (Unicode, chapter 9) and ligatures."""
    return _SHAPES.sub(lambda found: _letters(found.group()), text)


def _letters(shape: str) -> str:
    letters = unicodedata.normalize("NFKC", shape)
    return letters.strip().replace(_TATWEEL, "") or letters
