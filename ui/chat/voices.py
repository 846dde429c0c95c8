"""The page of a holder: all that somebody says in the corpus, over time and by outlet."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.chat.theme import panel
from ui.client.local import LocalClient
from ui.render.html.evidence import nothing_yet
from ui.render.html.voice import voice_page

_CHOOSE = "Choose a name to see all that somebody says in the corpus, over time and by outlet."


class VoicesTab:
    """A name to choose, and its page, made where this is."""

    def __init__(self, client: LocalClient) -> None:
        self._client = client
        self.name = gr.Dropdown(label="Who", choices=[], value=None, elem_id="voice-name")
        self.page = panel(nothing_yet(_CHOOSE), "voice")
        self.name.input(
            self.of, self.name, self.page, show_progress="minimal", api_visibility="private"
        )

    def choices(self) -> Any:
        """The names with what the corpus has now."""
        rows = self._client.holders()
        return gr.update(choices=[(f"{row.name} ({row.statements})", row.name) for row in rows])

    def of(self, name: str | None) -> str:
        """The page of a name."""
        if not name:
            return nothing_yet(_CHOOSE)
        row = next((holder for holder in self._client.holders() if holder.name == name), None)
        articles = {article.id: article for article in self._client.articles()}
        return voice_page(name, row, list(self._client.statements(holder=name)), articles)
