"""What the eval commands do with a corpus: ask it, take its texts, propose questions about it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from rich.progress import Progress

from eval.corpus_texts import CorpusTexts, Span, voices_of
from eval.feedback import proposed, read_feedback
from eval.report import Report
from eval.report import score as scored
from eval.retrieval import VARIANTS, measure
from eval.retrieval import table as retrieval_table
from eval.runs.run import Answered, Run, System, history, run_suite
from eval.runs.run_file import FORMAT, Head, Keeper
from eval.runs.systems import from_file, from_server
from eval.suite import Sample, Suite
from rag.answerer import Answerer
from rag.retrieval.results import SearchResult
from rag.settings import read_settings
from rag.verification.verdict import Judge
from ui.client.local import LocalClient
from vectorstore.errors import UsageError


def answer_suite(
    suite: Suite,
    corpus: str | None,
    answers: Path | None,
    url: str | None,
    jobs: int,
    save: Path | None,
) -> Run:
    """The run of a suite: by this corpus, or by the answers of a file or a server. Goes on with a
    saved one.
    """
    if answers and url:
        raise UsageError("Name a file of answers or a server, not both.")
    with opened(suite, corpus) as client:
        material = material_of(client)
        version = client.answerer.version
        system, name = _system(suite, client, answers, url)
        keeper = None
        if save:
            keeper = Keeper(
                save, suite, Head(FORMAT, suite.name, name, version, material.fingerprint), material
            )
        known = keeper.known if keeper else {}
        with Progress(disable=not sys.stderr.isatty()) as bar:
            task = bar.add_task("Asking", total=len(suite.samples), completed=len(known))

            def told(answered: Answered) -> None:
                bar.advance(task)
                if keeper:
                    keeper(answered)

            return run_suite(
                suite,
                system,
                material,
                name=name,
                version=version,
                known=known,
                heard=told,
                jobs=jobs,
            )


def judged(
    runs: Sequence[Run], judge: str, votes: int, cache: Path | None
) -> tuple[Report, Report | None]:
    """The reports of one or two runs, by the same judge."""
    reports = [scored(run, judge_of(judge, votes, cache, run.material.names)) for run in runs]
    return reports[0], reports[1] if len(reports) > 1 else None


def judge_of(name: str, votes: int, cache: Path | None, names: Sequence[str] = ()) -> Judge:
    """The judge of a name; typed checks know these names of holders and outlets."""
    from eval.judges.cached import CachedJudge
    from eval.judges.faithfulness import LlamaIndexFaithfulness
    from rag.build import build_judge, build_server
    from rag.verification.rule_judge import RuleJudge

    if name == "typed":
        return RuleJudge(names)
    settings = read_settings()
    if name == "llama-index":
        judge: Judge = LlamaIndexFaithfulness(build_server(settings))
    else:
        judge = build_judge(name, settings, votes)
    return CachedJudge(judge, cache) if cache else judge


def card(run: Run | None, judge: str, votes: int, cache: Path | None, wice: Path | None) -> str:
    """The judge card as Markdown."""
    from eval.judges.judge_card import judge_card, names_by_hand
    from ingest.sample import sample_texts

    texts = sample_texts()
    names = (*names_by_hand(texts), *(run.material.names if run else ()))
    return judge_card(judge_of(judge, votes, cache, names), texts, run, wice)


def texts_of(suite: Suite, corpus: str | None) -> dict[str, str]:
    """The source texts of a suite's corpus."""
    with opened(suite, corpus) as client:
        return dict(material_of(client).texts)


def drafted(corpus: str | None, questions: int, seed: int) -> Iterator[dict[str, Any]]:
    """The lines of a proposed suite."""
    from eval.draft import draft

    with opened(Suite("draft", None, ()), corpus) as client:
        yield from draft(material_of(client), questions, seed)


def drafted_from_feedback(corpus: str | None, feedback: Path) -> Iterator[dict[str, Any]]:
    """The lines of a suite of the questions that people gave feedback on."""
    judgements = read_feedback(feedback)
    with opened(Suite("feedback", None, ()), corpus) as client:
        yield from proposed(judgements, material_of(client).texts)


def ablation(suite: Suite, corpus: str | None) -> str:
    """The table of how well evidence is found, whole and without each part of the search."""
    with opened(suite, corpus) as client:
        texts = material_of(client).texts
        answerers = {name: client.answerer_by(recipe) for name, recipe in VARIANTS.items()}
        rows = [
            measure(name, suite, partial(_searched, by), texts) for name, by in answerers.items()
        ]
        return retrieval_table(rows)


def _searched(answerer: Answerer, sample: Sample) -> SearchResult:
    return answerer.search(sample.question, 10, None, history(sample.context))


def material_of(client: LocalClient) -> CorpusTexts:
    """The source texts of a corpus, and who speaks in them."""
    articles = {article.id: article for article in client.articles()}
    first_of = {article.source: id for id, article in reversed(articles.items())}
    texts = {source: client.source_text(id) for source, id in first_of.items()}
    return CorpusTexts(texts, voices_of(client.statements(), articles))


@contextmanager
def opened(suite: Suite, corpus: str | None) -> Iterator[LocalClient]:
    """The corpus asked for, or a corpus made for the run of the bundled sample when the suite is
    about that.
    """
    with ExitStack() as closed:
        on_sample = corpus is None and suite.corpus == "sample"
        location = closed.enter_context(tempfile.TemporaryDirectory()) if on_sample else corpus
        client = LocalClient(read_settings(corpus=location))
        closed.callback(client.close)
        if on_sample:
            _load_sample(client)
        yield client


def _system(
    suite: Suite, client: LocalClient, answers: Path | None, url: str | None
) -> tuple[System, str]:
    """What answers, and the name by which a saved run tells it from others."""
    if answers:
        return from_file(answers, suite), f"answers of {answers.name}"
    if url:
        return from_server(url), f"answers of {url}"
    return lambda sample: _own(client, sample), client.answerer.writer


def _own(client: LocalClient, sample: Sample) -> Answered:
    turns = history(sample.context)
    result = client.search(sample.question, 10, history=turns)
    hits = tuple(Span(hit.source, hit.start, hit.end) for hit in result.hits)
    return Answered(sample.id, client.answer(sample.question, turns), hits)


def _load_sample(client: LocalClient) -> None:
    from ingest.sample import load_sample

    for _ in load_sample(client.ingest_bytes):
        pass
