"""The part of the HTTP API about what is there: sources, facets, eval reports."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from eval.reports.kept import report_page
from ui.client import LocalClient
from ui.facets import Facets


def add_facts(api: FastAPI, client: LocalClient) -> None:
    """Gives an API the routes about what is there."""

    @api.get("/v1/sources")
    def sources() -> dict[str, str | None]:
        """Every source by name, with what tells its file from others of the same name."""
        return client.origins()

    @api.get("/v1/facets")
    def facets() -> Facets:
        """What the corpus can be narrowed to, with counts."""
        return client.facets()

    @api.get("/reports/{name}", include_in_schema=False)
    def report(name: str) -> HTMLResponse:
        """An eval report that was kept, as its page."""
        return HTMLResponse(report_page(client.settings.reports_folder, name))
