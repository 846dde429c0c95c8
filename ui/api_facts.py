"""The part of the HTTP API about what is there: articles, sources, facets, eval reports."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse

from eval.reports.kept import report_page
from ui.client import LocalClient
from ui.facets import Facets
from ui.wire import ArticleRow


def add_facts(api: FastAPI, client: LocalClient) -> None:
    """Gives an API the routes about what is there."""

    @api.get("/v1/sources")
    def sources() -> dict[str, str | None]:
        """Every source by name, with what tells its file from others of the same name."""
        return client.origins()

    @api.get("/v1/articles/{article_id}")
    def article(article_id: str) -> ArticleRow:
        return client.article(article_id)

    @api.get("/v1/sources/{id}/text", response_class=PlainTextResponse)
    def text(id: str) -> str:
        """The source text that the offsets of an article resolve against; `id` is the article's."""
        return client.source_text(id)

    @api.get("/v1/facets")
    def facets() -> Facets:
        """What the corpus can be narrowed to, with counts."""
        return client.facets()

    @api.get("/readyz")
    def ready() -> dict[str, str]:
        """Whether questions can be answered: 503 with the reason where the corpus does not answer."""
        return {"status": "ready", "version": client.answerer.version}

    @api.get("/reports/{name}", include_in_schema=False)
    def report(name: str) -> HTMLResponse:
        """An eval report that was kept, as its page."""
        return HTMLResponse(report_page(client.settings.reports_folder, name))
