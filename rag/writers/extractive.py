"""The default writer: the sources' own words, each with who says them and where.

Faithful by construction, and deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Citation, Sentence, Viewpoint
from rag.writers.wording import Wording, wording, written_date
from rag.writers.writer import Draft, Written


class ExtractiveWriter:
    """Writes what was found in one sentence, then each viewpoint with its quotes."""

    name = "extractive"

    def write(self, draft: Draft) -> Written:
        words = wording(draft.understood.language)
        blocks = [[_opening(draft, words)], *(_told(draft, viewpoint, words) for viewpoint in draft.viewpoints)]
        text = "\n\n".join("\n".join(sentence.text for sentence in block) for block in blocks)
        return Written(text, tuple(sentence for block in blocks for sentence in block))


def _opening(draft: Draft, words: Wording) -> Sentence:
    if draft.status == "unanswered":
        return Sentence(" ".join([*draft.gaps, *([words.nearest] if draft.citations else [])]), "gap")
    outlets = {citation.outlet or citation.source for citation in draft.citations}
    holders = {viewpoint.holder for viewpoint in draft.viewpoints}
    counts = {
        "voices": words.counted(words.voices, len(holders)),
        "outlets": words.counted(words.outlets, len(outlets)),
    }
    dates = sorted(citation.published for citation in draft.citations if citation.published)
    if not dates:
        return Sentence(words.found_undated.format(**counts), "summary")
    first, last = (written_date(date, draft.understood.language) for date in (dates[0], dates[-1]))
    period = words.one_day if first == last else words.between
    return Sentence(words.found.format(**counts, dates=period.format(first=first, last=last)), "summary")


def _told(draft: Draft, viewpoint: Viewpoint, words: Wording) -> list[Sentence]:
    """A viewpoint's sentences: its holder, outlet and date stand before the first quote."""
    citations = draft.cited(viewpoint)
    head = _attribution(viewpoint, citations[0], words, draft.understood.language)
    return [
        Sentence(f"{head}\n{_quoted(c)}" if n == 0 else _quoted(c), "claim", (c.id,), 1.0)
        for n, c in enumerate(citations)
    ]


def _attribution(viewpoint: Viewpoint, citation: Citation, words: Wording, language: str) -> str:
    holder = viewpoint.holder
    who = f"**{holder.name or holder.mention or (words.unsigned if holder.type == 'author' else words.unnamed)}**"
    label = f"({words.author})" if holder.type == "author" and holder.name and holder.name != viewpoint.outlet else None
    place = viewpoint.outlet or f"*{citation.title}*"
    outlet = words.in_outlet.format(outlet=place) if holder.name != viewpoint.outlet else None
    date = written_date(citation.published, language) if citation.published else None
    return ", ".join([" ".join(part for part in (who, label) if part), *_present(outlet, date)])


def _quoted(citation: Citation) -> str:
    """The source's own words on one line, in quotation marks, with their number."""
    return f"> “{' '.join(citation.quote.split())}” [{citation.id}]"


def _present(*parts: str | None) -> Sequence[str]:
    return [part for part in parts if part]
