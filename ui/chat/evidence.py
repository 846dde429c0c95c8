"""The panel beside the conversation: who says what, the sources, the timeline of one answer."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.chat.theme import panel
from ui.client.conversation import Conversation
from ui.client.local import LocalClient
from ui.render.html.evidence import NOTHING_YET, nothing_yet, who_says_what
from ui.render.html.sources import sources
from ui.render.html.timeline import answer_timeline


class EvidencePanel:
    """The panel, made where this is."""

    def __init__(self, client: LocalClient) -> None:
        self._client = client
        with gr.Tabs(elem_id="evidence"):
            with gr.Tab("Who says what"):
                self.who = panel(nothing_yet(), "who")
            with gr.Tab("Sources"):
                self.sources = panel(nothing_yet(), "sources")
            with gr.Tab("Timeline"):
                self.timeline = panel(nothing_yet(), "timeline")

    @property
    def parts(self) -> list[Any]:
        return [self.who, self.sources, self.timeline]

    def of(self, conversation: Conversation, number: int) -> list[str]:
        """The panel of an exchange."""
        exchange = conversation.exchanges[number] if number < len(conversation.exchanges) else None
        if exchange is None or exchange.answer is None:
            return self.empty()
        answer = exchange.answer
        who = who_says_what(answer, number)
        if not answer.citations:
            return [who, *[nothing_yet("This answer cites nothing.")] * 2]
        return [
            who,
            sources(answer, number, self._client.open_article),
            answer_timeline(answer, number),
        ]

    def empty(self, words: str = NOTHING_YET) -> list[str]:
        """The panel where there is nothing to show."""
        return [nothing_yet(words)] * len(self.parts)
