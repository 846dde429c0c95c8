"""The check on what a writer wrote: a claim that its citations do not support is left out, and the reader is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rag.answer import Sentence
from rag.support import TypedChecks, checked
from rag.writers.wording import wording
from rag.writers.writer import Draft, Piece, Writer


def supported(pieces: Iterable[Piece], draft: Draft, otherwise: Writer) -> Iterator[Piece]:
    """The pieces whose claims are supported, with their support; then how many were left out. Where no claim is left,
    the other writer goes on.
    """
    citations = {citation.id: citation for citation in draft.citations}
    judge = TypedChecks(citations)
    dropped = written = claims = 0
    for piece in pieces:
        sentence = checked(piece.sentence, citations, judge)
        if sentence is None:
            dropped += 1
            continue
        yield Piece(sentence, piece.before if written else "")
        written += 1
        claims += sentence.kind == "claim"
    if not dropped:
        return
    words = wording(draft.understood.language)
    note = Sentence(words.left_out.format(count=words.counted(words.sentences, dropped)), "gap")
    yield Piece(note, "\n\n" if written else "")
    if not claims:
        yield from (Piece(piece.sentence, piece.before or "\n\n") for piece in otherwise.pieces(draft))
