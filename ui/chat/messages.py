"""A conversation as the messages that gradio's chatbot shows. Pure."""

from __future__ import annotations

import re
from typing import Any

from rag.answer import Answer, Reading
from rag.writing.markdown import literal, unescaped
from ui.chat.suggestions import next_questions
from ui.client.conversation import Conversation, Exchange
from ui.render.exports import answer_as_markdown
from ui.render.html.message import message, message_so_far, note
from ui.render.terminal.answer import reading_in_words

_LIST = re.compile(r"^(\d*)([-+.)])")  # what would begin a list
_LIST_ESCAPED = re.compile(r"^(\d*)\\([-+.)])")


def messages(conversation: Conversation) -> list[dict[str, Any]]:
    """Two messages for each exchange, the last one's second missing until there is something to
    show. The last answer offers what to ask next.
    """
    rows: list[dict[str, Any]] = []
    for number, exchange in enumerate(conversation.exchanges):
        rows.append({"role": "user", "content": shown_question(exchange.question)})
        if html := answer_html(exchange, number):
            rows.append({"role": "assistant", "content": html})
    last = conversation.exchanges[-1].answer if conversation.exchanges else None
    if last:
        rows[-1]["options"] = [{"value": question} for question in next_questions(last)]
    return rows


def answer_html(exchange: Exchange, number: int) -> str:
    """What an exchange was answered, so far."""
    if exchange.answer:
        return message(exchange.answer, number)
    text = message_so_far(exchange.text, number) if exchange.text else ""
    return text + (note(exchange.note) if exchange.note else "")


def copied(conversation: Conversation, content: str) -> str:
    """A message to take along: an answer as Markdown with its citations, a question as it was
    asked.
    """
    for number, exchange in enumerate(conversation.exchanges):
        if exchange.answer and content == answer_html(exchange, number):
            return answer_as_markdown(exchange.answer)
    return asked_question(conversation, content)


def shown_question(question: str) -> str:
    """A question as Markdown that shows just its words, no list and no heading."""
    return _LIST.sub(r"\1\\\2", literal(question))


def asked_question(conversation: Conversation, shown: str) -> str:
    """The question of a message, also when a person has changed it there."""
    known = {
        shown_question(exchange.question): exchange.question for exchange in conversation.exchanges
    }
    return known.get(shown, unescaped(_LIST_ESCAPED.sub(r"\1\2", shown)))


def chips(answer: Answer) -> tuple[list[tuple[str, str]], list[str]]:
    """What was understood from a question: every reading in words with its key, and the keys of
    those that count.
    """
    readings = list(answer.understood.readings)
    ignored = [_reading(key) for key in answer.searched.filters.ignored]
    return [
        (reading_in_words(understood), understood.key) for understood in (*readings, *ignored)
    ], [reading.key for reading in readings]


def _reading(key: str) -> Reading:
    kind, _, value = key.partition(":")
    return Reading(kind, value)  # type: ignore[arg-type]
