"""Typed violations: which mistakes do the sentences make?"""

from __future__ import annotations

from collections.abc import Iterator

from eval.score import Case, Score
from rag.answer import Sentence
from rag.verification.rule_judge import RuleJudge
from rag.verification.verdict import Mistake, ProblemKind, check
from rag.writing.markdown import literal

_OF_CLAIMS: tuple[ProblemKind, ...] = (
    "number",
    "date",
    "name",
    "quotation",
    "negation",
    "attribution",
    "citation",
)
# A summary puts other words round its citations, but whoever and whatever it names must stand
# behind them.
_OF_SUMMARIES: tuple[ProblemKind, ...] = ("number", "date", "name", "attribution", "citation")


def typed_violations(case: Case) -> Score:
    """The share of sentences with citations in which no typed check finds a mistake, whoever the
    judge is.
    """
    checks = RuleJudge(case.material.names)
    judged = [
        (sentence, list(_violations(case, checks, sentence)))
        for sentence in case.answer.sentences
        if sentence.kind == "claim"
        or (sentence.kind == "summary" and sentence.citations and not _is_gloss(case, sentence))
    ]
    if not judged:
        return Score.not_applicable("no sentence cites anything")
    wrong = [(sentence, problems) for sentence, problems in judged if problems]
    faultless = len(judged) - len(wrong)
    reasons = (
        f"{mistake.kind} {mistake.about!r} in “{sentence.text[:60]}”"
        for sentence, problems in wrong
        for mistake in problems
    )
    return Score(
        faultless / len(judged),
        "; ".join([f"{faultless} of {len(judged)} sentences without a typed mistake", *reasons]),
    )


def _is_gloss(case: Case, sentence: Sentence) -> bool:
    """Whether a sentence is the word-for-word gloss of what it cites, which says nothing of its
    own.
    """
    cited = (case.citations[number] for number in sentence.citations if number in case.citations)
    return any(citation.gloss and literal(citation.gloss) in sentence.text for citation in cited)


def _violations(case: Case, checks: RuleJudge, sentence: Sentence) -> Iterator[Mistake]:
    claims = sentence.kind == "claim"
    # A summary may name its citations without markers.
    text = (
        sentence.text if claims else f"{sentence.text} [{', '.join(map(str, sentence.citations))}]"
    )
    wanted = _OF_CLAIMS if claims else _OF_SUMMARIES
    yield from (
        mistake
        for mistake in check(text, case.citations, checks).problems
        if mistake.kind in wanted
    )
