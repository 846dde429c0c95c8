"""An answer as text for people: Markdown for the chat, HTML for the evidence beside it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from rag.answer import Answer, Citation, Disagreement, Reading, Viewpoint
from rag.writers.chain import chain_in_words
from rag.writers.markdown import literal, printable, unescaped

_AROUND = 280  # characters of the article shown on each side of a quote
# What each kind of reading is in words: where the search prefers it, and where it was narrowed to it.
_READINGS = {
    "context": ("asked as “{value}”", "asked as “{value}”"),
    "speaker": ("words of {value} first", "only words of {value}"),
    "outlet": ("{value} first", "only {value}"),
    "named": ("about {value}", "about {value}"),
    "period": ("in {value}", "in {value}"),
    "published": ("published {value} first", "only published {value}"),
    "phrase": ("with “{value}”", "with “{value}”"),
    "language": ("articles in {value} first", "only articles in {value}"),
}
_STATUS = {"answered": "Answered", "partial": "Answered in part", "unanswered": "Not here"}


def source_line(citation: Citation) -> str:
    """Where a citation stands, in one line: chain, title, and the span in its source."""
    place = f"{citation.source}:{citation.start}-{citation.end}"
    return " · ".join(printable(part) for part in (_with_copies(citation), citation.title, place) if part)


def _with_copies(citation: Citation) -> str:
    """A citation's chain, and where else in the corpus the same piece stands."""
    also = f"also in {' and '.join(citation.also_in)}" if citation.also_in else ""
    return ", ".join(part for part in (chain_in_words(citation.chain), also) if part)


def terminal_answer(answer: Answer) -> str:
    """An answer for a terminal: its text, what was read from the question, then each citation's source."""
    sources = [f"[{citation.id}] {source_line(citation)}" for citation in answer.citations]
    read = printable(understood_line(answer.understood.readings))
    return "\n".join([unescaped(answer.text), "", *([read, ""] if read else []), *sources]).rstrip()


def chat_message(answer: Answer) -> str:
    """An answer for the chat: its text, what was read from the question, and what was searched."""
    read = literal(understood_line(answer.understood.readings))
    return f"{answer.text}\n\n<sub>{'<br>'.join(line for line in (read, searched_line(answer)) if line)}</sub>"


def understood_line(readings: Sequence[Reading]) -> str:
    """What was read from a question: "Understood: only words of Mara Orlen · about 2021-05-14"; nothing for nothing."""
    told = [_READINGS[reading.kind][reading.effect == "narrowed"].format(value=reading.value) for reading in readings]
    return f"Understood: {' · '.join(told)}" if told else ""


def searched_line(answer: Answer) -> str:
    """What an answer rests on: "Answered · 7 quotes · searched 212 passages of 20 articles · writer: extractive"."""
    quotes = "1 quote" if len(answer.citations) == 1 else f"{len(answer.citations)} quotes"
    searched = f"searched {answer.searched.passages:,} passages of {answer.searched.articles:,} articles"
    return " · ".join([_STATUS[answer.status], quotes, searched, f"writer: {answer.writer}"])


@dataclass(frozen=True)
class Placed:
    """A source text, and where in it one article stands."""

    text: str
    start: int
    end: int


def evidence(answer: Answer, place_of: Callable[[str], Placed]) -> str:
    """The evidence of an answer as HTML: who says what, then each cited passage with its quote marked.

    `place_of` gives the source text of an article's id, and the article's place in it.
    """
    if not answer.citations:
        return f'<p class="quiet">{escape(" ".join(answer.gaps))}</p>'
    cards = "".join(_card(viewpoint, answer.citations) for viewpoint in answer.viewpoints)
    passages = "".join(_passage(citation, place_of(citation.article_id)) for citation in answer.citations)
    heading = "Who says what" if answer.status != "unanswered" else "Nearest passages"
    sides = "".join(_sides(one, answer.citations) for one in answer.disagreements)
    disagreements = f"<h3>Where they disagree</h3>{sides}" if sides else ""
    return f"{disagreements}<h3>{heading}</h3>{cards}<h3>The words in their place</h3>{passages}"


def _sides(disagreement: Disagreement, citations: Sequence[Citation]) -> str:
    """A disagreement with its sides next to each other, each with its figure and its words."""
    by_id = {citation.id: citation for citation in citations}
    sides = (
        f'<div class="side">{f"<h4>{escape(side.figure)}</h4>" if side.figure else ""}'
        f"{''.join(_words(by_id[number]) for number in side.citations)}</div>"
        for side in disagreement.sides
    )
    return f'<p dir="auto">{escape(disagreement.about)}</p><div class="sides">{"".join(sides)}</div>'


def _words(citation: Citation) -> str:
    """Who says a citation's words, and the words."""
    name = escape(citation.holder.name or citation.holder.mention or "Unnamed")
    marker = f'<a href="#citation-{citation.id}">[{citation.id}]</a>'
    return f'<div class="voice" dir="auto"><b>{name}</b> {marker}<br>“{escape(citation.quote)}”</div>'


def _card(viewpoint: Viewpoint, citations: Sequence[Citation]) -> str:
    name = (
        viewpoint.holder.name
        or viewpoint.holder.mention
        or ("Unsigned" if viewpoint.holder.type == "author" else "Unnamed")
    )
    role = " <small>author</small>" if viewpoint.holder.type == "author" and viewpoint.holder.name else ""
    numbers = " ".join(f'<a href="#citation-{n}">[{n}]</a>' for n in viewpoint.citations)
    first = next(citation for citation in citations if citation.id == viewpoint.citations[0])
    where = chain_in_words(viewpoint.chain) or first.title
    said = f"<b>{escape(name)}</b>{role} {numbers}"
    return f'<div class="voice" dir="auto">{said}<br><small dir="auto">{escape(where)}</small></div>'


def _passage(citation: Citation, place: Placed) -> str:
    first, last = max(place.start, citation.start - _AROUND), min(place.end, citation.end + _AROUND)
    before, after = place.text[first : citation.start], place.text[citation.end : last]
    before = before[before.find(" ") + 1 :] if first > place.start else before
    after = after[: after.rfind(" ")] if last < place.end else after
    words = f"{_lines(before)}<mark>{_lines(citation.quote)}</mark>{_lines(after)}"
    return (
        f'<section class="cited" id="citation-{citation.id}">'
        f'<h4 dir="auto">[{citation.id}] {escape(citation.title)}</h4>'
        f'<p><small dir="auto">{escape(_with_copies(citation))}</small></p>'
        f'<blockquote dir="auto" lang="{escape(citation.language or "")}">{words}</blockquote>'
        f"<p><small>{escape(citation.source)}, characters {citation.start:,} to {citation.end:,}</small></p></section>"
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n\n", "<br><br>").replace("\n", "<br>")
