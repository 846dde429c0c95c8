"""The words of a page as they were drawn, put in the order in which they are read.

A program may draw a line of Arabic from left to right, word by word, and with shapes of letters in
place of letters.

Lines as a page sets them, mended into paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil

_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_SPACES = re.compile(" {2,}")
_TATWEEL = "\u0640"


@dataclass(frozen=True)
class DrawnText:
    """Some words of a page, in their own reading order, and how far from the left they were
    drawn.
    """

    text: str
    left: float


def read_lines(drawn: Iterable[DrawnText]) -> list[str]:
    """The lines of a page, in reading order each, with letters for their shapes."""
    return [_SPACES.sub(" ", _unshaped("".join(_in_order(line)))).strip() for line in _lines(drawn)]


def _lines(drawn: Iterable[DrawnText]) -> Iterator[list[DrawnText]]:
    line: list[DrawnText] = []
    for piece in drawn:
        first, *others = piece.text.split("\n")
        line.append(DrawnText(first, piece.left))
        for text in others:
            yield line
            line = [DrawnText(text, piece.left)]
    yield line


def _in_order(line: Sequence[DrawnText]) -> list[str]:
    """The texts of a line. One that is read from the right but was drawn from the left is turned
    round.
    """
    words = [piece for piece in line if piece.text.strip()]
    if (
        not words
        or words[0].left >= words[-1].left
        or not _is_right_to_left("".join(piece.text for piece in words))
    ):
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
    return 2 * sum(unicodedata.bidirectional(char) in ("R", "AL") for char in letters) > len(
        letters
    )


def _is_left_to_right(text: str) -> bool:
    """Whether the words are letters or numbers that keep their order among words read from the
    right.
    """
    return any(
        unicodedata.bidirectional(char) in ("L", "EN", "AN") for char in text
    ) and not _is_right_to_left(text)


def _unshaped(text: str) -> str:
    """The text with letters where it has presentation forms (Unicode, chapter 9) and ligatures."""
    return _SHAPES.sub(lambda match: _letters(match.group()), text)


def _letters(shape: str) -> str:
    letters = unicodedata.normalize("NFKC", shape)
    return letters.strip().replace(_TATWEEL, "") or letters


_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(
    r"(?i)(?:page\s*|صفحة\s*|[-–—(]\s*)?\d{1,4}(?:\s*(?:of|/|من)\s*\d{1,4})?(?:\s*[-–—)])?"
)
_HYPHENED = re.compile(r"(?<!\w)(\w+)[-\u2010]$")
_JOINED = re.compile(r"(?<!\w)\w++[-\u2010]\w+")
_FIRST_WORD = re.compile(r"\w+")
_ITEM = re.compile(r"(?:[-*•–]|\d+[.)])\s")
_END_MARKS = tuple('.!?؟…۔:"”»')
_EDGE = 2  # lines at the top and at the foot of a page that may run through the pages
_FEWEST_PAGES = 3
_FULL = 0.7  # of the usual length of a line: shorter lines end their paragraph
_NEARLY_FULL = 0.9  # a line that ends like a sentence must be longer than that to run on
_SHORTEST_FULL = 40  # characters; narrower lines are verse, lists and tables


def drop_running_lines(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages, without page numbers and without what stands at the edge of most
    pages.

    Lines are compared with their digits made one, so "Page 3 of 9" is the same on each page.
    """
    stripped = [[line.strip() for line in page if line.strip()] for page in pages]
    counts = Counter(form for page in stripped for form in {_form(page[n]) for n in _edges(page)})
    running = {
        form for form, count in counts.items() if count >= _FEWEST_PAGES and count > len(pages) / 2
    }
    return [
        line
        for page in stripped
        for n, line in enumerate(page)
        if not _runs_through(page, n, running)
    ]


def _edges(page: Sequence[str]) -> list[int]:
    return [n for n in range(len(page)) if _at_edge(page, n)]


def _at_edge(page: Sequence[str], n: int) -> bool:
    return n < _EDGE or n >= len(page) - _EDGE


def _runs_through(page: Sequence[str], n: int, running: set[str]) -> bool:
    outermost = len(page) > 1 and n in (0, len(page) - 1)
    return (_at_edge(page, n) and _form(page[n]) in running) or (
        outermost and bool(_NUMBERED.fullmatch(page[n]))
    )


def _form(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()).casefold())


def mend(lines: Sequence[str]) -> str:
    """The lines as paragraphs, a blank line between two: a line that is full runs on, a broken word
    is made whole.
    """
    if not lines:
        return ""
    full = _usual_length(lines)
    whole = {word.casefold() for line in lines for word in _JOINED.findall(line)}
    pieces = [lines[0]]
    for line, following in pairwise(lines):
        if _runs_on(line, following, full):
            pieces[-1:] = _joined(pieces[-1], following, whole)
        else:
            pieces += ["\n\n", following]
    return "".join(pieces)


def _usual_length(lines: Sequence[str]) -> int:
    """The length that nine in ten lines do not pass."""
    return sorted(map(len, lines))[ceil(0.9 * (len(lines) - 1))]


def _runs_on(line: str, following: str, full: int) -> bool:
    """Whether a paragraph goes on in the next line: this one is as long as lines are, and no
    sentence ends early.
    """
    if full < _SHORTEST_FULL or _ITEM.match(following):
        return False
    if _HYPHENED.search(line) and following[:1].islower():
        return True
    return len(line) >= (_NEARLY_FULL if line.endswith(_END_MARKS) else _FULL) * full


def _joined(line: str, following: str, whole: set[str]) -> tuple[str, str]:
    """A line and the one it runs on to. A hyphen between them goes, unless it belongs to the
    word.
    """
    if line.endswith("\u00ad"):
        return line[:-1], following
    broken, rest = _HYPHENED.search(line), _FIRST_WORD.match(following)
    if not broken or not rest:
        return f"{line} ", following
    keeps = not following[0].islower() or f"{broken.group(1)}-{rest.group()}".casefold() in whole
    return line if keeps else line[:-1], following
