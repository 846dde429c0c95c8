"""Attribution accuracy: are the cited words those of whom the answer says?"""

from __future__ import annotations

from eval.corpus_texts import Span, Voice
from eval.score import Case, Score
from rag.answer import Citation
from vectorstore.names.keys import names_match


def attribution_accuracy(case: Case) -> Score:
    """The share of citations whose holder and outlet are those whom the corpus has for these very
    words.

    Where the corpus names no holder, none must be named (a mention may); where it knows no voice at
    all, nothing is scored.
    """
    known = [
        (citation, voice)
        for citation in case.answer.citations
        if (voice := case.material.voice_at(Span(citation.source, citation.start, citation.end)))
    ]
    if not known:
        return Score.not_applicable("the corpus knows no voice for anything that is cited")
    wrong = [why for citation, voice in known if (why := _mistake(citation, voice))]
    return Score(
        1 - len(wrong) / len(known),
        "; ".join([f"{len(known) - len(wrong)} of {len(known)} right", *wrong]),
    )


def _mistake(citation: Citation, voice: Voice) -> str | None:
    """What is wrong about who is said to say the words; None where it is right."""
    holder = citation.holder.name
    if not _same(holder, voice.name):
        return (
            f"[{citation.id}] is {voice.name or voice.mention or 'nobody’s who is named'}, not"
            f" {holder}"
        )
    if citation.outlet and not _same(citation.outlet, voice.outlet):
        return f"[{citation.id}] stands in {voice.outlet}, not {citation.outlet}"
    return None


def _same(stated: str | None, known: str | None) -> bool:
    if stated is None or known is None:
        return stated is known
    return names_match(stated, known) or names_match(known, stated)
