"""Where one asks: the conversation, and the evidence of the answer that is selected beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any
from uuid import uuid4

import gradio as gr

from rag.answer import Answer, Turn
from rag.filters import Filters
from ui.chat.evidence import EvidencePanel
from ui.chat.feedback import FeedbackPanel
from ui.chat.filters import FilterPanel, filters_of
from ui.chat.messages import asked_question, chips, copied, messages
from ui.chat.suggestions import first_questions
from ui.chat.theme import BROWSER_SECRET, QUIETLY, exchange_of, panel
from ui.client.conversation import Conversation, read_conversation
from ui.client.local import LocalClient
from ui.render.exports import as_json, as_markdown
from ui.render.html.hints import greeting, hints
from ui.schemas import to_json
from vectorstore.errors import FilterError, RashomonError

_HEIGHT, _EMPTY_HEIGHT = "max(22rem, calc(100vh - 20rem))", "12rem"
_PAINT_EVERY = 0.05  # seconds
_SEARCHING = "Searching the articles …"
_STOPPED = "Stopped. Ask again, or ask something else."
_STREAMED: dict[str, Any] = {
    "show_progress": "minimal",
    "api_visibility": "private",
    "concurrency_limit": 8,
}

Updates = dict[Any, Any]  # what each component becomes


class ConversationTab:
    """The conversation with all that belongs to it, made where this is."""

    def __init__(self, client: LocalClient, narrowing: FilterPanel) -> None:
        self._client, self._narrowing = client, narrowing
        self.conversation = gr.State(new_conversation)
        # the same, as text
        self.kept = gr.BrowserState("", storage_key="rashomon-current", secret=BROWSER_SECRET)
        # what the browser asks with
        self.ticket = gr.Textbox(new_ticket, label="Ticket", visible="hidden")
        self.void = gr.State(set)  # the tickets that were stopped, or whose conversation was left
        self._shown = gr.State(0)  # the exchange whose evidence is shown
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=320):
                self._make_conversation()
            with gr.Column(scale=5, min_width=320):
                self.evidence = EvidencePanel(client)
        self.asked = self._wire_questions()
        self._wire_chat()

    @property
    def parts(self) -> list[Any]:
        """Everything that a conversation fills."""
        below = [self._understood, self._judging.form, self._exports]
        return [
            self.conversation,
            self._shown,
            self.chat,
            self.hints,
            self._box,
            *below,
            *self.evidence.parts,
        ]

    def told(self, conversation: Conversation) -> list[Any]:
        """What a conversation fills `parts` with: its messages, with the evidence of its last
        answer.
        """
        number = max(len(conversation.exchanges) - 1, 0)
        return [
            conversation,
            number,
            self._chatted(conversation),
            self._hinted(conversation),
            _ready(),
            _chips(conversation, number),
            gr.update(visible=False),
            gr.update(visible=bool(conversation.exchanges)),
            *self.evidence.of(conversation, number),
        ]

    def _chatted(self, conversation: Conversation) -> Any:
        """The messages; what the corpus holds, as long as there are none."""
        if conversation.exchanges:
            return gr.update(value=messages(conversation), height=_HEIGHT)
        return gr.update(
            value=[], placeholder=greeting(self._client.facets()), height=_EMPTY_HEIGHT
        )

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
        )
        self._understood = gr.CheckboxGroup(
            label="Understood from the question",
            info="Untick one to ask without it.",
            elem_id="understood",
            visible=False,
        )
        self._judging = FeedbackPanel(self._client, self.chat, self.conversation)
        with gr.Row(visible=False) as self._exports:
            self._as_markdown = gr.Button("Export as Markdown", size="sm", min_width=120)
            self._as_json = gr.Button("Export as JSON", size="sm", min_width=120)
        self._handed = gr.Textbox(label="Taken along", visible="hidden", elem_id="handed")

    def _wire_questions(self) -> list[Any]:
        """Every way to ask; the events in which questions are answered."""
        known = [self.conversation, self.kept, self.ticket, self.void]
        inputs = [*known, *self._narrowing.fields]
        asked = [
            self._box.submit(self._ask, [self._box, *inputs], self.parts, **_STREAMED),
            self.hints.select(self._ask_proposed, inputs, self.parts, **_STREAMED),
            self.chat.option_select(self._ask_option, inputs, self.parts, **_STREAMED),
            self.chat.retry(self._retry, known, self.parts, **_STREAMED),
            self.chat.edit(self._edit, known, self.parts, **_STREAMED),
            self._understood.input(
                self._reread, [self._understood, *known, self._shown], self.parts, **_STREAMED
            ),
        ]
        for event in asked:
            event.failure(
                _ready, None, self._box, **QUIETLY
            )  # no more: a cancelled answer fails too, and another is open
        open_now = [self.conversation, self.ticket, self.void]
        stopped = self._box.stop(
            self._stop, open_now, [*self.parts, self.ticket], cancels=asked, **QUIETLY
        )
        for event in (*asked, stopped):
            event.then(kept_text, self.conversation, self.kept, **QUIETLY)
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

    def _ask(
        self,
        question: str,
        conversation: Conversation,
        stored: str,
        ticket: str,
        void: set[str],
        *narrowed: Any,
    ) -> Iterator[Updates]:
        if not (question or "").strip():
            yield {self._box: ""}
            return
        conversation = remembered(conversation, stored)
        try:
            filters = filters_of(narrowed)
        except FilterError as error:
            yield self._filled(conversation.asking(question, Filters()).with_last(note=str(error)))
            return
        yield from self._answered(conversation.asking(question, filters), ticket, void)

    def _ask_proposed(self, event: gr.EventData, *inputs: Any) -> Iterator[Updates]:
        yield from self._ask(event.ask, *inputs)

    def _ask_option(self, event: gr.SelectData, *inputs: Any) -> Iterator[Updates]:
        yield from self._ask(event.value, *inputs)

    def _retry(
        self,
        event: gr.RetryData,
        conversation: Conversation,
        stored: str,
        ticket: str,
        void: set[str],
    ) -> Iterator[Updates]:
        conversation, number = remembered(conversation, stored), exchange_of(event)
        again = conversation.exchanges[number]
        yield from self._answered(
            conversation.before(number).asking(again.question, again.filters), ticket, void
        )

    def _edit(
        self,
        event: gr.EditData,
        conversation: Conversation,
        stored: str,
        ticket: str,
        void: set[str],
    ) -> Iterator[Updates]:
        """A question that was changed; what came after it goes."""
        conversation, number = remembered(conversation, stored), exchange_of(event)
        filters = replace(conversation.exchanges[number].filters, ignored=())
        question = asked_question(conversation, event.value)
        yield from self._answered(
            conversation.before(number).asking(question, filters), ticket, void
        )

    def _reread(
        self,
        counted: list[str],
        conversation: Conversation,
        stored: str,
        ticket: str,
        void: set[str],
        number: int,
    ) -> Iterator[Updates]:
        """The same question without the readings that were unticked: in its place if it is the last
        one, else anew.
        """
        conversation = remembered(conversation, stored)
        exchange, before = conversation.exchanges[number], conversation.before(number)
        known = chips(exchange.answer)[0] if exchange.answer else []
        filters = replace(
            exchange.filters, ignored=tuple(key for _, key in known if key not in counted)
        )
        is_last = number == len(conversation.exchanges) - 1
        asked = (before if is_last else conversation).asking(exchange.question, filters)
        yield from self._answered(asked, ticket, void, before.turns)

    def _answered(
        self,
        conversation: Conversation,
        ticket: str,
        void: set[str],
        turns: Sequence[Turn] | None = None,
    ) -> Iterator[Updates]:
        """The conversation while its last question is answered, and then, as long as the ticket
        that it was asked with is not void: what the browser cancels may be on its way already, or
        not begun. `turns` are what it leans on, unless that is all before it.
        """
        return takewhile(lambda _: ticket not in void, self._answering(conversation, turns))

    def _answering(
        self, conversation: Conversation, turns: Sequence[Turn] | None
    ) -> Iterator[Updates]:
        number, last = len(conversation.exchanges) - 1, conversation.exchanges[-1]
        turns = conversation.before(number).turns if turns is None else turns
        waiting = dict(zip(self.evidence.parts, self.evidence.empty(_SEARCHING), strict=True))
        stop = {self._box: gr.update(value="", submit_btn=False, stop_btn="Stop")}
        yield {**self._filled(conversation), **waiting, **stop}
        painted = 0.0
        try:
            for event in self._client.stream(last.question, turns, last.filters):
                if isinstance(event, Answer):
                    conversation = conversation.with_last(answer=event)
                elif event.kind == "text":
                    conversation = conversation.with_last(
                        text=conversation.exchanges[-1].text + str(event.data)
                    )
                    if time.monotonic() - painted > _PAINT_EVERY:
                        painted = time.monotonic()
                        yield {self.conversation: conversation, self.chat: messages(conversation)}
        except RashomonError as error:
            conversation = conversation.with_last(note=str(error))
        yield self._filled(conversation)

    def _filled(self, conversation: Conversation) -> Updates:
        return dict(zip(self.parts, self.told(conversation), strict=True))

    def _stop(self, conversation: Conversation, ticket: str, void: set[str]) -> list[Any]:
        void.add(ticket)
        stopped = conversation.with_last(note=_STOPPED) if conversation.exchanges else conversation
        return [*self.told(stopped), new_ticket()]

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


def new_ticket() -> str:
    """What the next questions are asked with, until one is stopped or another conversation is
    opened.
    """
    return uuid4().hex


def kept_text(conversation: Conversation) -> str:
    """What the browser keeps of the open conversation."""
    return to_json(conversation) if conversation.exchanges else ""


def remembered(conversation: Conversation, stored: str) -> Conversation:
    """The open conversation; what the browser kept of it where the server has forgotten it, for it
    was restarted.
    """
    return conversation if conversation.exchanges else read_conversation(stored) or conversation


def _ready() -> Any:
    """The box, as long as nothing is being answered."""
    return gr.update(submit_btn="Ask", stop_btn=False)


def _chips(conversation: Conversation, number: int) -> Any:
    answer = conversation.exchanges[number].answer if number < len(conversation.exchanges) else None
    choices, counted = chips(answer) if answer else ([], [])
    return gr.update(choices=choices, value=counted, visible=bool(choices))
