"""A source as paragraphs, each judged by itself: furniture, or what may be title or prose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingest.articles.boilerplate import Boilerplate, Mark, furniture
from vectorstore.language.detect import script_of
from vectorstore.language.normalise import fold, squeeze, visible
from vectorstore.language.sentences import paragraphs

_PROSE = 80  # characters; shorter lines may be anything


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a source, with its words on one line and what it is if it is no prose."""

    start: int
    end: int
    raw: str
    furniture: Boilerplate | None

    @cached_property
    def text(self) -> str:
        return squeeze(visible(self.raw))

    @cached_property
    def script(self) -> str | None:
        """The script of most of its letters."""
        return script_of(self.text)

    @property
    def is_prose(self) -> bool:
        return self.furniture is None and len(self.text) >= _PROSE

    @property
    def ends_like_a_sentence(self) -> bool:
        return self.text.endswith((".", "۔")) and not self.text.endswith("..")

    def is_mark(self, *marks: Mark) -> bool:
        return self.furniture is not None and self.furniture.mark in marks

    @property
    def is_signature(self) -> bool:
        """Whether it names somebody, as lines do that belong to a head."""
        return self.is_mark(Mark.NAME, Mark.BYLINE, Mark.DATELINE)


def read_paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Paragraph]:
    """The paragraphs inside `text[start:end]`."""
    spans = paragraphs(text, start, end)
    return [Paragraph(*span, text[slice(*span)], furniture(text[slice(*span)])) for span in spans]


def repeats(title: str, line: str) -> bool:
    """Whether a line says a title again: nearly the same letters, whatever the capitals and
    marks.
    """
    shorter, longer = sorted((_letters(title), _letters(line)), key=len)
    if shorter == longer:
        return bool(longer)
    return (
        len(shorter) >= 12
        and len(shorter) >= 0.8 * len(longer)
        and longer.startswith(shorter[: int(len(shorter) * 0.9)])
    )


@lru_cache(maxsize=64)  # a title is compared with every paragraph
def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
