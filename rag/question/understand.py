"""What a question asks for: made whole from the conversation, with its language."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Turn, Understood
from rag.question.follow_up import Rewriter
from vectorstore.errors import QuestionError
from vectorstore.language.detect import script_of
from vectorstore.language.normalise import squeeze
from vectorstore.language.tokenise import content_words, words
from vectorstore.language.word_lists import OPENINGS, POINTERS

LONGEST_QUESTION = 4000  # characters
_FEW_WORDS = 5


def understand(
    question: str, history: Sequence[Turn] = (), rewriter: Rewriter | None = None
) -> Understood:
    """The question as it will be searched for; a follow-up is made whole by the rewriter, or else
    by the words of the questions before it. Raises QuestionError when it is empty or too long.
    """
    text = squeeze(question.encode("utf-8", "replace").decode())  # half a character is none
    if not text:
        raise QuestionError(
            "The question is empty. Ask something, for example: who says what about a subject of"
            " the articles?"
        )
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question):,} characters, and at most {LONGEST_QUESTION:,} are"
            " read. Shorten it; a long text can be ingested as an article instead."
        )
    rewritten = rewriter.rewrite(text, history) if rewriter and history else None
    whole = rewritten or _whole(
        text, [squeeze(turn.content) for turn in history if turn.role == "user"]
    )
    return Understood(whole, _language(text), carried=whole != text)


def _whole(question: str, before: Sequence[str]) -> str:
    """A follow-up that leans on the question before it gets that question's words, which may lean
    on earlier ones.
    """
    if not before or not before[-1] or not leans(question):
        return question
    return f"{_whole(before[-1], before[:-1])[-LONGEST_QUESTION:]} {question}"


def leans(question: str) -> bool:
    """Whether a question needs the one before it: it has a word at most, begins with "and", or is
    short and says "he".
    """
    said, topic = words(question), content_words(question)
    points = any(word in POINTERS for word in said)
    return bool(said) and (
        len(topic) <= 1 or said[0] in OPENINGS or (points and len(topic) <= _FEW_WORDS)
    )


def _language(question: str) -> str:
    """Arabic or English, by script: a question is too short to tell the languages of one script
    apart.
    """
    return "ar" if script_of(question) == "arabic" else "en"
