"""The gate: what passes, fails, is inconclusive, invalid or waived, and with which exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from eval.corpus_texts import CorpusTexts
from eval.gate import Decision, Exit, decide
from eval.policy import SHIPPED, Bar, Policy, Waiver, read_policy
from eval.report import Report, ScoredAnswer
from eval.runs.run import Answered, Run
from eval.score import Score
from eval.scorers import SCORERS
from eval.suite import Sample
from tests.test_scorers import ANSWER, MATERIAL
from vectorstore.errors import RunError, UsageError

TODAY = date(2026, 11, 22)
QUESTIONS = 100


def report(
    values: Mapping[str, Sequence[float | None]], material: CorpusTexts = MATERIAL, failed: int = 0
) -> Report:
    count = len(next(iter(values.values())))
    samples = tuple(Sample(f"q{n}", "Why?", True) for n in range(count))
    answered = tuple(
        Answered(s.id, None if n < failed else ANSWER, error="no reply" if n < failed else None)
        for n, s in enumerate(samples)
    )
    rows = tuple(
        ScoredAnswer(s, a, {name: Score(told[n], "as given") for name, told in values.items()})
        for n, (s, a) in enumerate(zip(samples, answered, strict=True))
    )
    return Report(
        Run("mine", "extractive", "v1", samples, answered, material), "typed checks", rows
    )


def refusals(right: int, of: int = QUESTIONS) -> Report:
    return report({"refusal": [1.0] * right + [0.0] * (of - right)})


def ruled(now: Report, before: Report | None = None, **policy: object) -> Decision:
    bars = Policy(**{"scores": {"refusal": Bar(0.7, 0.05)}, **policy})  # type: ignore[arg-type]
    return decide(now, bars, TODAY, before)


def test_on_the_floor_passes_and_below_it_fails() -> None:
    assert (ruled(refusals(70)).exit, ruled(refusals(69)).exit) == (Exit.PASS, Exit.FAIL)
    assert ruled(refusals(69)).rulings[0].reason == "0.690 is below the floor 0.70"
    assert ruled(refusals(69)).summary == "fail; failed: refusal"


def test_a_score_that_nothing_was_scored_for_is_invalid() -> None:
    nothing = report({"refusal": [None] * 5})
    assert ruled(nothing).exit == Exit.INVALID
    assert ruled(nothing, scores={"refusal": Bar(None)}).exit == Exit.PASS


def test_a_score_that_applies_to_no_answer_passes_unless_the_baseline_has_it() -> None:
    rows = tuple(
        replace(row, scores={"refusal": Score.not_applicable("no")}) for row in refusals(5, 5).rows
    )
    nothing = replace(refusals(5, 5), rows=rows)
    assert ruled(nothing).rulings[0].reason == "there is nothing of this in the answers"
    found = ruled(nothing, refusals(5, 5))
    assert found.exit == Exit.FAIL
    assert (
        found.rulings[0].reason == "0 of the 5 questions that the baseline has this for have it now"
    )


def test_one_question_that_changed_is_compared() -> None:
    assert (
        ruled(refusals(0, 1), refusals(1, 1), scores={"refusal": Bar(None, 0.05)}).exit
        == Exit.INCONCLUSIVE
    )


def test_too_many_unscored_answers_are_invalid_even_above_the_floor() -> None:
    found = ruled(report({"refusal": [1.0] * 90 + [None] * 10}))
    assert found.exit == Exit.INVALID
    assert found.rulings[0].reason == "only 90% of the answers could be scored; 95% are needed"


def test_questions_without_an_answer_make_a_run_invalid() -> None:
    found = ruled(report({"refusal": [1.0] * 20}, failed=2))
    assert (found.exit, found.summary) == (
        Exit.INVALID,
        "invalid; 2 of 20 questions have no answer (no reply)",
    )


def test_the_same_answers_pass_against_their_own_baseline_with_every_seed() -> None:
    now = refusals(80)
    assert {ruled(now, now, seed=seed).exit for seed in range(20)} == {Exit.PASS}


def test_a_sure_drop_beyond_the_margin_fails() -> None:
    found = ruled(refusals(75), refusals(90))
    assert found.exit == Exit.FAIL
    ruling = found.rulings[0]
    assert ruling.change is not None and ruling.change.interval.mean == pytest.approx(-0.15)
    assert ruling.reason.startswith("0.150 less than the baseline; 0.05 is allowed")


def test_a_drop_that_may_be_chance_is_inconclusive_and_a_small_one_passes() -> None:
    before = report({"refusal": [1.0, 1.0, 0.0, 1.0] * 5})
    after = report({"refusal": [1.0, 1.0, 1.0, 1.0, 0.0, 0.0, *[1.0, 1.0, 0.0, 1.0] * 3, 1.0, 0.0]})
    assert ruled(after, before).exit == Exit.INCONCLUSIVE
    assert ruled(refusals(89), refusals(90)).exit == Exit.PASS


def test_a_drop_of_one_score_among_many_is_corrected_for_their_number() -> None:
    drop = [1.0] * 94 + [0.0] * 6
    names = list(SCORERS)
    bars = {name: Bar(None, 0.05) for name in names}
    now = report({name: drop if name == names[0] else [1.0] * 100 for name in names})
    before = report({name: [1.0] * 100 for name in names})
    alone = decide(now, Policy({names[0]: bars[names[0]]}), TODAY, before).rulings[0]
    among = decide(now, Policy(bars), TODAY, before).rulings[0]
    assert alone.outcome == "fail" and among.outcome == "inconclusive"
    assert alone.chance is not None and among.chance == pytest.approx(
        min(1, len(names) * alone.chance)
    )


def test_a_waiver_with_a_reason_lets_a_failure_pass_until_its_day() -> None:
    waiver = Waiver("refusal", "known and being mended", TODAY)
    found = ruled(refusals(10), waivers=(waiver,))
    assert (found.exit, found.rulings[0].outcome) == (Exit.PASS, "waived")
    assert found.rulings[0].reason.endswith("waived until 2026-11-22: known and being mended")
    late = replace(waiver, until=date(2026, 11, 21))
    assert ruled(refusals(10), waivers=(late,)).exit == Exit.FAIL


def test_other_questions_or_texts_cannot_be_compared() -> None:
    with pytest.raises(RunError, match="The baseline is of other questions"):
        ruled(refusals(8, 10), refusals(8, 11))
    elsewhere = report({"refusal": [1.0] * 10}, CorpusTexts({"other.txt": "Rain."}, {}))
    with pytest.raises(RunError, match="The baseline is of other texts"):
        ruled(refusals(8, 10), elsewhere)


def test_the_shipped_policy_has_a_bar_for_every_score() -> None:
    assert list(read_policy(SHIPPED).scores) == list(SCORERS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("nonsense", "is no TOML"),
        ("coverage = 0.9", "`scores`: Field required."),
        (
            "[scores]\nrefusals = { floor = 0.5 }",
            "names the score refusals. There are: claim_support,",
        ),
        (
            "[scores]\nrefusal = { flor = 0.5 }",
            "`scores.refusal.flor`: Unexpected keyword argument.",
        ),
        ("[scores]", "`scores`: Dictionary should have at least 1 item"),
        (
            "resamples = 0\n[scores]\nrefusal = {}",
            "`resamples`: Input should be greater than or equal to 1000",
        ),
        ("[scores]\nrefusal = { floor = nan }", "`scores.refusal.floor`: Input should be"),
        ("confidence = 95\n[scores]\nrefusal = {}", "`confidence`: Input should be less than 1"),
        (
            '[scores]\nrefusal = {}\n[[waivers]]\nscore = "refusal"\nuntil = 2027-01-01',
            "`waivers.0.reason`: Field required.",
        ),
    ],
)
def test_a_policy_that_means_nothing_is_told(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "gate.toml").write_text(content)
    with pytest.raises(UsageError) as raised:
        read_policy(tmp_path / "gate.toml")
    assert message in str(raised.value)


def test_a_policy_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_policy(tmp_path / "none.toml")
