"""Runs made worse on purpose: a gate that lets one of them pass is no gate.

python -m eval.degraded_runs eval/suites/sample.jsonl RUN.jsonl.gz
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from eval.gate import Exit, decide
from eval.policy import Policy, read_policy
from eval.report import Report, score
from eval.runs.baseline import accepted
from eval.runs.run import Answered, Run
from eval.runs.run_file import read_run
from rag.answer import Answer
from rag.verification.rule_judge import RuleJudge
from vectorstore.errors import RashomonError

_DIGIT = re.compile(r"(?<!\[)(?<!\d)\d(?!\d*\])")  # none of a marker
_SEEDS = 20


def fewer_passages(run: Run, seed: int) -> Run:
    """As if search found one passage: of each answer what it cites of the article that it cites
    first, once.
    """
    return _each(run, lambda answer: _citing(answer, answer.citations[:1]))


def shuffled_holders(run: Run, seed: int) -> Run:
    """The holders of all citations dealt out anew."""
    holders = [
        citation.holder
        for answered in run.answered
        if answered.answer
        for citation in answered.answer.citations
    ]
    Random(seed).shuffle(holders)
    dealt = iter(holders)
    return _each(
        run,
        lambda answer: replace(
            answer, citations=tuple(replace(c, holder=next(dealt)) for c in answer.citations)
        ),
    )


def changed_digits(run: Run, seed: int, share: float = 0.05) -> Run:
    """Another digit somewhere in the sentences of a share of the answers."""
    rng = Random(seed)
    with_digits = [
        answered.id
        for answered in run.answered
        if answered.answer and any(map(_places, _texts(answered.answer)))
    ]
    chosen = set(rng.sample(with_digits, max(1, round(share * len(run.answered)))))
    return replace(
        run,
        answered=tuple(
            _changed(answered, rng) if answered.id in chosen else answered
            for answered in run.answered
        ),
    )


SABOTAGE: Mapping[str, Callable[[Run, int], Run]] = {
    "one passage only": fewer_passages,
    "holders shuffled": shuffled_holders,
    "a digit changed in 5 % of the answers": changed_digits,
}


def trial(
    run: Run, policy: Policy, baseline: Run | None, seeds: int = _SEEDS
) -> Mapping[str, list[Exit]]:
    """The gate's decisions with so many seeds, on a run as it is and made worse in each way."""
    before = _scored(baseline) if baseline else None
    as_it_is = _scored(run)
    exits = {"unchanged": [_decided(as_it_is, policy, seed, before) for seed in range(seeds)]}
    for name, worse in SABOTAGE.items():
        exits[name] = [
            _decided(_scored(worse(run, seed)), policy, seed, before) for seed in range(seeds)
        ]
    return exits


def _scored(run: Run) -> Report:
    return score(run, RuleJudge(run.material.names))


def _decided(report: Report, policy: Policy, seed: int, baseline: Report | None) -> Exit:
    return decide(report, replace(policy, seed=seed), date.min, baseline).exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints how often the gate passes each. The exit code: 0 when it passes only the unchanged
    run, always; else 1.
    """
    parser = argparse.ArgumentParser(
        prog="python -m eval.degraded_runs", description="Tries the gate on worse runs."
    )
    parser.add_argument("suite", type=Path, help="the suite, for its accepted baseline")
    parser.add_argument("run", type=Path, help="a saved run of it")
    parser.add_argument("--seeds", type=int, default=_SEEDS, help="how often each is tried")
    asked = parser.parse_args(arguments)
    try:
        known = accepted(asked.suite)
        trials = trial(
            read_run(asked.run), read_policy(), read_run(known) if known else None, asked.seeds
        )
    except RashomonError as error:
        print(error, file=sys.stderr)
        return 1
    for name, exits in trials.items():
        counts = ", ".join(
            f"{outcome.name.lower()} {exits.count(outcome)}" for outcome in Exit if outcome in exits
        )
        print(f"{name:40} {counts}")
    right = all(
        (outcome == Exit.PASS) == (name == "unchanged")
        for name, exits in trials.items()
        for outcome in exits
    )
    return 0 if right else 1


def _each(run: Run, worse: Callable[[Answer], Answer]) -> Run:
    answered = (
        replace(made, answer=worse(made.answer)) if made.answer else made for made in run.answered
    )
    return replace(run, answered=tuple(answered))


def _citing(answer: Answer, citations_kept: Sequence[object]) -> Answer:
    """An answer with these citations only, and without what needs the others."""
    ids = {citation.id for citation in answer.citations if citation in citations_kept}
    return replace(
        answer,
        citations=tuple(citation for citation in answer.citations if citation.id in ids),
        sentences=tuple(
            sentence for sentence in answer.sentences if set(sentence.citations) <= ids
        ),
        disagreements=tuple(
            disagreement
            for disagreement in answer.disagreements
            if set(disagreement.citations) <= ids
        ),
        viewpoints=tuple(
            viewpoint for viewpoint in answer.viewpoints if set(viewpoint.citations) <= ids
        ),
    )


def _changed(answered: Answered, rng: Random) -> Answered:
    assert answered.answer is not None
    sentences = list(answered.answer.sentences)
    at = rng.choice(
        [n for n, sentence in enumerate(sentences) if sentence.citations and _places(sentence.text)]
    )
    place = rng.choice(_places(sentences[at].text))
    text = sentences[at].text
    other = rng.choice([digit for digit in "123456789" if digit != text[place]])
    sentences[at] = replace(sentences[at], text=text[:place] + other + text[place + 1 :])
    return replace(answered, answer=replace(answered.answer, sentences=tuple(sentences)))


def _texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences if sentence.citations]


def _places(text: str) -> list[int]:
    return [match.start() for match in _DIGIT.finditer(text)]


if __name__ == "__main__":
    sys.exit(main())
