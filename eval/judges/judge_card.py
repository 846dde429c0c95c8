"""The judge card: what a judge catches, how often it cries wolf, and how well its scores tell
claims apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.judges.calibrate import read_rows
from eval.judges.faithful import Faithful, faithful_of, read_faithful
from eval.judges.perturbations import NAMED, Kind, plant
from eval.judges.plain import plain_citation
from eval.runs.run import Run
from eval.statistics import area_under_curve
from rag.verification.evidence import chain
from rag.verification.verdict import Judge

_SUITES = Path(__file__).resolve().parents[1] / "suites"
# Sentences by hand about the sample articles, as a language model would write them. The typed
# checks were mended on the first; the fresh ones were written without a look at the checks, and
# measured.
BY_HAND = {
    "Sentences by hand, on which the checks were mended": _SUITES / "faithful.jsonl",
    "Fresh sentences by hand": _SUITES / "faithful-fresh.jsonl",
}
_SEEDS = 3
_BINS = 5


@dataclass(frozen=True)
class Caught:
    """Of the planted mistakes of one kind: how many, how many were caught, and how many for the
    right reason.
    """

    kind: Kind
    planted: int
    caught: int
    named: int


@dataclass(frozen=True)
class Trial:
    """A judge on faithful sentences, clean and with mistakes."""

    sentences: int
    alarms: int
    caught: tuple[Caught, ...]

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.sentences


def judge_card(
    judge: Judge, texts: Mapping[str, str], run: Run | None = None, wice: Path | None = None
) -> str:
    """The card as Markdown: on the sentences by hand about the sample articles, on the answers of a
    run, on WiCE.
    """
    lines = [f"# The judge: {judge.name}", ""]
    for title, path in BY_HAND.items():
        lines += _table(title, try_out(judge, read_faithful(path, texts)))
    if run:
        lines += _table(
            f"The sentences of the answers to the suite {run.suite} ({run.system})",
            try_out(judge, faithful_of(run)),
        )
    if wice:
        lines += _reliability(judge, wice)
    return "\n".join(lines) + "\n"


def names_by_hand(texts: Mapping[str, str]) -> tuple[str, ...]:
    """Everybody behind the sentences by hand."""
    faithful = (sentence for path in BY_HAND.values() for sentence in read_faithful(path, texts))
    return tuple(
        dict.fromkeys(
            name
            for sentence in faithful
            for citation in sentence.citations
            for name in chain(citation)
        )
    )


def try_out(judge: Judge, sentences: Sequence[Faithful]) -> Trial:
    """Every sentence clean, and with each mistake that it has a place for, by three seeds."""
    alarms = sum(
        not judge.judge(faithful.sentence, faithful.citations).supported for faithful in sentences
    )
    counts: dict[Kind, list[int]] = {kind: [0, 0, 0] for kind in NAMED}
    for faithful in sentences:
        for sentence, kind in dict.fromkeys(
            (p.sentence, p.kind) for seed in range(_SEEDS) for p in plant(faithful, seed)
        ):
            verdict = judge.judge(sentence, faithful.citations)
            named = any(problem.kind in NAMED[kind] for problem in verdict.problems)
            for at, yes in enumerate((True, not verdict.supported, named)):
                counts[kind][at] += yes
    return Trial(
        len(sentences), alarms, tuple(Caught(kind, *tally) for kind, tally in counts.items())
    )


def _table(title: str, trial: Trial) -> Iterator[str]:
    yield from (f"## {title}", "")
    yield f"{trial.sentences} faithful sentences, of which {trial.alarms} were called unsupported:"
    yield from (f"{trial.false_alarms:.3f} false alarms.", "")
    yield from ("| planted mistake | sentences | caught | and named |", "|---|---:|---:|---:|")
    for row in trial.caught:
        shares = (
            f"{row.caught / row.planted:.3f} | {row.named / row.planted:.3f}"
            if row.planted
            else "- | -"
        )
        yield f"| {row.kind} | {row.planted} | {shares} |"
    yield ""


def _reliability(judge: Judge, folder: Path) -> Iterator[str]:
    """The area under the curve on WiCE's claims, sensitivity and specificity, and the share
    supported by score.
    """
    rows = read_rows(folder)
    scored = []
    for claim, evidence, supported in rows:
        verdict = judge.judge(
            claim, [plain_citation(n, words) for n, words in enumerate(evidence, 1)]
        )
        if verdict.support is not None:
            scored.append((verdict.support, verdict.supported, supported))
    right = [called for _, called, supported in scored if supported]
    wrong = [not called for _, called, supported in scored if not supported]
    area = area_under_curve(
        [support for support, _, supported in scored if supported],
        [support for support, _, supported in scored if not supported],
    )
    yield from ("## Claims of WiCE (dev)", "")
    yield (
        f"{len(scored)} of {len(rows)} claims scored. Area under the ROC curve of the score"
        f" {area:.3f}; as a verdict,"
    )
    yield (
        f"sensitivity {sum(right) / len(right):.3f} to supported claims, specificity"
        f" {sum(wrong) / len(wrong):.3f}."
    )
    yield from ("", "| score | claims | supported |", "|---|---:|---:|")
    for at in range(_BINS):
        low, high = at / _BINS, (at + 1) / _BINS
        inside = [
            supported
            for support, _, supported in scored
            if low <= support < high + (at == _BINS - 1)
        ]
        share = f"{sum(inside) / len(inside):.3f}" if inside else "-"
        yield f"| {low:.1f} to {high:.1f} | {len(inside)} | {share} |"
    yield ""
