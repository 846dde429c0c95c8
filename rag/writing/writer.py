"""What every writer is given and gives back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rag.answer import Citation, Disagreement, Sentence, Status, Understood, Viewpoint


@dataclass(frozen=True)
class Draft:
    """Everything an answer will say but the words around the quotes."""

    understood: Understood
    status: Status
    citations: tuple[Citation, ...]
    viewpoints: tuple[Viewpoint, ...]
    disagreements: tuple[Disagreement, ...]
    gaps: tuple[str, ...]
    premise: int | None = None  # the citation that denies what the question takes for granted

    def cited(self, viewpoint: Viewpoint) -> tuple[Citation, ...]:
        """The citations of a viewpoint, in its order."""
        by_id = {citation.id: citation for citation in self.citations}
        return tuple(by_id[number] for number in viewpoint.citations)


@dataclass(frozen=True)
class AnswerPart:
    """A sentence of an answer's text, what stands between it and the one before, and how many it
    says were left out.
    """

    sentence: Sentence
    before: str = ""
    left_out: int = 0

    @property
    def text(self) -> str:
        return self.before + self.sentence.text


class Writer(Protocol):
    """Writes the text of an answer, piece by piece. `name` is told with the answer."""

    @property
    def name(self) -> str: ...

    def pieces(self, draft: Draft) -> Iterator[AnswerPart]: ...
