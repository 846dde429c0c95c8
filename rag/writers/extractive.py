"""The default writer: the sources' own words, each with who says them and where.

Faithful by construction, and deterministic.
"""

from __future__ import annotations

from rag.answer import Citation, Sentence, Viewpoint
from rag.writers.markdown import literal
from rag.writers.wording import Wording, wording, written_date
from rag.writers.writer import Draft, Written
from vectorstore.records import Link


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
    outlets = {citation.outlet for citation in draft.citations}
    articles = {citation.article_id for citation in draft.citations}
    where = (
        words.counted(words.articles, len(articles)) if None in outlets else words.counted(words.outlets, len(outlets))
    )
    voices = {view.holder.name or f"{n}" for n, view in enumerate(draft.viewpoints)}  # the nameless are each their own
    counts = {"voices": words.counted(words.voices, len(voices)), "outlets": where}
    dates = sorted(citation.published for citation in draft.citations if citation.published)
    if not dates:
        return Sentence(words.found_undated.format(**counts), "summary")
    first, last = (written_date(date, draft.understood.language) for date in (dates[0], dates[-1]))
    period = words.one_day if first == last else words.between
    return Sentence(words.found.format(**counts, dates=period.format(first=first, last=last)), "summary")


def _told(draft: Draft, viewpoint: Viewpoint, words: Wording) -> list[Sentence]:
    """A viewpoint's sentences: its holder and outlet stand before the first quote, and the date if it is one."""
    citations = draft.cited(viewpoint)
    dates = {citation.published for citation in citations}
    head = _attribution(viewpoint, citations[0], words, draft.understood.language, len(dates) == 1)
    told: list[Sentence] = []
    for n, citation in enumerate(citations):
        day = citation.published and written_date(citation.published, draft.understood.language)
        quoted = _quoted(citation, day if len(dates) > 1 else None, words)
        told.append(Sentence(f"{head}\n{quoted}" if n == 0 else quoted, "claim", (citation.id,), 1.0))
    return told


def _attribution(viewpoint: Viewpoint, citation: Citation, words: Wording, language: str, dated: bool) -> str:
    holder = viewpoint.holder
    nobody = words.unsigned if holder.type == "author" else words.unnamed
    name = holder.name or (f"{nobody} ({holder.mention})" if holder.mention else nobody)
    label = f"({words.author})" if holder.type == "author" and holder.name and holder.name != viewpoint.outlet else None
    place = literal(viewpoint.outlet) if viewpoint.outlet else f"*{literal(citation.title)}*"
    outlet = words.in_outlet.format(outlet=place) if not holder.name or holder.name != viewpoint.outlet else None
    through = next((words.quoted_by.format(name=literal(link.name)) for link in _between(viewpoint) if link.name), None)
    outlet = " ".join(part for part in (through, outlet) if part)
    date = written_date(citation.published, language) if citation.published and dated else None
    who = " ".join(part for part in (f"**{literal(name)}**", label) if part)
    return words.comma.join(part for part in (who, outlet, date) if part)


def _between(viewpoint: Viewpoint) -> tuple[Link, ...]:
    """Who passed a holder's words on: whoever quoted them, or wrote the article they stand in."""
    said = any(link.role == "said" for link in viewpoint.chain)
    return tuple(link for link in viewpoint.chain if said and link.role in ("quoted_by", "written_by"))


def _quoted(citation: Citation, date: str | None, words: Wording) -> str:
    """The source's own words on one line, in quotation marks, with their number; below them their gloss."""
    quoted = " ".join([f"> “{literal(citation.quote)}” [{citation.id}]", *([f"({date})"] if date else [])])
    if citation.gloss is None:
        return quoted
    return f"{quoted}\n>\n> *{words.gloss.format(words=literal(citation.gloss))}*"
