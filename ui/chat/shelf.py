"""The conversations that a browser keeps: the one that is open, and earlier ones to open again."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ui.chat.asking import Asking, new_conversation
from ui.chat.look import QUIETLY
from ui.conversation import Conversation, kept_with, read_conversation
from ui.wire import to_json

_SECRET = "rashomon"  # so that another start of the server can read what this one kept; it hides nothing


class Shelf:
    """The list of conversations, made where this is; it keeps the open one after every answer."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._current = gr.BrowserState("", storage_key="rashomon-current", secret=_SECRET)
        self._kept = gr.BrowserState([], storage_key="rashomon-kept", secret=_SECRET)
        new = gr.Button("New conversation", variant="primary", size="sm")
        self._list = gr.Radio([], label="Earlier ones, kept in this browser", elem_id="earlier", visible=False)
        self._forget = gr.Button("Forget them", size="sm", visible=False)
        listed = [self._list, self._forget]
        opened = [*asking.parts, self._kept, *listed]
        changes = [
            *asking.asked,
            new.click(self._start, [asking.conversation, self._kept], opened, **QUIETLY),
            self._list.input(self._choose, [self._list, asking.conversation, self._kept], opened, **QUIETLY),
            asking.chat.clear(lambda: asking.told(new_conversation()), None, asking.parts, **QUIETLY),
        ]
        for change in changes:
            change.then(_text, asking.conversation, self._current, **QUIETLY)
        self._forget.click(lambda: [[], *_listed([])], None, [self._kept, *listed], **QUIETLY)

    @property
    def remembered(self) -> list[Any]:
        """What the browser remembers, for `restore`."""
        return [self._current, self._kept]

    @property
    def parts(self) -> list[Any]:
        """What `restore` fills."""
        return [*self._asking.parts, self._list, self._forget]

    def restore(self, current: str, kept: list[str]) -> list[Any]:
        """The page as the browser remembers it."""
        return [*self._asking.told(read_conversation(current) or new_conversation()), *_listed(kept)]

    def _start(self, conversation: Conversation, kept: list[str]) -> list[Any]:
        """A new conversation; the one before it is kept."""
        return self._opened(new_conversation(), kept_with(kept, conversation))

    def _choose(self, id: str, conversation: Conversation, kept: list[str]) -> list[Any]:
        """An earlier conversation; the one before it is kept."""
        known = {one.id: one for text in kept_with(kept, conversation) if (one := read_conversation(text))}
        chosen = known.get(id, conversation)
        return self._opened(chosen, [to_json(one) for one in known.values() if one.id != chosen.id])

    def _opened(self, conversation: Conversation, kept: list[str]) -> list[Any]:
        return [*self._asking.told(conversation), kept, *_listed(kept)]


def _listed(kept: list[str]) -> list[Any]:
    known = [one for text in kept if (one := read_conversation(text))]
    choices = [(one.title, one.id) for one in known]
    return [gr.update(choices=choices, value=None, visible=bool(known)), gr.update(visible=bool(known))]


def _text(conversation: Conversation) -> str:
    return to_json(conversation) if conversation.exchanges else ""
