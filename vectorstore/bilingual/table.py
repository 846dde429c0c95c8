"""The lexicon's file: which Arabic word translates which English one and how well, compressed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).parent / "en-ar.json.gz"
# beside a table its English stems, for those who only ask whether a word has a translation
ENGLISH = "english.txt.gz"

Senses = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Table:
    """For an Arabic word without its clitics (`words`) and for an Arabic stem (`stems`) the English
    stems that translate it, and how well: above 0 to 1. `arabic` and `english` give for each stem
    its commonest word, `counts` how often each Arabic word, without the article, stands in the
    parallel texts.
    """

    words: Senses
    stems: Senses
    arabic: Mapping[str, str]
    english: Mapping[str, str]
    counts: Mapping[str, int]


def write_table(table: Table, path: Path) -> None:
    """Writes a table, and its English stems beside it; equal tables give equal bytes."""
    text = json.dumps(vars(table), ensure_ascii=False, separators=(",", ":"))
    for place, content in (
        (path, text),
        (path.with_name(ENGLISH), "\n".join(sorted(table.english))),
    ):
        place.write_bytes(gzip.compress(content.encode(), compresslevel=9, mtime=0))


def read_table(path: Path = SHIPPED) -> Table:
    return Table(**json.loads(gzip.decompress(path.read_bytes())))


def read_english(path: Path = SHIPPED) -> frozenset[str]:
    """The English stems that a table translates."""
    return frozenset(gzip.decompress(path.with_name(ENGLISH).read_bytes()).decode().split("\n"))
