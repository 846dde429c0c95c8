"""Transcripts: whose turn it is to speak.

A turn opens with its speaker's label and holds every paragraph up to the next label.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vectorstore.language.normalise import ARABIC_LETTERS, visible
from vectorstore.language.pack import written_words_of
from vectorstore.language.sentences import paragraphs
from vectorstore.names.keys import name_key, small_capitals
from vectorstore.records import Span

_LABEL = re.compile(
    r"[\u200e\u200f\s]*\*{0,2}(?P<label>[^\W\d_][^:\n*]{0,100}?)\*{0,2}\s*:\*{0,2}(?=\s|$)\s*(?:\([^)]{1,60}\)\s*)?"
)
_NOTE = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_TRANSLATED = re.compile(r"[(\[](?:re-?)?translat\w*|[(\[](?:مترجم|ترجمة)", re.IGNORECASE)
_WORD = re.compile(rf"(?:[^\W\d_a-z]|d[’']|al-|el-|[{ARABIC_LETTERS}]).*")
_SMALL = frozenset(
    "of the and for in to on at de da di la le van von der den bin bint ibn al el a".split()
)
_LONGEST_NAME = 10  # words, with the title: "President of the Assembly of the Straits Mara Orlen"
_LONGEST_ROLE = 8  # words after the comma
_FEWEST = 3
_MOST_NAMESAKES = 40

# Labels of somebody who is nobody in particular.
_NOBODY = frozenset(written_words_of("labels_of_nobody"))

# Labels that open a line which nobody speaks.
_NO_SPEAKERS = frozenset(written_words_of("labels_of_no_turn"))


@dataclass(frozen=True)
class SpeakerTurn:
    """One speaker's stretch of a transcript.

    `mention` is the label as written; `name` is None for "Question" and the like.
    """

    start: int
    end: int
    mention: str
    name: str | None

    @property
    def translated(self) -> bool:
        """Whether the label says that the words are a translation: "(retranslated)"."""
        return bool(_TRANSLATED.search(self.mention))


def is_transcript(texts: Sequence[str]) -> bool:
    """Whether paragraphs are those of a transcript: at least three open with a label, and one label
    comes back.
    """
    labels = Counter(label for text in texts if (label := read_label(text)))
    return sum(labels.values()) >= _FEWEST and max(labels.values()) > 1


def read_turns(text: str, body: Sequence[Span]) -> list[SpeakerTurn]:
    """The turns of an article that is a transcript, inside its body spans, in order."""
    opened: list[tuple[int, int, str]] = []  # start of the paragraph, start of the words, label
    for start, end in (p for span in body for p in paragraphs(text, *span)):
        label, match = read_label(text[start:end]), _LABEL.match(text, start)
        if label and match:
            opened.append((start, match.end(), label))
    ends = [start for start, _, _ in opened[1:]] + [end for _, end in body[-1:]]
    people = _People.of([person for _, _, label in opened if (person := _person(label))])
    return [
        SpeakerTurn(
            start, start + len(text[start:end].rstrip()), label, people.canonical(_person(label))
        )
        for (_, start, label), end in zip(opened, ends, strict=False)
        if text[start:end].strip()
    ]


def read_label(paragraph: str) -> str | None:
    """The speaker's label that a paragraph opens with, or None."""
    match = _LABEL.match(paragraph)
    if not match:
        return None
    label = visible(match.group("label")).strip()
    name, _, role = _NOTE.sub("", label).partition(",")
    parts = name.split()
    if not parts or len(parts) > _LONGEST_NAME or len(role.split()) > _LONGEST_ROLE:
        return None
    if role and paragraph[match.end() :].lstrip()[:1].islower():
        return None  # "Minister, a question for you: do you ..."
    if name.casefold().replace(" ", "-") in _NO_SPEAKERS or re.search(
        r"[!?؟“”\"«»]|[\w’']{4,}\.(?:\s|$)", label
    ):
        return None
    named = (
        all(_WORD.fullmatch(part) or part in _SMALL for part in parts) and parts[0] not in _SMALL
    )
    return label if named else None


def _person(label: str) -> str | None:
    """The name in a label, before the comma and without notes; None for a role that is nobody in
    particular.
    """
    name = _NOTE.sub("", label).split(",")[0].strip()
    return None if name.casefold() in _NOBODY else small_capitals(name)


@dataclass(frozen=True)
class _People:
    """The names of a transcript's labels: full ones by their key, and by every way their key
    ends.
    """

    full: Mapping[str, str]
    ending: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, names: Sequence[str]) -> _People:
        full: dict[str, str] = {}
        ending: defaultdict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(names):
            key = name_key(name)
            if " " in key and key not in full:
                full[key] = name
                for end in _ends(key):
                    ending[end].append(name)
        return cls(full, ending)

    def canonical(self, name: str | None) -> str | None:
        """The name by which labels mean one person.

        "Minister of Works Mara Orlen" is "Mara Orlen" where that label stands too; "Orlen" is, when
        just one name ends so.
        """
        if name is None:
            return None
        key = name_key(name)
        shorter = [self.full[end] for end in _ends(key) if end != key and end in self.full]
        if shorter or key in self.full:
            return shorter[-1] if shorter else name
        longer = {self.canonical(other) for other in self.ending.get(key, ())[:_MOST_NAMESAKES]}
        return longer.pop() if len(longer) == 1 else name


def _ends(key: str) -> list[str]:
    """A name's key, and what is left of it without its first words; the shortest last."""
    words = key.split()
    return [" ".join(words[n:]) for n in range(len(words))]
