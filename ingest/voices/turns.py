"""Transcripts: whose turn it is to speak.

A turn opens with its speaker's label and holds every paragraph up to the next label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.language.folding import ARABIC_LETTERS
from vectorstore.language.names import names_match
from vectorstore.language.sentences import paragraphs
from vectorstore.records import Span

_LABEL = re.compile(
    r"(?P<bold>\*{0,2})(?P<label>[^\W\d_][^:\n]{1,78}?)(?P=bold)\s*:(?P=bold)(?=\s)\s*(?P<note>\([^)]{1,60}\)\s*)?"
)
_SMALL = frozenset("of the and for in to de la le van von al bin a".split())
_NOTE = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_NOBODY = frozenset(
    {
        "question",
        "q",
        "answer",
        "a",
        "journalist",
        "reporter",
        "moderator",
        "interviewer",
        "host",
        "audience",
        "سؤال",
        "جواب",
        "صحفي",
        "المحاور",
    }
)
_FEWEST = 3


@dataclass(frozen=True)
class Turn:
    """One speaker's stretch of a transcript.

    `mention` is the label as written; `name` is None for "Question" and the like.
    """

    start: int
    end: int
    mention: str
    name: str | None


def is_transcript(texts: Sequence[str]) -> bool:
    """Whether paragraphs are those of a transcript: at least three open with a label, and one label comes back."""
    labels = Counter(label for text in texts if (label := _label(text)))
    return sum(labels.values()) >= _FEWEST and max(labels.values()) > 1


def read_turns(text: str, body: Sequence[Span]) -> list[Turn]:
    """The turns of an article that is a transcript, inside its body spans, in order."""
    opened: list[tuple[int, int, str]] = []  # start of the words, start of the paragraph, label
    for start, end in (p for span in body for p in paragraphs(text, *span)):
        label = _label(text[start:end])
        found = _LABEL.match(text, start, end)
        if label and found:
            opened.append((found.end(), start, label))
    ends = [start for _, start, _ in opened[1:]] + [body[-1][1] if body else 0]
    known = list(dict.fromkeys(person for _, _, label in opened if (person := _person(label))))
    return [
        Turn(start, start + len(text[start:end].rstrip()), label, _canonical(_person(label), known))
        for (start, _, label), end in zip(opened, ends, strict=True)
        if text[start:end].strip()
    ]


def _label(text: str) -> str | None:
    """The speaker's label that a paragraph opens with, or None."""
    found = _LABEL.match(text)
    if not found:
        return None
    label = found.group("label").strip()
    parts = _NOTE.sub("", label).replace(",", " ").split()
    arabic = re.search(f"[{ARABIC_LETTERS}]", label)
    formed = (
        len(parts) <= 5
        if arabic
        else len(parts) <= 10
        and parts
        and parts[0][0].isupper()
        and all(p[0].isupper() or p in _SMALL for p in parts[: len(parts)][:3])
    )
    return label if formed and not re.search(r"[.!?؟“”\"«»]\s", label) else None


def _person(label: str) -> str | None:
    """The name in a label, before the comma and without notes; None for a role that is nobody in particular."""
    name = _NOTE.sub("", label).split(",")[0].strip()
    return None if name.casefold() in _NOBODY else name


def _canonical(name: str | None, known: Sequence[str]) -> str | None:
    """The name by which a transcript's labels mean one person.

    "Minister of Works Mara Orlen" is "Mara Orlen" where that label stands too; "Orlen" is, when just one name ends so.
    """
    if name is None:
        return None
    shorter = [other for other in known if " " in other and other != name and names_match(other, name)]
    if shorter:
        return min(shorter, key=len)
    longer = {
        _canonical(other, known) for other in known if " " in other and " " not in name and names_match(name, other)
    }
    return longer.pop() if len(longer) == 1 else name
