"""Figures for Prometheus. prometheus_client lives here."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from ingest.report import SourceReport
from rag.answer import Answer

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """The figures of one server, since it started."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Counter(
            "rashomon_requests",
            "Requests, by route and status.",
            ["method", "route", "status"],
            registry=registry,
        )
        self._request_seconds = Histogram(
            "rashomon_request_seconds",
            "Seconds of a request.",
            ["route"],
            registry=registry,
            buckets=_SECONDS,
        )
        self._answers = Counter(
            "rashomon_answers",
            "Answers, by status and writer.",
            ["status", "writer"],
            registry=registry,
        )
        self._stages = Histogram(
            "rashomon_stage_seconds",
            "Seconds of a stage of an answer.",
            ["stage"],
            registry=registry,
            buckets=_SECONDS,
        )
        self._sentences = Counter(
            "rashomon_sentences",
            "Sentences by kind, and what the judge ruled of them.",
            ["kind", "ruling"],
            registry=registry,
        )
        self._sources = Counter(
            "rashomon_ingested", "Files taken in, by verdict.", ["verdict"], registry=registry
        )
        self._passages = Counter(
            "rashomon_ingested_passages", "Passages of files taken in.", registry=registry
        )
        self._ingest_seconds = Counter(
            "rashomon_ingest_seconds", "Seconds spent on files.", registry=registry
        )

    def replied(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request that was replied to; the status 0 is one whose connection ended before."""
        known = method if method in _METHODS else "other"  # anybody can send any word as a method
        self._requests.labels(known, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer) -> None:
        self._answers.labels(answer.status, answer.writer).inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)
        for sentence in answer.sentences:
            ruling = "unscored" if sentence.support is None else "supported"
            self._sentences.labels(sentence.kind, ruling).inc()
        self._sentences.labels("claim", "left_out").inc(answer.left_out)

    def ingested(self, report: SourceReport) -> None:
        self._sources.labels(report.verdict).inc()
        self._passages.inc(report.passages if report.verdict in ("added", "replaced") else 0)
        self._ingest_seconds.inc(report.seconds)

    def watch_jobs(self, waiting: Callable[[], float], running: Callable[[], float]) -> None:
        """How many jobs wait, and whether they are done, is asked for whenever the figures are."""
        for name, meaning, ask in (
            ("waiting", "Uploads that wait or are taken in.", waiting),
            ("running", "Whether uploads are taken in: 1 or 0.", running),
        ):
            Gauge(f"rashomon_jobs_{name}", meaning, registry=self._registry).set_function(ask)

    def told(self) -> bytes:
        """The figures in Prometheus' text format."""
        return generate_latest(self._registry)
