"""Each scorer on an answer that is right, and on one with the fault that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from eval.corpus_texts import CorpusTexts, Span, Voice
from eval.score import Case, Score
from eval.scorers import SCORERS
from eval.suite import ExpectedEvidence, Sample
from rag.answer import (
    Answer,
    Citation,
    Disagreement,
    Searched,
    Sentence,
    Side,
    Understood,
    Viewpoint,
)
from rag.filters import Filters
from rag.verification.rule_judge import RuleJudge
from rag.verification.verdict import Verdict
from vectorstore.records import Holder, Link

NORTH = "The weir above Tolling broke at noon and 37 people died. Nobody was warned of it.\n"
SOUTH = "The weir held until dusk, and 12 people died, the council said.\n"
TEXTS = {"north.txt": NORTH, "south.txt": SOUTH}


def citation(id: int, source: str, quote: str, holder: str, author: str, outlet: str) -> Citation:
    start = TEXTS[source].index(quote)
    links = (
        Link(holder, "said"),
        Link(author, "written_by", "2021-05-03"),
        Link(outlet, "published_by", "2021-05-03"),
    )
    return Citation(
        id, source, source, start, start + len(quote), quote, "The Weir", author, outlet, "2021-05-03", None, "en",
        Holder(holder, None, "person"), links, "direct",
    )  # fmt: skip


ANA = citation(1, "north.txt", NORTH[:56], "Ana Bell", "Ana Bell", "North Post")
COUNCIL = citation(2, "south.txt", SOUTH.strip(), "Tolling Council", "Omar Reed", "South Herald")
MATERIAL = CorpusTexts(
    TEXTS,
    {
        "north.txt": (Voice(0, len(NORTH), "Ana Bell", None, "author", "Ana Bell", "North Post"),),
        "south.txt": (
            Voice(0, len(SOUTH), "Omar Reed", None, "author", "Omar Reed", "South Herald"),
            Voice(
                0,
                len(SOUTH) - 1,
                "Tolling Council",
                None,
                "organisation",
                "Omar Reed",
                "South Herald",
            ),
        ),
    },
)
SAMPLE = Sample(
    "q1",
    "When did the weir break?",
    True,
    evidence=(
        ExpectedEvidence("north.txt", ANA.quote),
        ExpectedEvidence("south.txt", COUNCIL.quote),
    ),
    holders=("Ana Bell", "Tolling Council"),
    contested=True,
)
HITS = (Span("north.txt", 0, len(NORTH)), Span("south.txt", 0, len(SOUTH)))
SENTENCES = (
    Sentence("Two voices in two outlets.", "summary"),
    Sentence("**Ana Bell** (the author), in North Post, 3 May 2021", "summary", (1,)),
    Sentence(f"> “{ANA.quote}” [1]", "claim", (1,), 0.97),
    Sentence(
        "**Tolling Council**, quoted by Omar Reed in South Herald, 3 May 2021", "summary", (2,)
    ),
    Sentence(
        "Tolling Council said that the weir held until dusk and 12 people died [2].",
        "claim",
        (2,),
        0.9,
    ),
)
ANSWER = Answer(
    id="a",
    question=SAMPLE.question,
    understood=Understood(SAMPLE.question, "en"),
    status="answered",
    text="",
    sentences=SENTENCES,
    viewpoints=(Viewpoint(ANA.holder, ANA.chain, "North Post", "2021-05-03", (1,)),),
    disagreements=(Disagreement("noon, dusk", "position", (1, 2), (Side((1,)), Side((2,)))),),
    gaps=(),
    citations=(ANA, COUNCIL),
    searched=Searched("c", "v1", 2, 2, Filters()),
    writer="extractive",
)
EVEN = 0.998  # of 56 and 63 characters


def scores(
    answer: Answer = ANSWER, sample: Sample = SAMPLE, hits: tuple[Span, ...] | None = HITS
) -> dict[str, Score]:
    case = Case(sample, answer, hits, MATERIAL, RuleJudge(MATERIAL.names))
    return {name: scorer(case) for name, scorer in SCORERS.items()}


def values(*given: object, **named: object) -> dict[str, float | None]:
    told = scores(*given, **named)  # type: ignore[arg-type]
    return {
        name: score.value if score.value is None else round(score.value, 3)
        for name, score in told.items()
    }


RIGHT = values()


def test_a_right_answer_has_everything() -> None:
    assert values() == dict.fromkeys(SCORERS, 1.0) | {"viewpoint_balance": EVEN, "refusal": None}


def claims(*texts: str) -> Answer:
    told = (Sentence(text, "claim", (1, 2)) for text in texts)
    return replace(ANSWER, sentences=(*SENTENCES[:4], *told))


@pytest.mark.parametrize(
    ("answer", "changed"),
    [
        (
            claims("Tolling Council said that the weir held until dawn and 21 people died [2]."),
            {
                "claim_support": 0.5,
                "typed_violations": 0.75,
                "citation_recall": 0.5,
                "citation_precision": 0.5,
            },
        ),
        (
            claims("The weir held until dusk."),
            {"claim_support": 0.5, "typed_violations": 0.75, "citation_recall": 0.5},
        ),
        (
            claims(
                "Tolling Council said that the weir held until dusk and 12 people died [2] [1]."
            ),
            {
                "claim_support": 0.5,
                "typed_violations": 0.75,
                "citation_recall": 0.5,
                "citation_precision": 0.333,
            },
        ),
        (
            replace(
                ANSWER,
                sentences=(
                    replace(SENTENCES[1], text="**Ana Bell**, in South Herald"),
                    *SENTENCES[2:],
                ),
            ),
            {"typed_violations": 0.75},
        ),
        (
            replace(
                ANSWER,
                citations=(replace(ANA, holder=Holder("Omar Reed", None, "person")), COUNCIL),
            ),
            {"attribution_accuracy": 0.5},
        ),
        (
            replace(ANSWER, citations=(replace(ANA, outlet="South Herald"), COUNCIL)),
            {"attribution_accuracy": 0.5},
        ),
        (
            replace(ANSWER, citations=(replace(ANA, end=ANA.end - 1), COUNCIL)),
            {"quote_exactness": 0.5},
        ),
        (replace(ANSWER, disagreements=()), {"conflict_disclosure": 0.0}),
        (
            replace(ANSWER, disagreements=(Disagreement("noon", "position", (1,)),)),
            {"conflict_disclosure": 0.0},
        ),
        (replace(ANSWER, status="unanswered"), {"answering": 0.0}),
    ],
)
def test_each_fault_costs_what_it_is_about_and_nothing_else(
    answer: Answer, changed: dict[str, float]
) -> None:
    assert {
        name: value for name, value in values(answer).items() if value != RIGHT[name]
    } == changed


def test_one_side_alone_is_neither_covered_nor_balanced_nor_found() -> None:
    one = replace(ANSWER, citations=(ANA,), sentences=SENTENCES[:3], disagreements=())
    told = values(one, hits=HITS[:1])
    assert {name: value for name, value in told.items() if value != RIGHT[name]} == {
        "evidence_recall": 0.5,
        "viewpoint_coverage": 0.5,
        "viewpoint_balance": 0.0,
        "conflict_disclosure": 0.0,
        "retrieval_recall": 0.5,
        "retrieval_ndcg": 0.613,
    }
    assert (
        scores(one)["viewpoint_coverage"].explanation
        == "1 of 2 holders named; missing: Tolling Council"
    )


def test_the_rank_of_evidence_counts() -> None:
    nowhere = Span("north.txt", 60, len(NORTH))
    told = values(hits=(nowhere, *HITS))
    assert (told["retrieval_recall"], told["reciprocal_rank"], told["retrieval_ndcg"]) == (
        1.0,
        0.5,
        0.693,
    )


def test_a_question_that_is_not_contested_has_no_disagreement() -> None:
    plain = replace(SAMPLE, contested=False)
    told = scores(sample=plain)
    assert told["conflict_disclosure"] == Score(0.0, "not contested, and shown: noon, dusk")
    assert not told["viewpoint_balance"].applies


def test_a_false_premise_is_not_simply_answered() -> None:
    premise = replace(SAMPLE, type="false_premise")
    assert values(sample=premise)["refusal"] == 0.0
    assert values(replace(ANSWER, status="partial"), premise)["refusal"] == 1.0
    assert not scores(sample=premise)["conflict_disclosure"].applies


def test_what_cannot_be_scored_does_not_apply_and_is_no_zero() -> None:
    silent = replace(
        ANSWER,
        status="unanswered",
        citations=(),
        sentences=(Sentence("Nothing.", "gap"),),
        disagreements=(),
    )
    told = scores(silent, Sample("q2", "Why?", False), None)
    assert {name: score.value for name, score in told.items() if score.applies} == {"refusal": 1.0}
    assert told["quote_exactness"] == Score.not_applicable("the answer cites nothing")


class Silent:
    """A judge that never says anything."""

    name = "silent"

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict:
        return Verdict((), None, "no verdict: it is asleep")


def test_a_judge_without_a_verdict_leaves_a_claim_unscored_and_not_zero() -> None:
    silent = Case(SAMPLE, ANSWER, HITS, MATERIAL, Silent())
    why = Score.unscored("the judge gave no verdict on 2 of 2 claims: no verdict: it is asleep")
    assert why.applies and why.value is None
    for name in ("claim_support", "citation_recall", "citation_precision"):
        assert SCORERS[name](silent) == why
    uncited = replace(ANSWER, sentences=(*SENTENCES, Sentence("Plums are ripe.", "claim")))
    found = SCORERS["claim_support"](Case(SAMPLE, uncited, HITS, MATERIAL, Silent()))
    assert found.value == pytest.approx(2 / 3)  # what is known to be wrong is not hidden


def test_a_system_that_always_or_never_answers_is_seen() -> None:
    unanswerable = Sample("q2", "Why?", False)
    assert (values(sample=unanswerable)["refusal"], values(sample=unanswerable)["answering"]) == (
        0.0,
        None,
    )


def test_evidence_that_is_not_in_the_corpus_is_unscored() -> None:
    typo = replace(SAMPLE, evidence=(ExpectedEvidence("north.txt", "The weir fell."),))
    told = scores(sample=typo)
    assert told["evidence_recall"] == Score.unscored("the evidence does not stand in north.txt")
    assert told["retrieval_recall"].applies and told["retrieval_recall"].value is None


def test_evidence_cited_past_3000_characters_earns_nothing() -> None:
    long = NORTH + "Rain. " * 700
    material = CorpusTexts({**TEXTS, "north.txt": long}, MATERIAL.voices)
    padding = replace(ANA, id=3, start=len(NORTH), end=len(long), quote=long[len(NORTH) :])
    late = replace(ANSWER, citations=(padding, ANA))
    case = Case(SAMPLE, late, None, material, RuleJudge())
    assert SCORERS["evidence_recall"](case).value == 0.0


def test_a_score_is_between_0_and_1() -> None:
    for value in (float("nan"), -0.1, 1.1):
        with pytest.raises(ValueError, match="between 0 and 1"):
            Score(value, "")
