"""What a request in OpenAI's format may say. What would change the answer and is not there is
refused, not passed over; what a client sets of temperature, tokens and the like has no meaning here
and is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from rag.answer import Turn
from ui.api.requests import AskedFilters
from vectorstore.errors import UsageError

MODEL = "rashomon"
# parts of a message; what an assistant refused says nothing that is asked for
_READ = ("text", "refusal")


class MessagePart(BaseModel):
    """A piece of a message; only text is read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """A message of a conversation, in one string or in parts."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[MessagePart] | None = None

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.parts if part.type == "text")

    @property
    def parts(self) -> list[MessagePart]:
        return (
            self.content
            if isinstance(self.content, list)
            else [MessagePart(type="text", text=self.content or "")]
        )


class StreamOptions(BaseModel):
    """What a stream tells besides the answer."""

    include_usage: bool | None = None


class AskedCompletion(BaseModel):
    """A conversation whose last message is the question."""

    messages: Annotated[
        list[Message],
        Field(
            max_length=200,
            examples=[
                [{"role": "user", "content": "Who ordered the gates of the dam to be opened?"}]
            ],
        ),
    ]
    model: str = MODEL
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = None
    response_format: dict[str, Any] | None = None
    modalities: list[str] | None = None
    tools: list[Any] | None = None
    functions: list[Any] | None = None
    filters: AskedFilters = AskedFilters()

    @property
    def wants_usage(self) -> bool:
        """Whether a stream shall end with what it has used."""
        return bool(self.stream_options and self.stream_options.include_usage)

    def read(self) -> tuple[str, list[Turn]]:
        """The question, and the messages before it. Raises UsageError where the last message is no
        question, or where something is asked for that is not there.
        """
        if missing := next(_not_there(self), None):
            raise UsageError(missing)
        if not self.messages or self.messages[-1].role != "user":
            raise UsageError("The last message must be the user's, with the question.")
        before = [
            message for message in self.messages[:-1] if message.role in ("user", "assistant")
        ]
        return self.messages[-1].text, [Turn(message.role, message.text) for message in before]  # type: ignore[arg-type]


def _not_there(asked: AskedCompletion) -> Iterator[str]:
    if asked.n not in (None, 1):
        yield f"A question has one answer here, and `n` is {asked.n}. Leave `n` out."
    form = (asked.response_format or {}).get("type", "text")
    if form != "text":
        yield f"An answer is text here, and `response_format` asks for {form!r}. Leave it out."
    if asked.tools or asked.functions:
        yield "No tools are called here. Leave `tools` and `functions` out."
    if set(asked.modalities or ()) - {"text"}:
        yield "An answer is text here. Leave `modalities` out."
    kinds = sorted({part.type for message in asked.messages for part in message.parts} - set(_READ))
    if kinds:
        yield (
            f"Only text is read here, and a message has a part of the type {kinds[0]!r}. Leave it"
            " out."
        )
