"""What is told of a source that was given to ingest, and while it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["added", "unchanged", "replaced", "removed", "skipped", "failed"]
# is told how many articles of a file are stored, and of how many
Progress = Callable[[int, int], None]
Wanted = Callable[[], None]  # raises what ends a run that is wanted no more


def untold(articles: int, of: int) -> None:
    """Progress that nobody wants to know."""


def always() -> None:
    """Goes on with a run to its end."""


@dataclass(frozen=True)
class SourceReport:
    """What became of one source: how many articles and passages it has now, and why if it was not
    taken.
    """

    source: str
    verdict: Verdict
    reason: str | None = None
    articles: int = 0
    passages: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return self.verdict != "failed"
