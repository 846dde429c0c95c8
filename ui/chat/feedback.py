"""What one thinks of an answer: a thumb up is kept at once, a thumb down with its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import gradio as gr

from eval.feedback import REASONS, Feedback
from ui.chat.theme import QUIETLY, exchange_of
from ui.client.conversation import Conversation
from ui.client.local import LocalClient
from vectorstore.errors import RashomonError

_THANKS = "Thank you. It is kept beside the corpus"


class FeedbackPanel:
    """The form that asks for a reason, made where this is; it listens to the thumbs of a
    conversation.
    """

    def __init__(self, client: LocalClient, chat: Any, conversation: Any) -> None:
        self._client = client
        doubted = gr.State(0)  # the exchange that a thumb went down on
        with gr.Group(visible=False, elem_id="doubt") as self.form:
            reason = gr.Radio(list(REASONS), label="What is wrong with this answer?")
            comment = gr.Textbox(label="In your words (optional)", max_lines=3)
            with gr.Row():
                send = gr.Button("Send", variant="primary", size="sm")
                cancel = gr.Button("Cancel", size="sm")
        chat.like(self._judge, conversation, [self.form, doubted, reason, comment], **QUIETLY).then(
            None, js="() => rashomon.show('#doubt')"
        )
        send.click(self._doubt, [conversation, doubted, reason, comment], self.form, **QUIETLY)
        cancel.click(lambda: gr.update(visible=False), None, self.form, **QUIETLY)

    def _judge(self, event: gr.LikeData, conversation: Conversation) -> list[Any]:
        number = exchange_of(event)
        if event.liked and self._keep(conversation, number, None, None):
            gr.Info(f"{_THANKS}.")
        return [gr.update(visible=not event.liked), number, None, ""]

    def _doubt(
        self, conversation: Conversation, number: int, reason: str | None, comment: str
    ) -> Any:
        if self._keep(conversation, number, reason or REASONS[-1], comment.strip() or None):
            gr.Info(f"{_THANKS}; `rashomon eval draft --feedback` makes a question of it.")
        return gr.update(visible=False)

    def _keep(
        self, conversation: Conversation, number: int, reason: str | None, comment: str | None
    ) -> bool:
        """Keeps what is thought of an answer; whether there was one."""
        answer = (
            conversation.exchanges[number].answer if number < len(conversation.exchanges) else None
        )
        if answer is None:
            return False
        context = tuple(
            turn.content for turn in conversation.before(number).turns if turn.role == "user"
        )
        at = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            self._client.keep_feedback(
                Feedback(at, "down" if reason else "up", answer, context, reason, comment)
            )
        except RashomonError as error:
            gr.Warning(str(error))
            return False
        return True
