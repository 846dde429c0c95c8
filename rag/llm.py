"""A language model behind any OpenAI-compatible server. The llama-index LLM and openai live
here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from vectorstore.errors import ModelBusy, ModelError

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike

_TRIES = 3
_FIRST_WAIT = 0.5  # seconds; doubled after each try
_BUSY = (408, 409, 425, 429, 500, 502, 503, 504)


def harmless(words: str) -> str:
    """Words that cannot close the element of a prompt that they stand in, nor its attributes."""
    return words.replace("<", "‹").replace(">", "›").replace('"', "”")


class LanguageModel(Protocol):
    """A model that goes on from a prompt. `name` is told with the answer."""

    @property
    def name(self) -> str: ...

    def stream(self, system: str, prompt: str) -> Iterator[str]:
        """The reply as it comes, in pieces. Raises ModelBusy when another try may help, else
        ModelError.
        """
        ...


class OpenAiCompatible:
    """A model at a URL such as http://127.0.0.1:8080/v1, by llama-index. Nothing is sent before
    `stream`.
    """

    def __init__(self, url: str, model: str, key: str, seconds: float, longest: int) -> None:
        """`seconds` without a piece end the wait; a reply has at most `longest` tokens."""
        self.name = model
        self._url, self._key, self._seconds, self._longest = url, key, seconds, longest

    def stream(self, system: str, prompt: str) -> Iterator[str]:
        import openai
        from llama_index.core.llms import ChatMessage, MessageRole

        model = self.adapter()
        messages = [
            ChatMessage(content=system, role=MessageRole.SYSTEM),
            ChatMessage(content=prompt),
        ]
        try:
            for reply in model.stream_chat(messages):
                if reply.delta:
                    yield reply.delta
        except openai.APIStatusError as error:
            kind = ModelBusy if error.status_code in _BUSY else ModelError
            raise kind(f"the server answered {error.status_code}") from error
        except (openai.APITimeoutError, TimeoutError) as error:
            raise ModelBusy(f"no reply within {self._seconds:g} s") from error
        except openai.APIConnectionError as error:
            raise ModelBusy("no connection to its server", self._url) from error
        except (
            Exception
        ) as error:  # what a server sends that is no reply, and what breaks while it is read
            raise ModelError(f"the reply could not be read: {type(error).__name__}") from error

    def adapter(self) -> OpenAILike:
        """The same model as llama-index has it."""
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=self.name,
            api_base=self._url,
            api_key=self._key or "none",
            is_chat_model=True,
            temperature=0.0,
            max_tokens=self._longest,
            timeout=self._seconds,
            max_retries=0,
        )


class RetryingModel:
    """A model that is asked again, after a wait that doubles, while it is busy and has said nothing
    yet.
    """

    def __init__(
        self,
        model: LanguageModel,
        tries: int = _TRIES,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._model, self._tries, self._wait = model, tries, wait

    @property
    def name(self) -> str:
        return self._model.name

    def stream(self, system: str, prompt: str) -> Iterator[str]:
        for left in range(self._tries - 1, -1, -1):
            said = False
            try:
                for piece in self._model.stream(system, prompt):
                    said = True
                    yield piece
                return
            except ModelBusy:
                if said or not left:
                    raise
                self._wait(_FIRST_WAIT * 2 ** (self._tries - 1 - left))
