"""Answers to take along: Markdown with every citation written out, and JSON with the answers as the
API gives them.
"""

from __future__ import annotations

from rag.answer import Answer
from rag.writing.markdown import literal
from ui.client.conversation import Conversation, Exchange
from ui.render.terminal.answer import source_line, understood_line
from ui.schemas import to_json


def answer_as_markdown(answer: Answer) -> str:
    """An answer's text, what was read from the question, then each of its sources."""
    read = literal(understood_line(answer.understood.readings))
    return "\n\n".join(part for part in (answer.text, read, sources_as_markdown(answer)) if part)


def sources_as_markdown(answer: Answer) -> str:
    """A list of an answer's citations, each with its chain and place."""
    return "\n".join(
        f"- \\[{citation.id}\\] {literal(source_line(citation))}" for citation in answer.citations
    )


def as_markdown(conversation: Conversation) -> str:
    """A whole conversation: each question a heading, its answer below it."""
    parts = [
        f"## {literal(exchange.question)}\n\n{_told(exchange)}"
        for exchange in conversation.exchanges
    ]
    return "\n\n".join([f"# {literal(conversation.title)}", *parts]) + "\n"


def as_json(conversation: Conversation) -> str:
    """A whole conversation as one JSON object; each answer is the API's."""
    return to_json(conversation) + "\n"


def _told(exchange: Exchange) -> str:
    if exchange.answer:
        return answer_as_markdown(exchange.answer)
    return "\n\n".join(part for part in (exchange.text, literal(exchange.note)) if part)
