"""Planted errors: each kind changes what it should, and the default judge's figures hold on all of
them.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.judges.faithful import Faithful, faithful_of, read_faithful
from eval.judges.judge_card import BY_HAND, judge_card, names_by_hand, try_out
from eval.judges.perturbations import NAMED, plant
from ingest.sample import sample_texts
from rag.answer import Sentence
from rag.verification.rule_judge import RuleJudge
from tests.test_runs import made
from tests.test_scorers import ANA, COUNCIL, NORTH, SOUTH
from vectorstore.errors import SuiteError

ONE = Faithful(
    "f1",
    "Ana Bell writes in North Post that the weir above Tolling “broke at noon” and was not"
    " repaired, and 37 people died before dusk.",
    (ANA,),
    NORTH + "The 1,250 loaves of Gerda Quay were lost.\n",
    "Gregor Lund sold the ferry to his brother in the spring for 900 crowns.\n",
    ("Ana Bell", "Tolling Council", "Mirka Steen"),
    ("North Post", "South Herald"),
)


def test_each_kind_of_mistake_is_planted_once_and_the_same_every_time() -> None:
    planted = {one.kind: one.sentence for one in plant(ONE, seed=1)}
    assert list(planted) == list(NAMED)
    assert {one.kind: one.sentence for one in plant(ONE, seed=1)} == planted
    assert "1,250" in planted["other number of the source"]
    assert "37" not in planted["new number"] and "37" not in planted["other number of the source"]
    assert "Gerda Quay" in planted["other name of the source"]
    assert "before dusk" not in planted["antonym"] and "after dusk" in planted["antonym"]
    assert planted["negation"].count("not") in (0, 2)
    assert (
        planted["wrong holder"].startswith(("Mirka Steen writes", "Tolling Council writes")) is True
    )
    assert "South Herald" in planted["wrong outlet"] and "North Post" not in planted["wrong outlet"]
    assert "“broke at noon”" not in planted["altered quote"]
    assert planted["added clause"].endswith(
        ", and Gregor Lund sold the ferry to his brother in the spring for 900 crowns."
    )


def test_a_sentence_without_a_place_for_a_mistake_gets_none() -> None:
    bare = replace(
        ONE, sentence="It broke.", source="It broke.", elsewhere="", holders=(), outlets=()
    )
    assert list(plant(bare)) == []


def test_the_sentences_of_a_run_are_those_that_cite_something() -> None:
    told = [(one.id, one.sentence) for one in faithful_of(made()) if one.id.startswith("q1")]
    assert told == [
        ("q1.1", "**Ana Bell** (the author), in North Post, 3 May 2021"),
        ("q1.2", f"> “{ANA.quote}”"),
        ("q1.3", "**Tolling Council**, quoted by Omar Reed in South Herald, 3 May 2021"),
        ("q1.4", "Tolling Council said that the weir held until dusk and 12 people died ."),
    ]


def test_sentences_by_hand_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "faithful.jsonl"
    row = {
        "id": "f1",
        "sentence": "x",
        "citations": [{"source": "south.txt", "quote": "Not there.", "holder": None}],
    }
    path.write_text(json.dumps(row))
    with pytest.raises(SuiteError, match="cannot be read"):
        read_faithful(path, {"south.txt": SOUTH})


def test_a_trial_counts_alarms_catches_and_reasons() -> None:
    found = try_out(RuleJudge(ONE.holders), [ONE])
    # nothing in the source says that it was not repaired
    assert (found.sentences, found.alarms) == (1, 1)
    caught = {one.kind: (one.planted > 0, one.caught == one.planted) for one in found.caught}
    assert caught["new number"] == (True, True) and caught["altered quote"] == (True, True)


def test_the_default_judge_catches_what_it_must_in_sentences_by_hand() -> None:
    """The figures of docs/judge-card.md, with a little room; negation is below its aim of .90."""
    texts = sample_texts()
    sentences = read_faithful(next(iter(BY_HAND.values())), texts)
    found = try_out(RuleJudge(names_by_hand(texts)), sentences)
    assert found.sentences == 160 and found.false_alarms <= 0.11
    shares = {one.kind: one.caught / one.planted for one in found.caught}
    most = dict.fromkeys(
        ("new number", "absent name", "wrong holder", "wrong outlet", "altered quote"), 0.99
    )
    least = most | {
        "other number of the source": 0.9,
        "other name of the source": 0.89,
        "negation": 0.86,
    }
    assert {kind: share for kind, share in shares.items() if share < least.get(kind, 0)} == {}


def test_a_card_has_a_table_for_each_set_of_sentences() -> None:
    texts = sample_texts()
    told = judge_card(RuleJudge(), texts, replace(made(), answered=made().answered[:1]))
    assert told.startswith(
        "# The judge: typed checks\n\n## Sentences by hand, on which the checks were mended\n"
    )
    assert told.count("| planted mistake | sentences | caught | and named |") == 3
    assert (
        "## The sentences of the answers to the suite mine (extractive)\n\n4 faithful sentences"
        in told
    )


def test_a_gloss_is_no_sentence_to_plant_in() -> None:
    glossed = replace(COUNCIL, gloss="council tolling said")
    answer = made().answered[0].answer
    assert answer is not None
    told = (*answer.sentences, Sentence("> *Word for word: council tolling said*", "summary", (2,)))
    run = replace(
        made(),
        answered=(
            replace(
                made().answered[0], answer=replace(answer, citations=(ANA, glossed), sentences=told)
            ),
        ),
    )
    assert not any("Word for word" in one.sentence for one in faithful_of(run))
