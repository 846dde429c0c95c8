"""Who says what, as HTML: the sides of each disagreement next to each other, a card for each
viewpoint, the gaps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.reports.templates import rendered
from rag.answer import Answer, Citation, Disagreement, Viewpoint
from rag.writing.provenance import chain_in_words
from ui.render.html.voices import Palette, palette_of, voice_name, voice_role
from ui.render.terminal.answer import with_copies
from vectorstore.records import Holder

NOTHING_YET = (
    "The evidence of an answer appears here: who says what, and the exact words in their article."
)

_LABELS = {
    "denied": "a denial",
    "alleged": "an allegation",
    "imputed": "as others put it",
    "hypothetical": "supposed",
}


@dataclass(frozen=True)
class QuoteCard:
    """A citation's words as a page shows them, and what is to be known of them: a denial, an
    allegation, a gloss.
    """

    number: int
    words: str
    language: str
    labels: tuple[str, ...]
    gloss: str | None


@dataclass(frozen=True)
class Card:
    """A voice with its words; `known` is the name under which the corpus has more of it, None for
    somebody unnamed.
    """

    name: str
    role: str
    known: str | None
    colour: str
    where: str
    quotes: tuple[QuoteCard, ...]


@dataclass(frozen=True)
class Dispute:
    """What voices disagree about, and the cards of each side with the figure it gives."""

    about: str
    sides: tuple[tuple[str, tuple[Card, ...]], ...]


def who_says_what(answer: Answer, exchange: int) -> str:
    """The evidence of an answer, whose markers open their words by `#c-EXCHANGE-NUMBER`."""
    palette, cited = palette_of(answer), {citation.id: citation for citation in answer.citations}
    return rendered(
        "ui.render",
        "evidence.html.jinja",
        answer=answer,
        exchange=exchange,
        disputes=[_dispute(disagreement, cited, palette) for disagreement in answer.disagreements],
        cards=[_viewpoint(view, cited, palette) for view in answer.viewpoints],
    )


def nothing_yet(words: str = NOTHING_YET) -> str:
    """What stands where no evidence is."""
    return rendered("ui.render", "nothing.html.jinja", words=words)


def _dispute(
    disagreement: Disagreement, cited: Mapping[int, Citation], palette: Palette
) -> Dispute:
    def told(citation: Citation) -> Card:
        return _card([citation], citation.holder, with_copies(citation), palette)

    return Dispute(
        disagreement.about,
        tuple(
            (side.figure or "", tuple(told(cited[n]) for n in side.citations))
            for side in disagreement.sides
        ),
    )


def _viewpoint(view: Viewpoint, cited: Mapping[int, Citation], palette: Palette) -> Card:
    citations = [cited[n] for n in view.citations]
    where = chain_in_words(view.chain) or citations[0].title
    also = sorted({name for citation in citations for name in citation.also_in})
    return _card(
        citations, view.holder, f"{where}, also in {' and '.join(also)}" if also else where, palette
    )


def _card(citations: Sequence[Citation], holder: Holder, where: str, palette: Palette) -> Card:
    quotes = tuple(_quote(citation) for citation in citations)
    return Card(
        voice_name(holder), voice_role(holder), holder.name, palette.css(holder), where, quotes
    )


def _quote(citation: Citation) -> QuoteCard:
    remarks = tuple(
        _LABELS[kind] for kind in (citation.polarity, citation.modality) if kind in _LABELS
    )
    return QuoteCard(citation.id, citation.quote, citation.language or "", remarks, citation.gloss)
