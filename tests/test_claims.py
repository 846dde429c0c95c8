from __future__ import annotations

import pytest

from rag.semantics.claims import claim, stem
from rag.semantics.quantities import WantedQuantity, common_stems, figures, in_conflict


def stems(*words: str) -> frozenset[str]:
    return frozenset(map(stem, words))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The gates were not open.", stems("open")),
        ("The gates weren't open, and the siren sounded.", stems("open")),
        ("Nobody was warned but the mill stood.", stems("warned")),
        ("He refused to open the gates.", stems("open", "gates")),
        ("The gates were open.", frozenset()),
        ("لم تنطلق الصفارة.", stems("تنطلق", "الصفاره")),
        ("نفى الحارس فتح البوابة", stems("الحارس", "فتح", "البوابه")),
    ],
)
def test_what_a_negation_reaches_is_denied(text: str, denied: frozenset[str]) -> None:
    assert claim(text).denied == denied


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        ("The gates were open.", "The gates were not open.", stems("open")),
        ("They opposed the dam.", "They supported the dam.", stems("opposed", "supported")),
        (
            "The army failed at the dam.",
            "The army succeeded at the dam.",
            stems("failed", "succeeded"),
        ),
        ("نجح الجيش", "فشل الجيش", stems("نجح", "فشل")),
        ("The gates were open.", "The gates were open at noon.", frozenset()),
        ("The gates were not open.", "Nobody saw the gates open.", frozenset()),
    ],
)
def test_two_claims_contradict_each_other_about_words(
    one: str, other: str, about: frozenset[str]
) -> None:
    assert claim(one).contradicts(claim(other)) == claim(other).contradicts(claim(one)) == about


def test_a_word_that_both_claim_is_not_turned_by_its_opposite_beside_it() -> None:
    assert claim("Some won and some lost.").contradicts(claim("They lost.")) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("37 people died.", [(37, "", stems("people", "died"))]),
        ("It cost 1.5 million dollars.", [(1_500_000, "money", stems("dollars"))]),
        ("Prices rose by 49 percent.", [(49, "share", stems("percent"))]),
        ("At least three thousand people fled.", [(3000, "", common_stems("people fled"))]),
        ("A 23-year-old left on the 15th.", []),
        ("It came at 10:30.", [(630, "hour", frozenset())]),
        ("It lasted four minutes.", [(240, "duration", common_stems("minutes"))]),
        ("It came on 17 March.", []),
        ("Thirty-seven people and one boat.", [(37, "", stems("people"))]),
        ("Nobody came.", []),
    ],
)
def test_figures_are_read_with_unit_and_what_they_count(
    text: str, expected: list[tuple[float, str, frozenset[str]]]
) -> None:
    assert [(one.value, one.unit, one.counted) for one in figures(text)] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("37 people died.", "52 people died.", True),
        ("37 people died.", "37 people died, 4 of them children.", False),
        ("37 people died.", "52 boats sank.", False),
        ("Some 37 Northern people died.", "Some 52 Southern people died.", False),
        ("In 2019 people died.", "In 2020 people died.", False),
    ],
)
def test_figures_differ_when_they_count_one_thing(one: str, other: str, expected: bool) -> None:
    wanted = WantedQuantity.of("Why did the people die?")
    assert bool(in_conflict(figures(one), figures(other), wanted, covered=1.0)) is expected


def test_where_a_question_asks_for_a_figure_one_of_the_same_unit_is_enough() -> None:
    some, others = figures("It cost 5 dollars."), figures("The price was 9 dollars.")
    assert in_conflict(some, others, WantedQuantity.of("How much did it cost?"), covered=0.0) == (
        some[0],
        others[0],
    )
    assert in_conflict(some, others, WantedQuantity.of("How many came?"), covered=1.0) is None
