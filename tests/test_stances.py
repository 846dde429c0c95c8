"""Invented pairs of quotes: which of them disagree about a question, and which only stand beside
each other.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answerer import Answerer
from rag.question.stances import Stances, Taken, asks_whom_to_blame, blames
from rag.semantics.claims import claim

POST = """{title}

By {author}
{outlet}
3 May 2021

{words}
"""
WEIR = "The weir of Tolling broke in the night and the water ran down to the village."


@pytest.mark.parametrize(
    ("question", "text", "taken"),
    [
        ("Were the gates of the weir open?", "The gates were open.", "one"),
        ("Were the gates of the weir open?", "The gates were closed.", "other"),
        ("Were the gates of the weir open?", "Nobody saw the gates open.", "other"),
        ("Were the gates of the weir open?", "A ferry sank.", None),
        ("Did Tolling win or lose the boat race?", "Tolling won.", "one"),
        ("Did Tolling win or lose the boat race?", "Tolling was defeated.", "other"),
        ("Did Tolling win or lose the boat race?", "The mill lost its roof.", None),
        ("Is the dam a threat or a protection?", "It is a protection.", "other"),
        ("هل نجح السد؟", "نجح السد", "one"),
        ("هل نجح السد؟", "فشل السد", "other"),
    ],
)
def test_which_side_of_a_question_a_text_takes(
    question: str, text: str, taken: Taken | None
) -> None:
    sides = Stances.of(question, ())
    assert sides is not None and sides.taken_by(claim(text)) == taken


@pytest.mark.parametrize(
    "question", ["Who opened the gates?", "How did the weir break?", "ماذا قال الحارس؟"]
)
def test_a_question_without_sides_has_none(question: str) -> None:
    assert Stances.of(question, ()) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who is to blame for the flood?", True),
        ("Whose fault was the flood?", True),
        ("And who caused the flood?", True),
        ("من المسؤول عن الفيضان؟", True),
        ("Why could the court not say who was guilty?", False),
        ("Who opened the gates?", False),
    ],
)
def test_whether_a_question_asks_whom_to_blame(question: str, asked: bool) -> None:
    assert asks_whom_to_blame(question) is asked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The keeper was the culprit.", True),
        ("It broke because of the rain.", True),
        ("انهار السد بسبب المطر.", True),
        ("The keeper slept.", False),
    ],
)
def test_whether_a_text_blames(text: str, told: bool) -> None:
    assert blames(text) is told


def kinds(
    add: Callable[[str, str], None], answerer: Answerer, question: str, one: str, other: str
) -> list[str]:
    """The kinds of disagreements between two articles, each of one sentence and a common second."""
    for n, (author, outlet, words) in enumerate(
        [("Ana Bell", "North Post", one), ("Omar Reed", "South Herald", other)]
    ):
        add(
            f"{n}.txt",
            POST.format(
                title=f"Letter {author}", author=author, outlet=outlet, words=f"{words} {WEIR}"
            ),
        )
    return [disagreement.kind for disagreement in answerer.answer(question).disagreements]


@pytest.mark.parametrize(
    ("question", "one", "other", "kind"),
    [
        (
            "Who is responsible for the flood at Tolling?",
            "Joss Velk was responsible for the flood at Tolling, Ana Velk said.",
            "Ivo Tamm is the culprit of the flood at Tolling, Lin Tamm said.",
            "position",
        ),
        (
            "Was the dam of Tolling welcomed in the valley?",
            "The dam of Tolling was widely welcomed in the valley.",
            "The dam of Tolling was widely condemned in the valley.",
            "position",
        ),
        (
            "Were the gates of the weir open?",
            "The gates of the weir were open that night.",
            "The gates of the weir were closed that night.",
            "position",
        ),
        (
            "How long did the siren of Tolling sound?",
            "The siren of Tolling sounded for six minutes.",
            "The siren of Tolling sounded for twenty minutes.",
            "number",
        ),
        (
            "At what hour did the weir of Tolling break?",
            "The weir of Tolling broke at 23:10.",
            "The weir of Tolling broke at ten past five.",
            "number",
        ),
        (
            "How many budgets put off the repair of the sirens?",
            "Three budgets put off the repair of the fourteen sirens.",
            "Four budgets put off the repair of the old sirens.",
            "number",
        ),
        (
            "Did Tolling win or lose the boat race?",
            "Tolling won the boat race.",
            "Tolling lost the boat race.",
            "position",
        ),
    ],
)
def test_two_accounts_of_one_thing_disagree(
    add: Callable[[str, str], None],
    answerer: Answerer,
    question: str,
    one: str,
    other: str,
    kind: str,
) -> None:
    assert kind in kinds(add, answerer, question, one, other)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How long did the siren of Tolling sound?",
            "The siren of Tolling sounded for six minutes.",
            "The siren of Tolling stood there for thirty years.",
        ),
        (
            "How long did Joss Velk speak?",
            "Joss Velk spoke for six minutes at the weir.",
            "Joss Velk lived for nine minutes in the mill.",
        ),
        (
            "Why was the road to Tolling blocked?",
            "The road to Tolling is blocked by a tree.",
            "The council must unblock the road to Tolling at once.",
        ),
        (
            "Who opened the gates of the weir?",
            "The gates of the weir were old and heavy.",
            "The gates of the weir were painted green.",
        ),
        (
            "Were the gates of the weir painted?",
            "The gates of the weir were painted green.",
            "The gates of the weir were painted by the keeper.",
        ),
        (
            "How many sirens stood in Tolling?",
            "Seven sirens stood in Tolling.",
            "Seven sirens of Tolling stood in the valley.",
        ),
    ],
)
def test_two_accounts_of_other_things_do_not(
    add: Callable[[str, str], None], answerer: Answerer, question: str, one: str, other: str
) -> None:
    assert kinds(add, answerer, question, one, other) == []
