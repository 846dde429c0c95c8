"""Answers to take along: Markdown with every citation written out, and JSON with the answers as the API gives them."""

from __future__ import annotations

from rag.answer import Answer
from rag.writers.markdown import literal
from ui.conversation import Conversation, Exchange
from ui.render.lines import source_line, understood_line
from ui.wire import to_json


def answer_as_markdown(answer: Answer) -> str:
    """An answer's text, then each of its sources."""
    sources = [f"- \\[{citation.id}\\] {literal(source_line(citation))}" for citation in answer.citations]
    read = literal(understood_line(answer.understood.readings))
    return "\n\n".join(part for part in (answer.text, read, "\n".join(sources)) if part)


def as_markdown(conversation: Conversation) -> str:
    """A whole conversation: each question a heading, its answer below it."""
    parts = [f"## {literal(exchange.question)}\n\n{_told(exchange)}" for exchange in conversation.exchanges]
    return "\n\n".join([f"# {literal(conversation.title)}", *parts]) + "\n"


def as_json(conversation: Conversation) -> str:
    """A whole conversation as one JSON object; each answer is the API's."""
    return to_json(conversation) + "\n"


def _told(exchange: Exchange) -> str:
    if exchange.answer:
        return answer_as_markdown(exchange.answer)
    return "\n\n".join(part for part in (exchange.text, literal(exchange.note)) if part)
