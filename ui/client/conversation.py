"""A conversation: what was asked and what came back, as it is kept in a browser and handed out.
Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from rag.answer import Answer, Turn
from rag.filters import Filters
from rag.writing.markdown import printable
from ui.schemas import from_json, to_json
from vectorstore.errors import RashomonError

MOST_KEPT = 30  # conversations
# of all that is kept: a browser keeps five million of what becomes of them
_MOST_CHARACTERS = 2_000_000
_LONGEST_TITLE = 60
_EVERYTHING = Filters()


@dataclass(frozen=True)
class Exchange:
    """A question and its answer. Without one, `text` is what was written of it, and `note` why
    there is no more.
    """

    question: str
    filters: Filters = _EVERYTHING
    answer: Answer | None = None
    text: str = ""
    note: str = ""

    @property
    def told(self) -> str:
        """What was answered, as Markdown."""
        return self.answer.text if self.answer else self.text


@dataclass(frozen=True)
class Conversation:
    """Exchanges in their order; `id` tells it from the others of a browser."""

    id: str
    exchanges: tuple[Exchange, ...] = ()

    @property
    def title(self) -> str:
        """Its first question, cut."""
        first = printable(self.exchanges[0].question) if self.exchanges else "New conversation"
        return first if len(first) <= _LONGEST_TITLE else f"{first[: _LONGEST_TITLE - 1]}…"

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The messages of everything that was answered: what a follow-up leans on."""
        return tuple(
            turn
            for exchange in self.exchanges
            if exchange.answer
            for turn in (Turn("user", exchange.question), Turn("assistant", exchange.told))
        )

    def before(self, number: int) -> Conversation:
        """The conversation up to an exchange, without it."""
        return replace(self, exchanges=self.exchanges[:number])

    def asking(self, question: str, filters: Filters) -> Conversation:
        """The conversation with one more question."""
        return replace(self, exchanges=(*self.exchanges, Exchange(question, filters)))

    def with_last(self, **changes: Any) -> Conversation:
        """The conversation with its last exchange changed."""
        return replace(
            self, exchanges=(*self.exchanges[:-1], replace(self.exchanges[-1], **changes))
        )


def kept_with(stored: Sequence[str], conversation: Conversation) -> list[str]:
    """The conversations of a browser with one more, or a newer state of it, first; the oldest give
    way.
    """
    others = [
        text
        for text in stored[: 2 * MOST_KEPT]
        if (known := read_conversation(text)) and known.id != conversation.id
    ]
    newest, left = list[str](), _MOST_CHARACTERS
    for text in [*([to_json(conversation)] if conversation.exchanges else []), *others][:MOST_KEPT]:
        if len(text) <= left:
            newest.append(text)
            left -= len(text)
    return newest


def read_conversation(text: Any) -> Conversation | None:
    """A conversation that was kept; None where it is none, or of another version of the program."""
    if len(text or "") > _MOST_CHARACTERS:
        return None
    try:
        conversation = from_json(Conversation, text)
    except (ValidationError, TypeError, RashomonError):
        return None
    return conversation if all(map(_is_whole, conversation.exchanges)) else None


def _is_whole(exchange: Exchange) -> bool:
    """Whether an answer has every citation that it names."""
    if exchange.answer is None:
        return True
    answer = exchange.answer
    known = {citation.id for citation in answer.citations}
    named = [
        *(view.citations for view in answer.viewpoints),
        *(disagreement.citations for disagreement in answer.disagreements),
    ]
    return all(numbers and known.issuperset(numbers) for numbers in named)
