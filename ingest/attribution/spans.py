"""What a grammar finds in a text: somebody's words, who stands for them, and the cue that says
so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vectorstore.records import Form, HolderType, Modality, Polarity, Span

MentionKind = Literal["name", "noun", "pronoun"]
Number = Literal["one", "many"]
Gender = Literal["he", "she"]


@dataclass(frozen=True)
class Mention:
    """The words that stand for a holder in one place, `text[start:end]`.

    `name` is the proper name among them ("Mara Orlen"), `role` what else they say of it ("the
    Tolvesk minister"). `type` is None where these words alone do not tell (a pronoun, a bare
    surname).
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    name: str | None = None
    role: str | None = None
    type: HolderType | None = None
    number: Number | None = None
    gender: Gender | None = None


@dataclass(frozen=True)
class Attribution:
    """A span of content with the mention of its holder; a mention of None is nobody's ("it is
    believed").

    `rule` names the pattern of the grammar that found it.
    """

    start: int
    end: int
    mention: Mention | None
    cue: str
    rule: str
    form: Form = "indirect"
    polarity: Polarity = "asserted"
    modality: Modality = "stated"
    confidence: float = 0.8

    @property
    def span(self) -> Span:
        return (self.start, self.end)
