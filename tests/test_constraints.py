"""What a question asks of a corpus, what of it is shown, and what the search does with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answer import Reading
from rag.answerer import Answerer
from rag.filters import Filters
from rag.question.constraints import written_period
from rag.retrieval.results import Hit
from vectorstore.language.time.periods import FIRST_DAY, LAST_DAY, Period

NORTH = """The Weir Broke at Noon

By Ana Bell
North Post
3 May 2021

The weir above Tolling broke at noon. "The gates were never oiled," said Mara Orlen, the keeper of the lock. \
The council of Tolling met in June 2021 to speak of the gates.
"""
SOUTH = """No Warning Was Given

By Omar Reed
South Herald
9 June 2022

Nobody in the mill below the weir was warned of the gates. "The siren stayed silent," said Joss Velk, the miller.
"""
ARABIC = """انهيار السد عند الظهر

بقلم: ليلى حداد

انهار السد القديم فوق القرية عند الظهر ولم تنطلق صفارة الإنذار في الوادي كله.
"""

Add = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def articles(add: Add) -> None:
    for name, text in (("north.txt", NORTH), ("south.txt", SOUTH), ("arabic.txt", ARABIC)):
        add(name, text)


def hits(answerer: Answerer, question: str, filters: Filters = Filters()) -> tuple[Hit, ...]:
    return answerer.search(question, 5, filters).hits


def sources(answerer: Answerer, question: str, filters: Filters = Filters()) -> list[str]:
    return [hit.passage.source for hit in hits(answerer, question, filters)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("According to North Post, who oiled the gates?", [("outlet", "North Post", "narrowed")]),
        ("What does Mara Orlen say about the gates?", [("speaker", "Mara Orlen", "narrowed")]),
        ("What does Mara Orlen say about plum cake?", [("speaker", "Mara Orlen", "preferred")]),
        ("What does Gerd Hollow say about the gates?", [("speaker", "Gerd Hollow", "preferred")]),
        ("Did the weir break under Joss Velk?", [("named", "Joss Velk", "preferred")]),
        ("What was said of the gates in June 2021?", [("period", "2021-06", "preferred")]),
        (
            "What did articles published since 2022 say of the gates?",
            [("published", "2022..", "narrowed")],
        ),
        (
            "What did articles published before 1990 say of it?",
            [("published", "..1990", "preferred")],
        ),
        ('Who said "never oiled" of the gates?', [("phrase", "never oiled", "preferred")]),
        ("What do Arabic articles say of the old village?", [("language", "ar", "narrowed")]),
        ("Who warned the mill?", []),
    ],
)
def test_what_is_read_from_a_question_is_told_with_what_it_did(
    answerer: Answerer, question: str, expected: list[tuple[str, str, str]]
) -> None:
    readings = answerer.answer(question).understood.readings
    assert [(reading.kind, reading.value, reading.effect) for reading in readings] == expected


def test_according_to_an_outlet_is_that_outlet_only(answerer: Answerer) -> None:
    assert sources(answerer, "According to South Herald, was anybody warned of the gates?") == [
        "south.txt"
    ]
    assert sources(answerer, "According to the South Herald, was anybody warned of the gates?") == [
        "south.txt"
    ]


def test_what_somebody_says_is_sought_in_their_words_alone(answerer: Answerer) -> None:
    assert sources(answerer, "What does Joss Velk say about the siren?") == ["south.txt"]
    assert len(sources(answerer, "What does Joss Velk say about the council of Tolling?")) > 1


def test_a_reading_that_is_taken_away_does_not_count(answerer: Answerer) -> None:
    question = "According to North Post, what of the gates?"
    ignored = Filters(ignored=("outlet:North Post",))
    assert sources(answerer, question) == ["north.txt"]
    assert set(sources(answerer, question, ignored)) == {"north.txt", "south.txt"}
    assert answerer.answer(question, (), ignored).understood.readings == ()
    assert not ignored


def test_a_passage_of_the_time_that_is_asked_about_comes_before_others(answerer: Answerer) -> None:
    asked = "What of the gates in {}?"
    for year, source in (("2021", "north.txt"), ("2022", "south.txt")):
        first = hits(answerer, asked.format(year))[0]
        assert first.passage.source == source and "period" in [part.name for part in first.parts]


def test_a_quoted_phrase_lifts_the_passage_that_holds_it(answerer: Answerer) -> None:
    first = hits(answerer, "Was it “silent,” of the gates at the weir, or “siren stayed silent”?")[
        0
    ]
    assert first.passage.source == "south.txt" and ("phrase", 0.5) in [
        (p.name, p.value) for p in first.parts
    ]


def test_the_parts_of_a_score_add_up_to_it(answerer: Answerer) -> None:
    for hit in hits(answerer, "What does Mara Orlen say of the gates in June 2021?"):
        assert hit.score == pytest.approx(sum(part.value for part in hit.parts), abs=1e-5)


def test_a_time_of_which_nothing_is_told_speaks_against_an_answer(answerer: Answerer) -> None:
    told, untold = (
        answerer.search(f"What did the council of Tolling say of the gates in June {y}?")
        for y in (2021, 2035)
    )
    assert told.evidence is not None and untold.evidence is not None
    assert (told.evidence.undated, untold.evidence.undated) == (0.0, 1.0)
    assert untold.answerable < told.answerable


def test_a_figure_that_nobody_names_speaks_against_an_answer(answerer: Answerer) -> None:
    evidence = answerer.search("How many sirens stayed silent?").evidence
    assert evidence is not None and evidence.unfigured > 0.3
    without = answerer.search("Which siren stayed silent?").evidence
    assert without is not None and without.unfigured == 0.0


def test_words_of_somebody_who_says_nothing_here_speak_against_an_answer(
    answerer: Answerer,
) -> None:
    evidence = answerer.search("What does Gerd Hollow say about the gates?").evidence
    assert evidence is not None and evidence.unknown == 1.0


def test_a_follow_up_to_a_follow_up_keeps_the_first_topic(answerer: Answerer) -> None:
    from rag.answer import Turn

    history = [Turn("user", "What does Joss Velk say?"), Turn("user", "And of the siren?")]
    understood = answerer.answer("And then?", history).understood
    assert understood.question == "What does Joss Velk say? And of the siren? And then?"
    assert understood.readings[0] == Reading("context", understood.question)


def test_a_quote_in_the_other_language_has_a_gloss(answerer: Answerer) -> None:
    answer = answerer.answer("متى انهار السد فوق القرية؟", (), Filters(languages=("ar",)))
    assert {citation.gloss for citation in answer.citations} == {None}
    across = answerer.answer(
        "When did the old dam above the village collapse?", (), Filters(languages=("ar",))
    )
    gloss = across.citations[0].gloss
    assert (
        gloss is not None
        and "old above village" in gloss
        and f"*Word for word, no translation: {gloss}*" in across.text.replace("\\", "")
    )


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2023-03-01", "2023-07-31", "2023-03..2023-07"),
        ("2019-01-01", "2021-12-31", "2019..2021"),
        ("2020-11-10", "2020-11-10", "2020-11-10"),
        ("2020-11-09", "2020-11-10", "2020-11-09..2020-11-10"),
        ("2022-01-01", LAST_DAY, "2022.."),
        ("2022-03-01", LAST_DAY, "2022-03.."),
        (FIRST_DAY, "1990-12-31", "..1990"),
        (FIRST_DAY, "1990-05-14", "..1990-05-14"),
    ],
)
def test_a_period_is_written_as_short_as_it_may_be(first: str, last: str, expected: str) -> None:
    assert written_period(Period(first, last)) == expected
