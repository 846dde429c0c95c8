"""The routes about the server itself: whether it runs, whether it can answer, its figures, its eval
reports.
"""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response

from eval.reports.kept import report_page
from ui.api.documented import TAGS, open_problems, problems
from ui.api.metrics import Metrics
from ui.api.scopes import needs
from ui.client.local import LocalClient
from ui.jobs.queue import JobQueue
from vectorstore.errors import JobsStopped

_FIGURES = "text/plain; version=1.0.0; charset=utf-8"


def add_server(api: FastAPI, client: LocalClient, jobs: JobQueue, metrics: Metrics) -> None:
    """Gives an API the routes about the server itself."""

    @api.get("/healthz", tags=TAGS.server, responses=open_problems())
    @needs("nothing")
    def get_health() -> dict[str, str]:
        """Whether the server runs."""
        return {"status": "ok"}

    @api.get("/readyz", tags=TAGS.server, responses=open_problems(503))
    @needs("nothing")
    def get_readiness() -> dict[str, str]:
        """Whether questions can be answered and uploads are taken in: 503 with the reason where
        that is not so.
        """
        if not (jobs.running or jobs.closed):
            raise JobsStopped(
                "Uploads are kept, and not taken in any more. Start the server again."
            )
        return {"status": "ready", "version": client.version}

    @api.get("/metrics", tags=TAGS.server, response_class=Response, responses={
        200: {
            "description": "Figures for Prometheus.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **problems(),
    })  # fmt: skip
    @needs("admin")
    def get_metrics() -> Response:
        """Requests, answers, stages, rulings of the judge, files taken in, since the server
        started.
        """
        return Response(metrics.told(), media_type=_FIGURES)

    @api.get("/reports/{name}", include_in_schema=False)
    @needs("ask")
    def report(name: str) -> HTMLResponse:
        """An eval report that was kept, as its page."""
        return HTMLResponse(report_page(client.settings.reports_folder, name))
