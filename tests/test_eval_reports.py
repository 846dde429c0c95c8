"""One decision, told to a terminal, a program, a CI, a pull request and a person."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from eval.gate import Decision, decide
from eval.policy import Bar, Policy, Waiver
from eval.report import score
from eval.reports.data import as_object
from eval.reports.junit import as_junit
from eval.reports.markdown import as_markdown
from eval.reports.page import as_page
from eval.reports.terminal import table
from eval.runs.run import Answered
from rag.answer import Sentence
from rag.verification.rule_judge import RuleJudge
from tests.test_runs import made
from tests.test_scorers import ANSWER, HITS, MATERIAL, SENTENCES

TODAY = date(2026, 11, 22)
POLICY = Policy(
    {"claim_support": Bar(1.0, 0.0), "refusal": Bar(None), "evidence_recall": Bar(None)},
    waivers=(Waiver("refusal", "known", TODAY),),
)


def decision(*, wrong: bool = False, compared: bool = False, policy: Policy = POLICY) -> Decision:
    """A decision on two questions; a wrong one claims what nothing says, with markup in it."""
    run = made()
    if wrong:
        told = Sentence("The <b>weir</b> | fell & broke in 1999 [1].", "claim", (1,))
        run = replace(
            run,
            answered=(
                Answered("q1", replace(ANSWER, sentences=(*SENTENCES, told)), HITS),
                run.answered[1],
            ),
        )
    judge = RuleJudge(MATERIAL.names)
    return decide(score(run, judge), policy, TODAY, score(made(), judge) if compared else None)


def test_a_terminal_has_the_scores_their_types_and_what_was_lost() -> None:
    told = table(decision(wrong=True)).splitlines()
    assert (
        told[0]
        == "suite mine: 2 questions, corpus version v1, extractive, judged by typed checks, not"
        " compared"
    )
    assert (
        told[2]
        == "score                    mean      interval  floor  change      p detects scored "
        " ruling"
    )
    row = "claim_support           0.833   0.667-1.000   1.00                             2  fail: "
    assert told[3] == f"{row}0.833 is below the floor 1.00"
    assert any(line.startswith("full               2") for line in told)
    assert (
        "      claim_support 0.667: 2 of 3 claims supported; date: “The <b>weir</b> | fell & broke"
        " in 1999 [1].”" in told
    )
    assert told[-1] == "fail; failed: claim_support"


def test_a_comparison_tells_change_chance_and_what_could_be_detected() -> None:
    line = table(decision(compared=True)).splitlines()[3]
    assert line.split() == [
        "claim_support",
        "1.000",
        "1.000-1.000",
        "1.00",
        "+0.000",
        "1.000",
        "0.556",
        "2",
        "pass",
    ]


def test_a_program_gets_every_score_of_every_question() -> None:
    told = json.loads(json.dumps(as_object(decision(wrong=True))))
    assert (told["decision"], told["exit"], told["judge"]) == ("fail", 1, "typed checks")
    assert [row["score"] for row in told["scores"]] == [
        "claim_support",
        "refusal",
        "evidence_recall",
    ]
    first = told["questions"][0]
    assert first["scores"]["claim_support"]["value"] == 2 / 3
    assert first["claims"][2]["problems"][0] == {"kind": "date", "about": "1999"}


def test_a_ci_gets_a_case_for_each_score() -> None:
    failing = Policy({**POLICY.scores, "refusal": Bar(0.9)}, waivers=POLICY.waivers)
    root = ElementTree.fromstring(as_junit(decision(wrong=True, policy=failing)))
    cases = {
        case.get("name"): [child.tag for child in case if child.tag != "system-out"]
        for case in root.iter("testcase")
    }
    assert cases == {"claim_support": ["failure"], "refusal": ["skipped"], "evidence_recall": []}
    invalid = replace(decision(), invalid=("2 of 2 questions have no answer (x)",))
    assert 'name="run"' in as_junit(invalid) and "have no answer" in as_junit(invalid)


def test_a_pull_request_gets_a_table_that_no_text_breaks() -> None:
    told = as_markdown(decision(wrong=True, compared=True))
    assert told.startswith(
        "## Faithfulness of mine: fail\n\n2 questions, extractive, corpus version `v1`"
    )
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert len(rows) == 5 and all(len(re.findall(r"(?<!\\)\|", row)) == 7 for row in rows)
    assert "Worse than the baseline: 1 questions" in told
    assert "- q1 When did the weir break? (claim_support 0.667, typed_violations 0.800, " in told
    assert "Points lost: 2 questions" in as_markdown(decision(wrong=True))


def test_a_person_gets_one_page_with_everything_escaped_and_nothing_from_elsewhere() -> None:
    page = as_page(decision(wrong=True, compared=True))
    assert (
        "The &lt;b&gt;weir&lt;/b&gt; | fell &amp; broke in 1999 [1]." in page and "<b>" not in page
    )
    assert (
        "<mark>The weir above Tolling broke at noon and 37 people died.</mark> Nobody was warned"
        " of it." in page
    )
    assert "date: 1999" in page and page.count("<svg") == 2
    assert (
        not re.search(r"(?:src|href)=\"(?!#)", page.replace('xlink:href="#', ""))
        and "http-equiv" in page
    )
    assert as_page(decision(wrong=True, compared=True)) == page


def test_a_page_tells_which_quotes_are_not_the_sources() -> None:
    run = made()
    cut = replace(ANSWER, citations=(replace(ANSWER.citations[0], end=5), ANSWER.citations[1]))
    worse = replace(run, answered=(Answered("q1", cut, HITS), run.answered[1]))
    page = as_page(decide(score(worse, RuleJudge()), POLICY, TODAY))
    assert page.count("these are not the source’s words") == 1
    assert as_page(decision()).count("<svg") == 1
