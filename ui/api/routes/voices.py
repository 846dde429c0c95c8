"""The part of the HTTP API about who says what: statements, holders, corrections."""

from __future__ import annotations

from fastapi import FastAPI

from ui.api.documented import TAGS, problems
from ui.api.middleware.etag import tagged
from ui.api.paging import Paged
from ui.api.scopes import needs
from ui.client.local import LocalClient
from ui.schemas import AskedCorrection, CorrectionRow, HolderRow, StatementRow


def add_voices(api: FastAPI, client: LocalClient) -> None:
    """Gives an API the routes about who says what."""

    @api.get("/v1/statements", tags=TAGS.voices, responses=problems(404, 422))
    @needs("ask")
    @tagged
    def list_statements(
        page: Paged, article: str | None = None, holder: str | None = None
    ) -> list[StatementRow]:
        """Every statement, or those of one article (its id) or one holder (any spelling of the
        name).
        """
        return page.of(list(client.statements(article, holder)), client.version)

    @api.get("/v1/statements/{id}", tags=TAGS.voices, responses=problems(404))
    @needs("ask")
    @tagged
    def get_statement(id: str) -> StatementRow:
        """One statement, by its id."""
        return client.statement(id)

    @api.post("/v1/statements/{id}/correction", tags=TAGS.voices, responses=problems(400, 404, 422))
    @needs("ingest")
    def correct_statement(id: str, asked: AskedCorrection) -> StatementRow:
        """Gives a statement to whom a person says it belongs to, and returns what answers for its
        words now.
        """
        return client.correct(id, asked)

    @api.delete("/v1/statements/{id}/correction", tags=TAGS.voices, responses=problems(404))
    @needs("ingest")
    def withdraw_correction(id: str) -> StatementRow | None:
        """Takes a correction back; null when the words it was about are gone."""
        return client.withdraw(id)

    @api.get("/v1/corrections", tags=TAGS.voices, responses=problems(422))
    @needs("ask")
    @tagged
    def list_corrections(page: Paged) -> list[CorrectionRow]:
        """What people have corrected, and whether it still holds."""
        return page.of(client.corrections(), client.version)

    @api.get("/v1/holders", tags=TAGS.voices, responses=problems(422))
    @needs("ask")
    @tagged
    def list_holders(page: Paged) -> list[HolderRow]:
        """Everyone who answers for statements, under the name that is shown, with the other
        spellings in use.
        """
        return page.of(client.holders(), client.version)
