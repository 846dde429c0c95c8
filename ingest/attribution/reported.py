"""What others answer for inside a stretch of one voice: an attribution whose holder has been
found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.attribution.resolve import Resolver
from ingest.attribution.spans import Attribution, Mention
from vectorstore.records import Form, Holder, Modality, Polarity, Span

_MARKS = re.compile(r"[“”„«»\"]")
_LONGEST_BALANCED = 10_000  # characters; marks are not counted through more
NOBODY = Holder(None, None, "unnamed")


@dataclass(frozen=True)
class ReportedSpan:
    """A span that a holder answers for inside a stretch, and how that was found.

    `rule` names the pattern, `resolved` how the holder was found: name, pronoun, noun, unclear,
    nobody, before.
    """

    start: int
    end: int
    holder: Holder
    form: Form
    cue: str | None
    rule: str
    resolved: str
    polarity: Polarity = "asserted"
    modality: Modality = "stated"
    confidence: float = 0.8


def holder_of(mention: Mention | None, register: Resolver) -> tuple[Holder | None, str, float]:
    """The holder a mention stands for, how it was found and how surely.

    The holder is None for an "it" or "which" that means nobody.
    """
    if mention is None:
        return NOBODY, "nobody", 1.0
    holder, way, sure = register.resolve(mention)
    return (None if way == "unclear" and mention.number is None else holder), way, sure


def resolved(text: str, attribution: Attribution, register: Resolver) -> ReportedSpan | None:
    """An attribution with its holder, who has spoken then; None where its mention means nobody."""
    holder, way, sure = holder_of(attribution.mention, register)
    if holder is None:
        return None
    if attribution.mention is not None:
        register.speak(attribution.mention.end, holder, attribution.mention)
    return told_by(text, attribution, holder, way, sure)


def told_by(
    text: str, attribution: Attribution, holder: Holder, way: str, sure: float
) -> ReportedSpan:
    """What a holder told; what a person believes they state, what a state believes is imputed to
    it.
    """
    start, end = balanced(text, attribution.start, attribution.end)
    person = attribution.modality == "imputed" and holder.type == "person"
    mixed = attribution.form == "indirect" and _MARKS.search(text, start, end)
    return ReportedSpan(
        start,
        end,
        holder,
        "mixed" if mixed else attribution.form,
        attribution.cue,
        attribution.rule,
        way,
        attribution.polarity,
        "stated" if person else attribution.modality,
        round(attribution.confidence * sure, 2),
    )


def balanced(text: str, start: int, end: int) -> Span:
    """A span that takes along the mark which closes a quotation inside it, or leaves out one that
    it would cut.
    """
    if end - start > _LONGEST_BALANCED:
        return start, end
    inside = text[start:end]
    opened = inside.count("“") - inside.count("”")
    if opened > 0 and text[end : end + 1] == "”":
        return start, end + 1
    if opened > 0 and text[end : end + 2] in (".”", ",”"):
        return start, end + 2
    if inside.count('"') % 2 and text[end : end + 1] == '"':
        return start, end + 1
    if opened < 0 and start and text[start - 1] == "“":
        return start - 1, end
    return start, end
