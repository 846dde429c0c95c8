"""What becomes of what a writer wrote: a claim that its citations do not support is left out, and
the reader is told.

Where nothing is left, or the writer fails, the quotes stand instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from rag.answer import Sentence
from rag.verification.combined import CombinedJudge
from rag.verification.evidence import names_behind
from rag.verification.rule_judge import RuleJudge
from rag.verification.verdict import Judge, checked
from rag.writing.extractive import ExtractiveWriter
from rag.writing.messages import wording
from rag.writing.writer import AnswerPart, Draft, Writer
from vectorstore.errors import ModelError

_QUOTES = ExtractiveWriter()


def supported(writer: Writer, draft: Draft, second: Judge | None = None) -> Iterator[AnswerPart]:
    """A writer's pieces whose claims are supported, with their support, and what the reader is told
    of the others.

    An unanswered question has no claims to write: it gets the nearest quotes from whichever writer.
    """
    if draft.status == "unanswered":
        writer = _QUOTES
    words = wording(draft.understood.language)
    citations = {citation.id: citation for citation in draft.citations}
    judge: Judge = RuleJudge(names_behind(draft.citations))
    if second and not isinstance(writer, ExtractiveWriter):  # exact quotes need no second look
        judge = CombinedJudge(judge, second)
    failed, dropped, written, claims = "", 0, 0, 0
    try:
        for piece in writer.pieces(draft):
            sentence = checked(piece.sentence, citations, judge)
            if sentence is None:
                dropped += 1
                continue
            yield AnswerPart(sentence, piece.before if written else "")
            written += 1
            claims += sentence.kind == "claim"
    except ModelError as error:
        failed = words.no_model.format(why=error)
    left_out = (
        words.left_out.format(count=words.counted(words.sentences, dropped)) if dropped else ""
    )
    for note, count in ((failed, 0), (left_out, dropped)):
        if note:
            yield AnswerPart(Sentence(note, "gap"), "\n\n" if written else "", count)
            written += 1
    if failed or (dropped and not claims):
        yield from (
            AnswerPart(piece.sentence, piece.before or "\n\n") for piece in _QUOTES.pieces(draft)
        )
