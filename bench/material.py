"""What is measured on: articles made up with a fixed seed, of outlets and people that do not exist,
and questions.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectorstore.embedders.base import Vectors, unit

SEED = 1950
PASSAGES = 8  # of an article
SENTENCES = 9  # of a passage
DIMENSION = 384
OUTLETS = tuple(
    f"{a} {b}"
    for a in "Lanvar Brume Quay Tolling Wahfan".split()
    for b in "Post Herald Mail Wire".split()
)
_FIRST = "Ilka Omar Mara Pell Elodie Bastien Aubrey Sante Lin Ana Tomas Reda".split()
_LAST = "Dzelny Orlen Marchane Overell Harrowsk Reed Marsh Bell Vantor Esk Quill Adair".split()
_THINGS = (
    "weir gate mill lock bridge harbour ferry bell archive council budget levee reservoir turbine"
    " siren flood rope ledger panel survey permit dredger granary quarry tunnel market clinic"
    " school orchard beacon tariff strike pension lease"
).split()
_DEEDS = (
    "opened closed repaired inspected delayed funded sold flooded measured abandoned guarded"
    " renamed insured".split()
)
_WHEN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SAID = ("said", "told us", "argued", "denied that", "warned that")
_TOPICS = 60


@dataclass(frozen=True)
class BenchPassage:
    """One made-up article: its facts, and its paragraphs, each as long as a passage."""

    number: int
    title: str
    author: str
    outlet: str
    published: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The article as a file holds it."""
        head = f"{self.title}\n\nBy {self.author}\n{self.outlet}\n{self.published}\n\n"
        return head + "\n\n".join(self.paragraphs) + "\n"


def pieces(count: int) -> Iterator[BenchPassage]:
    """The first `count` articles; each is the same however many there are."""
    for number in range(count):
        rng = random.Random(f"{SEED}:{number}")
        left, right = rng.sample(_THINGS, 2)
        day = f"{rng.randint(2015, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        paragraphs = tuple(_paragraph(rng) for _ in range(PASSAGES))
        title = f"The {left.title()} and the {right.title()} of {rng.choice(_LAST)}, {number}"
        yield BenchPassage(number, title, _person(rng), rng.choice(OUTLETS), day, paragraphs)


def write_files(count: int, folder: Path) -> None:
    """The articles as text files, one each."""
    folder.mkdir(parents=True, exist_ok=True)
    for piece in pieces(count):
        (folder / f"{piece.number:05}.txt").write_text(piece.text, encoding="utf-8")


def vectors(piece: BenchPassage) -> Vectors:
    """Seeded unit vectors for an article's paragraphs, near the middle of one of sixty topics."""
    middle = np.random.default_rng([SEED, piece.number % _TOPICS]).standard_normal(DIMENSION)
    noise = np.random.default_rng([SEED, _TOPICS + piece.number]).standard_normal(
        (len(piece.paragraphs), DIMENSION)
    )
    return unit((middle + noise).astype(np.float32))


def questions(count: int) -> list[str]:
    """Questions about what the articles speak of."""
    rng = random.Random(SEED)
    asked = (
        "Who {} the {} near the {}?",
        "Why was it {} at the {} beside the {}?",
        "Who says they {} the {} and the {}?",
    )
    return [
        rng.choice(asked).format(rng.choice(_DEEDS), *rng.sample(_THINGS, 2)) for _ in range(count)
    ]


def _paragraph(rng: random.Random) -> str:
    return " ".join(_sentence(rng) for _ in range(SENTENCES))


def _sentence(rng: random.Random) -> str:
    part, whole, place = rng.sample(_THINGS, 3)
    number = rng.randint(2, 9000)
    clause = (
        f"the {part} of the {whole} was {rng.choice(_DEEDS)} on {rng.choice(_WHEN)} for {number}"
        f" crowns before the {place}"
    )
    if rng.random() < 0.4:
        return f"{_person(rng)} {rng.choice(_SAID)} {clause}."
    return f"{clause[0].upper()}{clause[1:]}."


def _person(rng: random.Random) -> str:
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
