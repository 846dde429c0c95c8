"""What a search found, as text for a terminal. Pure."""

from __future__ import annotations

from rag.writing.markdown import printable
from ui.render.terminal.answer import understood_line
from ui.schemas import HitRow, SearchRow


def terminal_hit(hit: HitRow, why: bool = False) -> str:
    """A passage: its score, article and place, then its words on one line; with `why`, what its
    score is made of.
    """
    place = f"{hit.source}:{hit.start}-{hit.end}"
    parts = "  ".join(f"{part.name} {part.value:+.3f}" for part in hit.parts)
    lines = [
        f"{hit.score:.3f}  {printable(hit.title)}  ({place})",
        *([parts] if why else []),
        printable(hit.text),
    ]
    return "\n       ".join(lines) + "\n"


def explained(result: SearchRow) -> str:
    """What was read from a question, what speaks for an answer, and whether a reranker had a
    look.
    """
    evidence = result.evidence
    figures = (
        ""
        if evidence is None
        else (
            f": coverage {evidence.coverage:.2f}, nearest sentence"
            f" {'-' if evidence.cosine is None else format(evidence.cosine, '.2f')}, unsaid"
            f" {evidence.unsaid:.2f}, unknown speaker {evidence.unknown:.0f}, undated"
            f" {evidence.undated:.2f}, without figure {evidence.unfigured:.2f}"
        )
    )
    lines = [
        printable(understood_line(result.readings)),
        *(
            f"  take away with --ignore {reading.key!r}"
            for reading in result.readings
            if reading.kind != "context"
        ),
        f"Answerable {result.answerable:.2f}{figures}",
        f"Reranker: {result.reranker or 'off'}",
    ]
    return "\n".join(line for line in lines if line) + "\n"
