"""The conversations that a browser keeps: the one that is open, and earlier ones to open again."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.chat.conversation import (
    ConversationTab,
    kept_text,
    new_conversation,
    new_ticket,
    remembered,
)
from ui.chat.theme import BROWSER_SECRET, QUIETLY
from ui.client.conversation import MOST_KEPT, Conversation, kept_with, read_conversation
from ui.schemas import to_json


class History:
    """The list of conversations, made where this is; the open one goes there when another takes its
    place.
    """

    def __init__(self, asking: ConversationTab) -> None:
        self._asking = asking
        self._kept = gr.BrowserState([], storage_key="rashomon-kept", secret=BROWSER_SECRET)
        new = gr.Button("New conversation", variant="primary", size="sm")
        self._list = gr.Radio(
            [], label="Earlier ones, kept in this browser", elem_id="earlier", visible=False
        )
        self._forget = gr.Button("Forget them", size="sm", visible=False)
        listed = [self._list, self._forget]
        opened = [*asking.parts, asking.ticket, self._kept, *listed]
        inputs = [asking.conversation, asking.kept, asking.ticket, asking.void, self._kept]
        # an answer that is on its way has no place then
        instead: dict[str, Any] = {"cancels": asking.asked, **QUIETLY}
        self.changes = [
            new.click(self._start, inputs, opened, **instead),
            self._list.input(self._choose, [self._list, *inputs], opened, **instead),
            asking.chat.clear(self._start, inputs, opened, **instead),
        ]
        for change in self.changes:
            change.then(kept_text, asking.conversation, asking.kept, **QUIETLY)
        with gr.Row(visible=False) as sure:
            yes = gr.Button("Forget all", variant="stop", size="sm", min_width=80)
            no = gr.Button("Keep them", size="sm", min_width=80)
        self._forget.click(lambda: gr.update(visible=True), None, sure, **QUIETLY)
        yes.click(
            lambda: [[], *_listed([]), gr.update(visible=False)],
            None,
            [self._kept, *listed, sure],
            **QUIETLY,
        )
        no.click(lambda: gr.update(visible=False), None, sure, **QUIETLY)

    @property
    def remembered(self) -> list[Any]:
        """What the browser remembers, for `restore`."""
        return [self._asking.kept, self._kept]

    @property
    def parts(self) -> list[Any]:
        """What `restore` fills."""
        return [*self._asking.parts, self._list, self._forget]

    def restore(self, current: str, stored: list[str]) -> list[Any]:
        """The page as the browser remembers it."""
        return [
            *self._asking.told(read_conversation(current) or new_conversation()),
            *_listed(stored),
        ]

    def _start(
        self,
        conversation: Conversation,
        current: str,
        ticket: str,
        void: set[str],
        stored: list[str],
    ) -> list[Any]:
        """A new conversation; the one before it is kept."""
        void.add(ticket)
        return self._opened(
            new_conversation(), kept_with(stored, remembered(conversation, current))
        )

    def _choose(
        self,
        id: str,
        conversation: Conversation,
        current: str,
        ticket: str,
        void: set[str],
        stored: list[str],
    ) -> list[Any]:
        """An earlier conversation; the one before it is kept."""
        void.add(ticket)
        conversation = remembered(conversation, current)
        known = {
            earlier.id: earlier
            for text in kept_with(stored, conversation)
            if (earlier := read_conversation(text))
        }
        chosen = known.get(id, conversation)
        return self._opened(
            chosen, [to_json(earlier) for earlier in known.values() if earlier.id != chosen.id]
        )

    def _opened(self, conversation: Conversation, stored: list[str]) -> list[Any]:
        return [*self._asking.told(conversation), new_ticket(), stored, *_listed(stored)]


def _listed(stored: list[str]) -> list[Any]:
    known = [
        conversation for text in stored[:MOST_KEPT] if (conversation := read_conversation(text))
    ]
    choices = [(conversation.title, conversation.id) for conversation in known]
    return [
        gr.update(choices=choices, value=None, visible=bool(known)),
        gr.update(visible=bool(known)),
    ]
