"""A decision as one HTML page that works from a file: every answer opens to its sentences, evidence
and verdicts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.gate import Decision
from eval.report import ScoredAnswer
from eval.reports.figures import bounds, change, figure, floor
from eval.reports.plots import changes, intervals
from eval.reports.templates import rendered
from rag.answer import Citation, Sentence
from rag.verification.verdict import Verdict, markers

_AROUND = 160  # characters of the source shown before and after what is cited
_MARKDOWN = re.compile(r"^> |\*\*")


@dataclass(frozen=True)
class Excerpt:
    """Cited words with what stands around them, and who answers for them."""

    id: int
    before: str
    quote: str
    after: str
    exact: bool
    who: str


@dataclass(frozen=True)
class ExplainedSentence:
    """A sentence of an answer, without its Markdown, with its evidence; `verdict` is None for what
    is no claim.
    """

    text: str
    verdict: Verdict | None
    excerpts: tuple[Excerpt, ...]


def as_page(decision: Decision) -> str:
    """The page. Equal decisions give equal bytes."""
    return rendered(
        "eval.reports",
        "page.html.jinja",
        decision=decision,
        rows=[
            (row, [_told(decision, row, sentence) for sentence in _sentences(row)])
            for row in decision.report.rows
        ],
        intervals=intervals(decision),
        changes=changes(decision),
        figure=figure,
        bounds=bounds,
        change=change,
        floor=floor,
    )


def _sentences(row: ScoredAnswer) -> tuple[Sentence, ...]:
    return row.answered.answer.sentences if row.answered.answer else ()


def _told(decision: Decision, row: ScoredAnswer, sentence: Sentence) -> ExplainedSentence:
    verdict = next((judged for claim, judged in row.claims if claim is sentence), None)
    assert row.answered.answer is not None
    cited = {citation.id: citation for citation in row.answered.answer.citations}
    wanted = markers(sentence.text) if sentence.kind == "claim" else ()
    text = _MARKDOWN.sub("", sentence.text)
    return ExplainedSentence(
        text,
        verdict,
        tuple(_excerpt(decision, cited[number]) for number in wanted if number in cited),
    )


def _excerpt(decision: Decision, citation: Citation) -> Excerpt:
    text = decision.report.run.material.texts.get(citation.source, "")
    exact = text[citation.start : citation.end] == citation.quote
    before = text[max(0, citation.start - _AROUND) : citation.start] if exact else ""
    after = text[citation.end : citation.end + _AROUND] if exact else ""
    if len(before) == _AROUND:
        before = "… " + before.partition(" ")[2]
    if len(after) == _AROUND:
        after = after.rpartition(" ")[0] + " …"
    named = (
        citation.holder.name or citation.holder.mention,
        citation.author,
        citation.outlet,
        citation.published,
    )
    return Excerpt(
        citation.id,
        before,
        citation.quote,
        after,
        exact,
        ", ".join(dict.fromkeys(filter(None, named))),
    )
