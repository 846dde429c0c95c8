"""Runs a suite: every question answered once, the answers kept so that they can be scored again and
again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from eval.corpus_texts import CorpusTexts, Span
from eval.suite import Sample, Suite
from rag.answer import Answer, Turn
from vectorstore.errors import RashomonError


@dataclass(frozen=True)
class Answered:
    """What a system gave for one question: its answer and the spans of the first passages (None: it
    tells none), or why there is no answer.
    """

    id: str
    answer: Answer | None
    hits: tuple[Span, ...] | None = None
    error: str | None = None


@dataclass(frozen=True)
class Run:
    """The answers of one system to one suite, in its order, and what they are scored against."""

    suite: str
    system: str
    version: str
    samples: tuple[Sample, ...]
    answered: tuple[Answered, ...]
    material: CorpusTexts

    @property
    def failed(self) -> tuple[Answered, ...]:
        """Questions to which the system gave no answer."""
        return tuple(answered for answered in self.answered if answered.answer is None)


System = Callable[[Sample], Answered]


def run_suite(
    suite: Suite,
    system: System,
    material: CorpusTexts,
    *,
    name: str,
    version: str,
    known: Mapping[str, Answered] | None = None,
    heard: Callable[[Answered], object] = lambda _: None,
    jobs: int = 1,
) -> Run:
    """Asks every question of a suite that is not `known` already; `heard` hears of each answer as
    it comes. A question on which the system fails is answered by its error, and the run goes
    on. `jobs` questions are asked at the same time.
    """
    # what failed is asked again
    done = {id: earlier for id, earlier in (known or {}).items() if earlier.answer}
    lock = threading.Lock()

    def ask(sample: Sample) -> None:
        answered = _asked(system, sample)
        with lock:
            done[sample.id] = answered
            heard(answered)

    missing = [sample for sample in suite.samples if sample.id not in done]
    with ThreadPoolExecutor(max(1, jobs)) as pool:
        for _ in pool.map(ask, missing):
            pass
    answered = tuple(done[sample.id] for sample in suite.samples)
    return Run(suite.name, name, version, suite.samples, answered, material)


def untimed(answer: Answer) -> Answer:
    """An answer without its timings, which differ from run to run."""
    return replace(answer, timings_ms={})


def history(turns: Iterable[str]) -> tuple[Turn, ...]:
    """The user turns of a follow-up as a conversation."""
    return tuple(Turn("user", turn) for turn in turns)


def pairs(run: Run) -> Iterator[tuple[Sample, Answered]]:
    """Each question with what came back."""
    yield from zip(run.samples, run.answered, strict=True)


def _asked(system: System, sample: Sample) -> Answered:
    try:
        answered = system(sample)
    except RashomonError as error:
        return Answered(sample.id, None, error=str(error))
    return replace(answered, answer=untimed(answered.answer)) if answered.answer else answered
