"""The part of the HTTP API about who says what: statements, holders, corrections."""

from __future__ import annotations

from fastapi import FastAPI

from ui.client import LocalClient
from ui.wire import AskedCorrection, CorrectionRow, HolderRow, StatementRow


def add_voices(api: FastAPI, client: LocalClient) -> None:
    """Gives an API the routes about who says what."""

    @api.get("/v1/statements")
    def statements(article: str | None = None, holder: str | None = None) -> list[StatementRow]:
        """Every statement, or those of one article (its id) or one holder (any spelling of the name)."""
        return list(client.statements(article, holder))

    @api.get("/v1/statements/{id}")
    def statement(id: str) -> StatementRow:
        return client.statement(id)

    @api.post("/v1/statements/{id}/correction")
    def correct(id: str, asked: AskedCorrection) -> StatementRow:
        """Gives a statement to whom a person says it belongs to, and returns what answers for its words now."""
        return client.correct(id, asked)

    @api.delete("/v1/statements/{id}/correction")
    def withdraw(id: str) -> StatementRow | None:
        """Takes a correction back; null when the words it was about are gone."""
        return client.withdraw(id)

    @api.get("/v1/corrections")
    def corrections() -> list[CorrectionRow]:
        """What people have corrected, and whether it still holds."""
        return client.corrections()

    @api.get("/v1/holders")
    def holders() -> list[HolderRow]:
        """Everyone who answers for statements, under the name that is shown, with the other spellings in use."""
        return client.holders()
