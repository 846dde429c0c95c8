"""Reading takes time linear in the size of a file, whatever its shape: four times the file, some
four times as long.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from itertools import islice

import pytest

from ingest.files import Upload
from ingest.formats.archive import members
from ingest.read import read_upload
from tests.conftest import TinyEmbedder
from tests.shapes import PROSE, SHAPES, Made, Shape, word, zipped

_ENOUGH = 0.05  # seconds of the processor that the smallest file takes at least
_MOST_BYTES = 400_000  # of the smallest file
_FLOOR = 0.02  # seconds below which the clock says little
_MOST_GROWTH = 9  # of four times the file: linear is 4, quadratic 16, and the machine is shared

# Those that took the square of the time once, one for each place that is mended.
QUICK = (
    "one paragraph: initials",
    "one paragraph: a row of exclamation marks",
    "one paragraph: marks in the wrong order",
    "lines: short lines",
    "lines: short names over a title",
    "lines: a first paragraph as long as all others",
    "turns: one speaker",
    "speech: an office in capitals",
    "Arabic: dropped subjects",
    "html: attributes",
    "html: spaces in tags",
    "epub: a chapter named many times",
    "epub: creators",
    "tables: a header of marks",
    "tables: json rows",
    "mail: an encoded subject",
    "others: short lines on a page",
    "others: a long word on a page",
    "others: pages drawn by one stream",
)


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """Garbage is not collected meanwhile: it is, with all else that the process holds, at whichever
    size comes next.
    """
    gc.disable()
    yield
    gc.enable()


def _seconds(made: Made) -> float:
    """The time of the processor that reading a file takes; a file of any shape is read, or refused
    in a sentence.
    """
    started = time.process_time()
    read_upload(Upload(*made), TinyEmbedder())
    return time.process_time() - started


def _growth(shape: Shape) -> Iterator[float]:
    """How many times as long a file of four times the size takes, measured again and again, each
    time more surely.
    """
    size, made = shape.size, shape.make(shape.size)
    while _seconds(made) < _ENOUGH and len(made[1]) < _MOST_BYTES:
        size *= 2
        made = shape.make(size)
    small, large = made, shape.make(4 * size)
    least, most = _seconds(small), _seconds(large)
    while True:
        yield most / max(least, _FLOOR)
        least, most = min(least, _seconds(small)), min(most, _seconds(large))


def _grows(shape: Shape, tries: int = 6) -> float:
    """The growth of a shape's time: the first that is linear, else the least of some."""
    found = list[float]()
    for growth in islice(_growth(shape), tries):
        found.append(growth)
        if growth <= _MOST_GROWTH:
            break
    return min(found)


@pytest.mark.parametrize("shape", QUICK)
def test_reading_takes_time_linear_in_the_file(shape: str) -> None:
    assert _grows(SHAPES[shape]) <= _MOST_GROWTH


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_reading_takes_time_linear_in_the_file_whatever_its_shape(shape: str) -> None:
    assert _grows(SHAPES[shape]) <= _MOST_GROWTH


@pytest.mark.slow
def test_a_report_of_two_megabytes_in_short_paragraphs_is_read_within_a_minute() -> None:
    text = "".join(f"The gate {n} of {word(n)} was closed on Monday.\n\n" for n in range(45_000))
    assert len(text) > 2_000_000
    assert _seconds(("report.txt", text.encode())) < 60
    assert _seconds(("report.txt", f"{PROSE}\n\n".encode() * 20_000)) < 60


@pytest.mark.slow
def test_unpacking_an_archive_takes_time_linear_in_its_files() -> None:
    def seconds(n: int) -> float:
        archive = zipped((f"{word(number)}.txt", PROSE) for number in range(n))
        started = time.process_time()
        assert (
            sum(member.content == PROSE.encode() for member in members("posts.zip", archive)) == n
        )
        return time.process_time() - started

    assert min(seconds(8000) for _ in range(2)) <= _MOST_GROWTH * max(
        min(seconds(2000) for _ in range(2)), _FLOOR
    )
