"""What every writer is given and gives back."""

from __future__ import annotations

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

    def cited(self, viewpoint: Viewpoint) -> tuple[Citation, ...]:
        """The citations of a viewpoint, in its order."""
        by_id = {citation.id: citation for citation in self.citations}
        return tuple(by_id[number] for number in viewpoint.citations)


@dataclass(frozen=True)
class Written:
    """An answer's text, and the same text sentence by sentence with what each rests on."""

    text: str
    sentences: tuple[Sentence, ...]


class Writer(Protocol):
    """Writes the text of an answer. `name` is told with the answer."""

    @property
    def name(self) -> str: ...

    def write(self, draft: Draft) -> Written: ...
