"""Whether the cited words support a sentence of an answer: the check on the final text, whoever
wrote it.

Who judges stands in `rag/judges`. Whatever a judge reads is the sentence, the quotes it cites, and
the chains of those quotes; what stands elsewhere supports nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, Protocol

from rag.answer import Citation, Sentence

ProblemKind = Literal[
    "citation", "quotation", "number", "date", "name", "negation", "attribution", "support"
]

MARKER = re.compile(r"\[(\d{1,6}(?:\s*,\s*\d{1,6})*)\]")


@dataclass(frozen=True)
class Mistake:
    """Why a sentence is not supported: the kind of mistake, and what of the sentence it is
    about.
    """

    kind: ProblemKind
    about: str


@dataclass(frozen=True)
class Verdict:
    """The problems of a sentence (none: it is supported), and how likely (0 to 1) the cited words
    support it.

    `support` is None where the judge gave no verdict, for the reason that `note` gives.
    """

    problems: tuple[Mistake, ...]
    support: float | None
    note: str = ""

    @property
    def supported(self) -> bool:
        return not self.problems


class Judge(Protocol):
    """Says how far evidence supports a sentence. `name` is told with its verdicts."""

    @property
    def name(self) -> str: ...

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict: ...


def markers(text: str) -> tuple[int, ...]:
    """The numbers of the citations that a text names, `[2]` or `[1, 3]`, once each, in order."""
    numbers = chain.from_iterable(marked.split(",") for marked in MARKER.findall(text))
    return tuple(dict.fromkeys(map(int, numbers)))


def check(sentence: str, citations: Mapping[int, Citation], judge: Judge) -> Verdict:
    """The verdict on a sentence with its markers; one that cites nothing, or what is not there, is
    not supported.
    """
    cited = markers(sentence)
    if not cited:
        return Verdict((Mistake("citation", "no citation"),), 0.0)
    if missing := [n for n in cited if n not in citations]:
        return Verdict((Mistake("citation", ", ".join(map(str, missing))),), 0.0)
    return judge.judge(MARKER.sub("", sentence), [citations[n] for n in cited])


def checked(sentence: Sentence, citations: Mapping[int, Citation], judge: Judge) -> Sentence | None:
    """A sentence with its support, or None for a claim that its citations do not support; others
    pass as they are.
    """
    if sentence.kind != "claim":
        return sentence
    verdict = check(sentence.text, citations, judge)
    if not verdict.supported:
        return None
    return replace(sentence, support=None if verdict.support is None else round(verdict.support, 3))
