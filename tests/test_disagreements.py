"""Disagreements, premises and gaps, on articles that contradict one another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answer import Answer
from rag.answerer import Answerer

NORTH = """The Weir Broke at Noon

By Ana Bell
North Post
3 May 2021

The flood at the weir of Tolling killed 37 people in the valley. The gates of the weir were open that night. \
The council of Tolling supported the dam at the weir.
"""
SOUTH = """No Warning Was Given

By Omar Reed
South Herald
9 June 2022

The flood at the weir of Tolling killed 52 people in the valley. The gates of the weir were not open that night. \
The council of Tolling opposed the dam at the weir.
"""

POST = """{title}

By {author}
East Mail
3 May 2021

{words} The water ran down to the village and stood there for days.
"""

Add = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def articles(add: Add) -> None:
    add("north.txt", NORTH)
    add("south.txt", SOUTH)


def sides(answer: Answer) -> list[tuple[str, str, list[str]]]:
    """Each disagreement: its kind, what it is about, and who is on its sides."""
    holder = {citation.id: citation.holder.name or "" for citation in answer.citations}
    return [
        (one.kind, one.about, [holder[number] for number in one.citations])
        for one in answer.disagreements
    ]


def test_other_figures_for_one_thing_are_a_disagreement(answerer: Answerer) -> None:
    question = "How many people did the flood at the weir of Tolling kill"
    answer = answerer.answer(f"{question}?")
    assert sides(answer)[0] == ("number", question, ["Omar Reed", "Ana Bell"])
    (told,) = [
        s for s in answer.sentences if s.text.startswith(f"They disagree about “{question}”")
    ]
    assert (told.kind, told.citations) == ("summary", answer.disagreements[0].citations)
    assert told.text.endswith(": 52: Omar Reed [1]; 37: Ana Bell [3].")
    assert answer.status == "answered"


def test_what_a_question_does_not_ask_for_is_counted_too(answerer: Answerer, add: Add) -> None:
    add(
        "east.txt",
        POST.format(
            title="The Gates Stood Open",
            author="Lin Marsh",
            words="All six gates of the weir stood open.",
        ),
    )
    add(
        "west.txt",
        POST.format(
            title="Four Were Opened",
            author="Sela Rowe",
            words="Four gates of the weir were opened.",
        ),
    )
    found = sides(answerer.answer("Who opened the gates of the weir?"))
    assert [(kind, about, sorted(holders)) for kind, about, holders in found][:1] == [
        ("number", "gates", ["Lin Marsh", "Sela Rowe"])
    ]


def test_who_somebody_is_is_nothing_to_disagree_about(answerer: Answerer, add: Add) -> None:
    for n, (author, words) in enumerate(
        [
            ("Lin Marsh", "Joss Velk met Ivo Tamm at the weir. Ivo Tamm said that it held."),
            ("Sela Rowe", "Joss Velk praised Edda Korn at the weir. Edda Korn said that it broke."),
        ]
    ):
        add(f"{n}.txt", POST.format(title=f"Joss Velk {n}", author=author, words=words))
    assert sides(answerer.answer("Who is Joss Velk?")) == []


def test_one_denies_what_another_claims(answerer: Answerer) -> None:
    answer = answerer.answer("Were the gates of the weir open that night?")
    kind, _, holders = sides(answer)[0]
    assert (kind, sorted(holders)) == ("position", ["Ana Bell", "Omar Reed"])
    assert ": on one side Ana Bell [1]; on the other Omar Reed [2]." in answer.text


def test_one_claims_the_opposite_of_another(answerer: Answerer) -> None:
    answer = answerer.answer("council of Tolling, supported or opposed, the dam at the weir")
    assert ["Ana Bell", "Omar Reed"] in [sorted(holders) for _, _, holders in sides(answer)]


def test_the_words_of_one_holder_are_no_disagreement(answerer: Answerer) -> None:
    assert (
        answerer.answer(
            "According to North Post, how many people did the flood kill?"
        ).disagreements
        == ()
    )


def test_two_who_say_the_same_do_not_disagree(answerer: Answerer, add: Add) -> None:
    add(
        "east.txt",
        NORTH.replace("Ana Bell", "Lin Marsh")
        .replace("North Post", "East Mail")
        .replace("37", "thirty-seven"),
    )
    answer = answerer.answer("Did the council of Tolling speak in the valley?")
    assert answer.disagreements == ()


def test_a_premise_that_is_denied_is_met_with_the_denial_first(answerer: Answerer) -> None:
    answer = answerer.answer("Why were the gates of the weir closed that night?")
    assert answer.status == "partial"
    assert answer.citations[0].quote == "The gates of the weir were open that night."
    assert (
        answer.sentences[1].text
        == "The question takes for granted what [1] denies or says otherwise."
    )


def test_a_premise_that_holds_is_no_matter(answerer: Answerer) -> None:
    answer = answerer.answer("Why did the flood at the weir of Tolling kill people in the valley?")
    assert answer.status == "answered" and "takes for granted" not in answer.text


@pytest.mark.parametrize(
    "words",
    [
        "Had the mill of Tolling not burned, the miller would be rich.",
        "The miller would be rich if the mill of Tolling had not burned.",
    ],
)
def test_what_is_only_supposed_denies_nothing(answerer: Answerer, add: Add, words: str) -> None:
    add("mill.txt", POST.format(title="The Mill", author="Ed Stone", words=words))
    add(
        "fire.txt",
        POST.format(
            title="The Fire", author="Lin Marsh", words="The mill of Tolling burned at noon."
        ),
    )
    answer = answerer.answer("When did the mill of Tolling burn?")
    assert answer.status == "answered" and "takes for granted" not in answer.text


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        (
            "What does Gerd Hollow say about the gates of the weir?",
            "No words of Gerd Hollow are in the corpus.",
        ),
        (
            "What did the council of Tolling say of the weir in 2035?",
            "Nothing that was found is of 2035.",
        ),
        (
            "When did the council of Tolling oppose the dam at the weir?",
            "When it was, was not found.",
        ),
        ("What share of the council of Tolling opposed the dam?", "No figure for it was found."),
        (
            "What do Armenian sources say about the gates of the weir?",
            "No source in Armenian speaks of this.",
        ),
        (
            "What do Turkish-language articles say about the gates?",
            "No source in Turkish speaks of this.",
        ),
        (
            "What did articles of 2035 say about the gates?",
            "Nothing published in 2035 speaks of this.",
        ),
    ],
)
def test_what_is_asked_for_and_not_there_is_a_gap(
    answerer: Answerer, question: str, gap: str
) -> None:
    answer = answerer.answer(question)
    assert answer.status in ("partial", "unanswered")
    assert gap in " ".join(answer.gaps) and gap in answer.text.replace("\\", "")
