"""An upload that waits, is taken in, or was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from ingest.report import SourceReport

State = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True)
class Job:
    """An upload on its way: `articles` of the `of` that its current file brings are stored already.

    `size` is in bytes, times are ISO in UTC. `reports` tell of the files that are done. `error`
    says why a job failed, or why one that waits was put off. `digest` tells one upload from
    another; `tries` counts how often the server ended while it was being read for longer than a
    moment.
    """

    id: str
    name: str
    size: int
    digest: str
    created: str
    state: State = "waiting"
    started: str | None = None
    ended: str | None = None
    articles: int = 0
    of: int | None = None
    reports: tuple[SourceReport, ...] = ()
    error: str | None = None
    tries: int = 0

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed")

    @property
    def put_off(self) -> bool:
        """Whether it waits because it could not be taken in yet."""
        return self.state == "waiting" and self.error is not None

    def begun(self) -> Job:
        return replace(
            self, state="running", started=now(), articles=0, of=None, reports=(), error=None
        )

    def tried(self) -> Job:
        """Being read for longer than a moment: should the server end now, this may be why."""
        return replace(self, tries=self.tries + 1)

    def storing(self, articles: int, of: int) -> Job:
        return replace(self, articles=articles, of=of, tries=0)

    def reporting(self, report: SourceReport) -> Job:
        return replace(self, reports=(*self.reports, report), articles=0, of=None)

    def waiting(self, why: str | None) -> Job:
        """Put off, without blame: it will be tried as often as it takes."""
        return replace(self, state="waiting", error=why, tries=0)

    def again(self, why: str | None = None) -> Job:
        """Back in the line, with its tries: it may be what ended them."""
        return replace(self, state="waiting", error=why)

    def finished(self) -> Job:
        return replace(self, state="done", ended=now())

    def given_up(self, why: str) -> Job:
        return replace(self, state="failed", ended=now(), error=why)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
