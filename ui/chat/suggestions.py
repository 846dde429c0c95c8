"""Questions that a page proposes: to start with, made of the corpus; to go on with, made of an
answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.answer import Answer
from rag.writing.markdown import printable
from ui.schemas import ArticleRow, HolderRow
from vectorstore.language.pack import LANGUAGES, read_pack

_MOST = 3
_LONGEST_TITLE = 80  # characters


@dataclass(frozen=True)
class _Asked:
    """How questions are asked in one language."""

    title: str
    says: str
    goes_on: str
    only: str


_ASKED = {language: _Asked(**read_pack(language)["suggestions"]) for language in LANGUAGES}


def first_questions(
    articles: Sequence[ArticleRow], holders: Sequence[HolderRow]
) -> tuple[str, ...]:
    """A few questions about a corpus: on its titles, and on who speaks most in it, in each language
    that can be asked in.
    """
    questions: list[str] = []
    speakers = [row.name for row in holders if row.type == "person"]
    questions += [_ASKED["en"].says.format(name=printable(name)) for name in speakers[:2]]
    for language, asked in _ASKED.items():
        readable = [
            article for article in articles if article.language == language and article.passages
        ]
        long = sorted(readable, key=lambda candidate: -candidate.statements)
        titles = [
            _on(candidate.title, asked) for candidate in long if _can_be_quoted(candidate.title)
        ]
        questions += titles[: 2 if language == "en" else 1]
    return tuple(dict.fromkeys(questions))


def next_questions(answer: Answer) -> tuple[str, ...]:
    """What an answer leaves open: the other side of a disagreement, a voice of which little was
    shown, an outlet; of no answer, the article that is nearest.
    """
    asked = _ASKED.get(answer.understood.language, _ASKED["en"])
    if answer.status == "unanswered":
        titles = dict.fromkeys(citation.title for citation in answer.citations)
        return tuple(_on(title, asked) for title in titles if _can_be_quoted(title))[:1]
    questions = dict.fromkeys([*_speakers(answer, asked), *_outlets(answer, asked)])
    return tuple(islice((question for question in questions if question != answer.question), _MOST))


def _on(title: str, asked: _Asked) -> str:
    return asked.title.format(title=printable(title).rstrip("?؟"))


def _can_be_quoted(title: str) -> bool:
    return len(title) <= _LONGEST_TITLE and not set(title) & set('“”«»"')


def _speakers(answer: Answer, asked: _Asked) -> Iterator[str]:
    """Those who stand on the sides of a disagreement, the last side first, then those with the
    fewest quotes.
    """
    holder_of = {citation.id: citation.holder for citation in answer.citations}
    sides = [
        n
        for disagreement in answer.disagreements
        for side in reversed(disagreement.sides)
        for n in side.citations
    ]
    few = [
        n
        for view in sorted(answer.viewpoints, key=lambda view: len(view.citations))
        for n in view.citations[:1]
    ]
    asked_for = {
        reading.value for reading in answer.understood.readings if reading.kind == "speaker"
    }
    names = dict.fromkeys(
        holder_of[n].name for n in (*sides, *few) if holder_of[n].type in ("person", "organisation")
    )
    yield from (
        asked.goes_on.format(name=printable(name))
        for name in list(names)[:2]
        if name and name not in asked_for
    )


def _outlets(answer: Answer, asked: _Asked) -> Iterator[str]:
    """An outlet of several, whose words alone can be asked for."""
    outlets = list(dict.fromkeys(view.outlet for view in answer.viewpoints if view.outlet))
    if len(outlets) > 1:
        yield asked.only.format(name=printable(outlets[-1]))
