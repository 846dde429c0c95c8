"""Who a voice is on a page: the name that stands for a holder, and the colour that goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rag.answer import Answer
from rag.writing.markdown import printable
from vectorstore.records import Holder

COLOURS = 8  # of the style sheet: voice-0 to voice-7


def voice_name(holder: Holder) -> str:
    """The name of a holder, or the words that stand for them."""
    nobody = "Unsigned" if holder.type == "author" else "Unnamed"
    return printable(holder.name or (f"{nobody} ({holder.mention})" if holder.mention else nobody))


def voice_role(holder: Holder) -> str:
    """What a holder is, in a word or two: "the author", or what the article calls them."""
    if holder.type == "author":
        return "the author" if holder.name else ""
    return printable(holder.role or "")


@dataclass(frozen=True)
class Palette:
    """A colour for each voice of an answer, in the order in which they speak."""

    numbers: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, holders: Sequence[Holder]) -> Palette:
        names = dict.fromkeys(voice_name(holder) for holder in holders)
        return cls({name: n % COLOURS for n, name in enumerate(names)})

    def css(self, holder: Holder) -> str:
        """The class of a holder's colour; "voice-other" for who is not in the answer."""
        number = self.numbers.get(voice_name(holder))
        return "voice-other" if number is None else f"voice-{number}"


def palette_of(answer: Answer) -> Palette:
    """The colours of an answer's voices."""
    return Palette.of(
        [view.holder for view in answer.viewpoints]
        or [citation.holder for citation in answer.citations]
    )
