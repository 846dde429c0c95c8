"""What a lead gives to the block below it or the sentence above: a list, a quotation, a
paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.attribution.blocks import Block
from ingest.attribution.english.sayings import Lead
from ingest.attribution.reported import ReportedSpan
from vectorstore.records import Form, Holder, Span

_ITEM = re.compile(r"\s*(?:[-*•–·>]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_BULLETS = " \n\r\t•-*–·>0123456789.)"
_WIDEST_BULLET = 40  # characters


def is_item(block: Block) -> bool:
    """Whether a block is an item of a list."""
    return _ITEM.match(block.words) is not None


@dataclass(frozen=True)
class Continuation:
    """A lead with its holder, and how that was found."""

    lead: Lead
    holder: Holder
    resolved: str

    def told(self, span: Span, form: Form, confidence: float = 0.8) -> ReportedSpan:
        """What the holder answers for."""
        lead = self.lead
        return ReportedSpan(
            *span,
            self.holder,
            form,
            lead.cue,
            lead.rule,
            self.resolved,
            lead.polarity,
            lead.modality,
            confidence,
        )

    def is_same(self, reported: ReportedSpan) -> bool:
        """Whether something was told because of a lead like this."""
        return reported.rule == self.lead.rule and reported.holder == self.holder

    def item_start(self, block: Block) -> int:
        """Where the words of an item begin."""
        match = _ITEM.match(block.words)
        return block.start + (match.end() if match else 0)

    def only_bullets(self, text: str, start: int, end: int) -> bool:
        """Whether nothing but a bullet stands between two items."""
        return end - start <= _WIDEST_BULLET and not text[start:end].strip(_BULLETS)
