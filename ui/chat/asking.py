"""Where one asks: the conversation, and the evidence of the answer that is selected beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import gradio as gr

from rag.answer import Answer, Filters
from ui.chat.evidence import Evidence
from ui.chat.judging import Judging
from ui.chat.look import QUIETLY, exchange_of, panel
from ui.chat.messages import chips, copied, messages
from ui.chat.narrowing import Narrowing, filters_of
from ui.client import LocalClient
from ui.conversation import Conversation
from ui.render.exports import as_json, as_markdown
from ui.render.hints import greeting, hints
from ui.suggest import first_questions
from vectorstore.errors import FilterError, RashomonError

_HEIGHT, _EMPTY_HEIGHT = "max(22rem, calc(100vh - 20rem))", "12rem"
_PAINT_EVERY = 0.05  # seconds
_SEARCHING = "Searching the articles …"
_STOPPED = "Stopped. Ask again, or ask something else."
_STREAMED: dict[str, Any] = {"show_progress": "minimal", "api_visibility": "private", "concurrency_limit": 8}

Updates = dict[Any, Any]  # what each component becomes


class Asking:
    """The conversation with all that belongs to it, made where this is."""

    def __init__(self, client: LocalClient, narrowing: Narrowing) -> None:
        self._client, self._narrowing = client, narrowing
        self.conversation = gr.State(new_conversation())
        self._shown = gr.State(0)  # the exchange whose evidence is shown
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=320):
                self._make_conversation()
            with gr.Column(scale=5, min_width=320):
                self.evidence = Evidence(client)
        self.asked = self._wire_questions()
        self._wire_chat()

    @property
    def parts(self) -> list[Any]:
        """Everything that a conversation fills."""
        below = [self._understood, self._judging.form, self._exports]
        return [self.conversation, self._shown, self.chat, self.hints, *below, *self.evidence.parts]

    def told(self, conversation: Conversation) -> list[Any]:
        """What a conversation fills `parts` with: its messages, with the evidence of its last answer."""
        number = max(len(conversation.exchanges) - 1, 0)
        return [
            conversation,
            number,
            gr.update(
                value=messages(conversation),
                placeholder=greeting(self._client.facets()),
                height=_HEIGHT if conversation.exchanges else _EMPTY_HEIGHT,
            ),
            self._hinted(conversation),
            _chips(conversation, number),
            gr.update(visible=False),
            gr.update(visible=bool(conversation.exchanges)),
            *self.evidence.of(conversation, number),
        ]

    def _hinted(self, conversation: Conversation) -> Any:
        """Questions to start with, as long as nothing was asked."""
        if conversation.exchanges:
            return gr.update(visible=False)
        questions = first_questions(self._client.articles(), self._client.holders())
        return gr.update(value=hints(questions), visible=True)

    def _make_conversation(self) -> None:
        self.chat = gr.Chatbot(
            label="Conversation",
            show_label=False,
            elem_id="chat",
            height=_EMPTY_HEIGHT,
            editable="user",
            buttons=["copy"],
            latex_delimiters=[],
            allow_tags=False,
            group_consecutive_messages=False,
            autoscroll=False,
            layout="panel",
        )
        self.hints = panel("", "hints")
        self._box = gr.Textbox(
            label="Question",
            elem_id="question",
            placeholder="Who says what about ...?",
            submit_btn="Ask",
            lines=1,
            max_lines=5,
            autofocus=True,
        )
        self._understood = gr.CheckboxGroup(
            label="Understood from the question",
            info="Untick one to ask without it.",
            elem_id="understood",
            visible=False,
        )
        self._judging = Judging(self._client, self.chat, self.conversation)
        with gr.Row(visible=False) as self._exports:
            self._as_markdown = gr.Button("Export as Markdown", size="sm", min_width=120)
            self._as_json = gr.Button("Export as JSON", size="sm", min_width=120)
        self._handed = gr.Textbox(label="Taken along", visible="hidden", elem_id="handed")

    def _wire_questions(self) -> list[Any]:
        """Every way to ask; the events in which questions are answered."""
        given, filled = [self.conversation, *self._narrowing.fields], [*self.parts, self._box]
        reread = [self._understood, self.conversation, self._shown]
        asked = [
            self._box.submit(self._ask, [self._box, *given], filled, **_STREAMED),
            self.hints.select(self._ask_proposed, given, filled, **_STREAMED),
            self.chat.option_select(self._ask_option, given, filled, **_STREAMED),
            self.chat.retry(self._retry, [self.conversation], filled, **_STREAMED),
            self.chat.edit(self._edit, [self.conversation], filled, **_STREAMED),
            self._understood.input(self._reread, reread, filled, **_STREAMED),
        ]
        self._box.stop(self._stop, self.conversation, filled, cancels=asked, **QUIETLY)
        return asked

    def _wire_chat(self) -> None:
        """What else is done with a conversation: an answer is looked at, copied, taken along."""
        shown = [self._shown, self._understood, *self.evidence.parts]
        self.chat.select(self._select, [self.conversation, self._shown], shown, **QUIETLY)
        copying = self.chat.copy(self._copy, self.conversation, self._handed, **QUIETLY)
        copying.then(None, self._handed, None, js="(text) => rashomon.copy(text)")
        for button, exported, name, kind in (
            (self._as_markdown, as_markdown, "conversation.md", "text/markdown"),
            (self._as_json, as_json, "conversation.json", "application/json"),
        ):
            button.click(exported, self.conversation, self._handed, **QUIETLY).then(
                None, self._handed, None, js=f"(text) => rashomon.save('{name}', '{kind}', text)"
            )

    # Asking.

    def _ask(self, question: str, conversation: Conversation, *narrowed: Any) -> Iterator[Updates]:
        if not (question or "").strip():
            yield {self._box: ""}
            return
        try:
            filters = filters_of(narrowed)
        except FilterError as error:
            yield self._finished(conversation.asking(question, Filters()).with_last(note=str(error)))
            return
        yield from self._answered(conversation.asking(question, filters))

    def _ask_proposed(self, event: gr.EventData, conversation: Conversation, *narrowed: Any) -> Iterator[Updates]:
        yield from self._ask(event.ask, conversation, *narrowed)

    def _ask_option(self, event: gr.SelectData, conversation: Conversation, *narrowed: Any) -> Iterator[Updates]:
        yield from self._ask(event.value, conversation, *narrowed)

    def _retry(self, event: gr.RetryData, conversation: Conversation) -> Iterator[Updates]:
        number = exchange_of(event)
        again = conversation.exchanges[number]
        yield from self._answered(conversation.before(number).asking(again.question, again.filters))

    def _edit(self, event: gr.EditData, conversation: Conversation) -> Iterator[Updates]:
        number = exchange_of(event)
        filters = replace(conversation.exchanges[number].filters, ignored=())
        yield from self._answered(conversation.before(number).asking(event.value, filters))

    def _reread(self, counted: list[str], conversation: Conversation, number: int) -> Iterator[Updates]:
        """The same question without the readings that were unticked."""
        exchange = conversation.exchanges[number]
        known = chips(exchange.answer)[0] if exchange.answer else []
        filters = replace(exchange.filters, ignored=tuple(key for _, key in known if key not in counted))
        yield from self._answered(conversation.before(number).asking(exchange.question, filters))

    def _answered(self, conversation: Conversation) -> Iterator[Updates]:
        """The conversation while its last question is answered, and then."""
        number = len(conversation.exchanges) - 1
        last, turns = conversation.exchanges[-1], conversation.before(number).turns
        waiting = dict(zip(self.evidence.parts, self.evidence.empty(_SEARCHING), strict=True))
        stop = {self._box: gr.update(value="", submit_btn=False, stop_btn="Stop")}
        yield {**dict(zip(self.parts, self.told(conversation), strict=True)), **waiting, **stop}
        painted = 0.0
        try:
            for event in self._client.stream(last.question, turns, last.filters):
                if isinstance(event, Answer):
                    conversation = conversation.with_last(answer=event)
                elif event.kind == "text":
                    conversation = conversation.with_last(text=conversation.exchanges[-1].text + str(event.data))
                    if time.monotonic() - painted > _PAINT_EVERY:
                        painted = time.monotonic()
                        yield {self.conversation: conversation, self.chat: messages(conversation)}
        except RashomonError as error:
            conversation = conversation.with_last(note=str(error))
        yield self._finished(conversation)

    def _finished(self, conversation: Conversation) -> Updates:
        ready = {self._box: gr.update(submit_btn="Ask", stop_btn=False)}
        return {**dict(zip(self.parts, self.told(conversation), strict=True)), **ready}

    def _stop(self, conversation: Conversation) -> Updates:
        return self._finished(conversation.with_last(note=_STOPPED) if conversation.exchanges else conversation)

    # Looking, and taking along.

    def _select(self, event: gr.SelectData, conversation: Conversation, shown: int) -> list[Any]:
        """The evidence of the answer that was clicked, unless it is shown already."""
        number = exchange_of(event)
        if number == shown:
            return [gr.skip()] * (2 + len(self.evidence.parts))
        return [number, _chips(conversation, number), *self.evidence.of(conversation, number)]

    def _copy(self, event: gr.CopyData, conversation: Conversation) -> str:
        return copied(conversation, str(event.value))


def new_conversation() -> Conversation:
    """An empty conversation."""
    return Conversation(uuid4().hex)


def _chips(conversation: Conversation, number: int) -> Any:
    answer = conversation.exchanges[number].answer if number < len(conversation.exchanges) else None
    choices, counted = chips(answer) if answer else ([], [])
    return gr.update(choices=choices, value=counted, visible=bool(choices))
