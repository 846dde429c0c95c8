"""What the server tells of itself: JSON lines on standard error. structlog lives here.

Nothing of a key, and nothing of a question unless that is asked for.
"""

from __future__ import annotations

import sys
import traceback
from typing import Any, Literal

from ingest.report import SourceReport
from rag.answer import Answer
from ui.client.keys import Caller

Level = Literal["off", "problems", "requests", "questions"]
_LEVELS: tuple[Level, ...] = ("off", "problems", "requests", "questions")


class Log:
    """The log of one server; each level tells more than the one before."""

    def __init__(self, level: Level) -> None:
        self._level = _LEVELS.index(level)

    def replied(
        self, id: str, method: str, route: str, status: int, seconds: float, caller: Caller | None
    ) -> None:
        """A request that was replied to; `status` is 0 where the connection ended before."""
        if self._tells("requests") or (status >= 500 and self._tells("problems")):
            who = caller.name if caller else None
            self._say(
                "request",
                id=id,
                method=method,
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
                key=who,
            )

    def crash(self, id: str, error: BaseException) -> None:
        """An error that nobody foresaw: where it was, and not its words, which may be a
        reader's.
        """
        if self._tells("problems"):
            places = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            self._say("crash", id=id, error=type(error).__name__, places=places)

    def answered(self, answer: Answer) -> None:
        if self._tells("questions"):
            self._say(
                "answer",
                question=answer.question,
                status=answer.status,
                citations=len(answer.citations),
            )

    def ingested(self, report: SourceReport) -> None:
        if self._tells("requests") or (not report.ok and self._tells("problems")):
            self._say("source", source=report.source, verdict=report.verdict, reason=report.reason)

    def _tells(self, level: Level) -> bool:
        return self._level >= _LEVELS.index(level)

    def _say(self, event: str, **facts: Any) -> None:
        _logger().info(event, **facts)


def _logger() -> Any:
    import structlog

    steps: list[Any] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    return structlog.wrap_logger(structlog.PrintLogger(sys.stderr), processors=steps)
