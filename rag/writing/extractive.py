"""The default writer: the sources' own words, each with who says them and where.

Faithful by construction, and deterministic.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answer import Citation, Disagreement, Sentence, Viewpoint
from rag.writing.markdown import literal
from rag.writing.messages import Messages, wording, written_date
from rag.writing.writer import AnswerPart, Draft
from vectorstore.records import Holder, Link


class ExtractiveWriter:
    """Writes what was found in one sentence, then each viewpoint with its quotes."""

    name = "extractive"

    def pieces(self, draft: Draft) -> Iterator[AnswerPart]:
        words = wording(draft.understood.language)
        yield AnswerPart(_opening(draft, words))
        yield from (AnswerPart(sentence, "\n\n") for sentence in _cautions(draft, words))
        for viewpoint in draft.viewpoints:
            yield from _told(draft, viewpoint, words)


def _opening(draft: Draft, words: Messages) -> Sentence:
    if draft.status == "unanswered":
        return Sentence(
            " ".join([*map(literal, draft.gaps), *([words.nearest] if draft.citations else [])]),
            "gap",
        )
    outlets = {citation.outlet for citation in draft.citations}
    articles = {citation.article_id for citation in draft.citations}
    where = (
        words.counted(words.articles, len(articles))
        if None in outlets
        else words.counted(words.outlets, len(outlets))
    )
    # the nameless are each their own
    voices = {view.holder.name or f"{n}" for n, view in enumerate(draft.viewpoints)}
    counts = {"voices": words.counted(words.voices, len(voices)), "outlets": where}
    dates = sorted(citation.published for citation in draft.citations if citation.published)
    if not dates:
        return Sentence(words.found_undated.format(**counts), "summary")
    first, last = (written_date(date, draft.understood.language) for date in (dates[0], dates[-1]))
    period = words.one_day if first == last else words.between
    template = words.found if len(dates) == len(draft.citations) else words.found_partly_dated
    return Sentence(
        template.format(**counts, dates=period.format(first=first, last=last)), "summary"
    )


def _cautions(draft: Draft, words: Messages) -> Iterator[Sentence]:
    """What to know before the quotes: a premise that does not hold, disagreements, gaps."""
    if draft.premise is not None:
        yield Sentence(words.premise.format(n=draft.premise), "summary", (draft.premise,))
    for disagreement in draft.disagreements:
        sides = _sides(draft, disagreement, words)
        yield Sentence(
            words.disagree.format(about=literal(disagreement.about), sides=sides),
            "summary",
            disagreement.citations,
        )
    if draft.status == "partial":
        yield from (Sentence(literal(gap), "gap") for gap in draft.gaps)


def _sides(draft: Draft, disagreement: Disagreement, words: Messages) -> str:
    """The sides of a disagreement: each figure with who gives it, or who stands on one side and who
    on the other.
    """
    voices = [_voices(draft, side.citations, words) for side in disagreement.sides]
    if disagreement.kind == "number":
        figures = (literal(side.figure or "") for side in disagreement.sides)
        return words.semicolon.join(
            f"{figure}: {who}" for figure, who in zip(figures, voices, strict=True)
        )
    if len(voices) == 2:
        return words.two_sides.format(one=voices[0], other=voices[1])
    return words.semicolon.join(voices)


def _voices(draft: Draft, numbers: Sequence[int], words: Messages) -> str:
    """The holders of these citations in their order, each with the markers of those that are
    theirs.
    """
    by_id = {citation.id: citation for citation in draft.citations}
    holders: dict[Holder, list[int]] = {}
    for number in numbers:
        holders.setdefault(by_id[number].holder, []).append(number)
    return words.comma.join(
        f"{_name(holder, words)} {_markers(citations_of)}"
        for holder, citations_of in holders.items()
    )


def _markers(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _name(holder: Holder, words: Messages) -> str:
    """A holder's name, or what stands for one."""
    nobody = words.unsigned if holder.type == "author" else words.unnamed
    return literal(holder.name or (f"{nobody} ({holder.mention})" if holder.mention else nobody))


def _told(draft: Draft, viewpoint: Viewpoint, words: Messages) -> Iterator[AnswerPart]:
    """A viewpoint's pieces: its holder and outlet stand before the first quote, and the date if it
    is one; below each quote its gloss.
    """
    citations = draft.cited(viewpoint)
    dates = {citation.published for citation in citations}
    head = _attribution(viewpoint, citations[0], words, draft.understood.language, len(dates) == 1)
    yield AnswerPart(Sentence(head, "summary", viewpoint.citations), "\n\n")
    for n, citation in enumerate(citations):
        day = citation.published and written_date(citation.published, draft.understood.language)
        quoted = _quoted(citation, day if len(dates) > 1 else None, words)
        yield AnswerPart(Sentence(quoted, "claim", (citation.id,)), "\n>\n" if n else "\n")
        if citation.gloss is not None:
            gloss = words.gloss.format(words=literal(citation.gloss))
            yield AnswerPart(Sentence(f"> *{gloss}*", "summary", (citation.id,)), "\n>\n")


def _attribution(
    viewpoint: Viewpoint, citation: Citation, words: Messages, language: str, dated: bool
) -> str:
    holder = viewpoint.holder
    label = (
        f"({words.author})"
        if holder.type == "author" and holder.name and holder.name != viewpoint.outlet
        else None
    )
    place = literal(viewpoint.outlet) if viewpoint.outlet else f"*{literal(citation.title)}*"
    outlet = (
        words.in_outlet.format(outlet=place)
        if not holder.name or holder.name != viewpoint.outlet
        else None
    )
    through = next(
        (
            words.quoted_by.format(name=literal(link.name))
            for link in _between(viewpoint)
            if link.name
        ),
        None,
    )
    outlet = " ".join(part for part in (through, outlet) if part)
    date = written_date(citation.published, language) if citation.published and dated else None
    who = " ".join(part for part in (f"**{_name(holder, words)}**", label) if part)
    return words.comma.join(part for part in (who, outlet, date) if part)


def _between(viewpoint: Viewpoint) -> tuple[Link, ...]:
    """Who passed a holder's words on: whoever quoted them, or wrote the article they stand in."""
    said = any(link.role == "said" for link in viewpoint.chain)
    return tuple(
        link for link in viewpoint.chain if said and link.role in ("quoted_by", "written_by")
    )


def _labels(citation: Citation, words: Messages) -> Iterator[str]:
    """What the words are, where they are no plain claim: a denial, an allegation, what others put
    into a mouth.
    """
    if citation.polarity == "denied":
        yield words.denied
    if citation.modality in ("alleged", "imputed"):
        yield words.alleged if citation.modality == "alleged" else words.imputed


def _quoted(citation: Citation, date: str | None, words: Messages) -> str:
    """The source's own words on one line, in quotation marks, with their number."""
    labels = [label for label in (date, *_labels(citation, words)) if label]
    note = f"({words.comma.join(labels)})" if labels else ""
    return " ".join(
        part for part in (f"> “{literal(citation.quote)}” [{citation.id}]", note) if part
    )
