"""Sentences and names that say the same in English and Arabic, as they are read from public
files.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

SENTENCES = "tatoeba.en-ar.tsv"
MEMORY = "tico19.en-ar.tmx"
NAMES = "names.ar-en.tsv"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that say the same; `name` says that they are one word of a name."""

    english: str
    arabic: str
    name: bool = False


def read_parallel(folder: Path) -> list[Pair]:
    """All pairs of a folder: the sentences of Tatoeba, the segments of TICO-19, the names of
    Wikipedia, in order.
    """
    return [
        *(Pair(row[0], row[1]) for row in _rows(folder / SENTENCES)),
        *_segments(folder / MEMORY),
        *(Pair(row[1], row[0], name=True) for row in _rows(folder / NAMES)),
    ]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) > 1
        ]


def _segments(path: Path) -> list[Pair]:
    """The translation units of a TMX file whose first segment is English and whose second is
    Arabic.
    """
    units = ElementTree.parse(path).iter("tu")
    units_of_text = [
        ["".join(segment.itertext()) for segment in unit.iter("seg")] for unit in units
    ]
    return [Pair(segments[0], segments[1]) for segments in units_of_text if len(segments) > 1]
