"""How well a search finds the evidence of a suite, whole and with each of its parts turned off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from eval.corpus_texts import Span
from eval.statistics import area_under_curve
from eval.suite import ExpectedEvidence, Sample, Suite
from rag.retrieval.results import SearchResult
from rag.retrieval.weights import SearchWeights
from vectorstore.records import Passage

DEPTHS = (1, 5, 10)
_FOUND = 0.5  # of a piece of evidence that must lie in the passages

Search = Callable[[Sample], SearchResult]
WHOLE = SearchWeights()
# Each part of the search, turned off. The words of a field, and nothing but them, is what plain
# BM25 sees.
VARIANTS: Mapping[str, SearchWeights] = {
    "whole": WHOLE,
    "without words": replace(WHOLE, words=0.0, across=0.0),
    "without words carried across": replace(WHOLE, across=0.0),
    "without vectors": replace(WHOLE, vectors=0.0),
    "without sentence vectors": replace(WHOLE, sentences=0.0),
    "sentence vectors alone": replace(WHOLE, sentences=1.0),
    "text of passages only": replace(
        WHOLE, fields={"text": 1, "title": 0, "source": 0, "holders": 0}
    ),
    "without names": replace(WHOLE, named=0.0, asked_of=0.0, narrows=False),
    "without narrowing": replace(WHOLE, narrows=False),
    "without times and phrases": replace(WHOLE, period=0.0, phrase=0.0),
    "without spread": replace(WHOLE, outlet_again=0.0, holder_again=0.0),
    "words only, of the text": replace(
        WHOLE,
        fields={"text": 1, "title": 0, "source": 0, "holders": 0},
        **dict.fromkeys(("across", "vectors", "named", "asked_of", "period", "phrase"), 0.0),
        **dict.fromkeys(("outlet_again", "holder_again"), 0.0),
        narrows=False,
    ),
}


@dataclass(frozen=True)
class Measured:
    """How one way of searching did, each 0 to 1.

    `recall` is the mean share of a question's evidence in the first passages, by their number;
    `whole` the share of questions of which all evidence is in the first ten; `rank` the mean of 1 /
    the rank of the first passage with any; `answerable` the area under the curve of questions that
    can be answered against those that cannot (None: all can).
    """

    name: str
    recall: Mapping[int, float]
    whole: float
    rank: float
    answerable: float | None


def measure(name: str, suite: Suite, search: Search, texts: Mapping[str, str]) -> Measured:
    """What a way of searching finds. `texts` gives the source text of each source."""
    searched = [(sample, search(sample)) for sample in suite.samples]
    asked = [
        (sample, [hit.passage for hit in result.hits])
        for sample, result in searched
        if sample.evidence
    ]
    shares = [
        [_shares(sample.evidence, passages[:depth], texts) for depth in DEPTHS]
        for sample, passages in asked
    ]
    likely = [(sample.answerable, result.answerable) for sample, result in searched]
    return Measured(
        name,
        {depth: fmean(fmean(row[n]) for row in shares) for n, depth in enumerate(DEPTHS)},
        fmean(all(row[-1]) for row in shares),
        fmean(_rank(sample.evidence, passages, texts) for sample, passages in asked),
        area_under_curve(
            [score for yes, score in likely if yes], [score for yes, score in likely if not yes]
        ),
    )


def table(rows: Sequence[Measured]) -> str:
    """The figures as a Markdown table."""
    heads = ["search", *(f"recall@{depth}" for depth in DEPTHS), "all@10", "MRR", "answerable AUC"]
    lines = [" | ".join(heads), " | ".join(["---", *["---:"] * (len(heads) - 1)])]
    for row in rows:
        figures = [*row.recall.values(), row.whole, row.rank, row.answerable]
        lines.append(
            " | ".join(
                [row.name, *("-" if figure is None else f"{figure:.3f}" for figure in figures)]
            )
        )
    return "\n".join(f"| {line} |" for line in lines)


def _shares(
    evidence: Sequence[ExpectedEvidence], passages: Sequence[Passage], texts: Mapping[str, str]
) -> list[bool]:
    """Whether each piece of evidence lies in the passages."""
    return [
        sum(_overlap(piece, p, texts) for p in passages) >= _FOUND * len(piece.quote)
        for piece in evidence
    ]


def _rank(
    evidence: Sequence[ExpectedEvidence], passages: Sequence[Passage], texts: Mapping[str, str]
) -> float:
    ranks = (
        n for n, p in enumerate(passages, 1) if any(_overlap(piece, p, texts) for piece in evidence)
    )
    return 1 / next(ranks, float("inf"))


def _overlap(piece: ExpectedEvidence, passage: Passage, texts: Mapping[str, str]) -> int:
    """How many characters of a piece of evidence lie in a passage."""
    start = texts.get(piece.source, "").find(piece.quote)
    wanted = Span(piece.source, start, start + len(piece.quote))
    return wanted.shared(Span(passage.source, passage.start, passage.end)) if start >= 0 else 0
