"""A follow-up made whole by a language model. What it writes is taken only if it brings nothing
new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Protocol

from rag.answer import Turn
from rag.llm import LanguageModel, harmless
from vectorstore.errors import ModelError
from vectorstore.language.figures.numbers import numbers
from vectorstore.language.normalise import squeeze
from vectorstore.language.tokenise import content_words

SYSTEM = """\
You get the turns of a conversation and a last question. Write that question anew so that it can be understood
without the conversation: put names and subjects in the place of words such as "he", "it" or "there". Keep its
language and its sense. Add nothing. Write only the question, on one line.
"""
PROMPT = """\
<conversation>
{turns}
</conversation>

Last question: {question}
"""
_TURNS = 6  # of the conversation, the last ones
_LONGEST = 400  # characters of a turn, and of the question that comes back
_NAME = re.compile(r"(?<=\s)[A-ZÀ-Þ][\w’'-]+")


class Rewriter(Protocol):
    """Makes a follow-up whole."""

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        """The question as it stands without the conversation; None where that failed."""
        ...


class ModelRewriter:
    """Asks a language model. Names and numbers that the conversation does not have are not taken
    from it.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        turns = "\n".join(f"{turn.role}: {_line(turn.content)}" for turn in history[-_TURNS:])
        try:
            reply = "".join(
                self._model.stream(SYSTEM, PROMPT.format(turns=turns, question=_line(question)))
            )
        except ModelError:
            return None
        whole = squeeze(reply)
        said = " ".join([question, *(turn.content for turn in history)])
        return (
            whole if whole and len(whole) <= _LONGEST and _brings_nothing_new(whole, said) else None
        )


def _line(words: str) -> str:
    return harmless(squeeze(words)[:_LONGEST])


def _brings_nothing_new(whole: str, said: str) -> bool:
    known = set(content_words(said))
    names = set(chain.from_iterable(map(content_words, _NAME.findall(whole))))
    figures = {number.value for number in numbers(whole)}
    return names | figures <= known
