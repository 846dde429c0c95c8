from __future__ import annotations

import pytest

from ingest.attribution.turns import SpeakerTurn, is_transcript, read_turns
from vectorstore.language.sentences import paragraphs

BRIEFING = """\
The following is a transcript.

Hella Mornay, Harbour Master: Good morning. We have 🐟.

We have two boats.

Question: How many?

Mornay: Two boats.

Tam Ruick (The Quay Post): And the ferry?

Harbour Master Hella Mornay: (laughs) Two boats.
"""


def turns(text: str) -> list[tuple[str, str, str | None]]:
    """The words, the label and the name of each turn."""
    return [(text[t.start : t.end], t.mention, t.name) for t in read_turns(text, [(0, len(text))])]


def speaks(text: str) -> bool:
    return is_transcript([text[start:end] for start, end in paragraphs(text)])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_turn_holds_all_its_paragraphs_and_short_labels_stand_for_the_full_name(
    newline: str,
) -> None:
    text = BRIEFING.replace("\n", newline)
    assert turns(text) == [
        (
            f"Good morning. We have 🐟.{newline}{newline}We have two boats.",
            "Hella Mornay, Harbour Master",
            "Hella Mornay",
        ),
        ("How many?", "Question", None),
        ("Two boats.", "Mornay", "Hella Mornay"),
        ("And the ferry?", "Tam Ruick (The Quay Post)", "Tam Ruick"),
        ("Two boats.", "Harbour Master Hella Mornay", "Hella Mornay"),
    ]


def test_words_said_twice_are_two_turns_at_two_places() -> None:
    text = "Hella Mornay: Two boats.\n\nTam Ruick: Two boats.\n"
    assert read_turns(text, [(0, len(text))]) == [
        SpeakerTurn(14, 24, "Hella Mornay", "Hella Mornay"),
        SpeakerTurn(37, 47, "Tam Ruick", "Tam Ruick"),
    ]


def test_the_turns_of_an_arabic_transcript_belong_to_their_speakers() -> None:
    text = "سلمى الرماني: صباح الخير.\n\nلدينا سفينتان.\n\nسؤال: كم عددها؟\n\nالرماني: اثنتان.\n"
    assert turns(text) == [
        ("صباح الخير.\n\nلدينا سفينتان.", "سلمى الرماني", "سلمى الرماني"),
        ("كم عددها؟", "سؤال", None),
        ("اثنتان.", "الرماني", "سلمى الرماني"),
    ]


def test_a_bidi_mark_before_a_label_does_not_hide_it() -> None:
    text = "\u200fسلمى الرماني: صباح الخير.\n\n\u200fسالم النوري: نعم.\n"
    assert [(words, name) for words, _, name in turns(text)] == [
        ("صباح الخير.", "سلمى الرماني"),
        ("نعم.", "سالم النوري"),
    ]


@pytest.mark.parametrize("label", ["**Hella Mornay:**", "**Hella Mornay**:"])
def test_a_label_may_be_bold(label: str) -> None:
    assert turns(f"{label} Two boats.\n") == [("Two boats.", "Hella Mornay", "Hella Mornay")]


def test_a_label_may_stand_on_a_line_of_its_own() -> None:
    text = "Hella Mornay:\nGood morning.\n\nTam Ruick:\nHow many boats?\n"
    assert turns(text) == [
        ("Good morning.", "Hella Mornay", "Hella Mornay"),
        ("How many boats?", "Tam Ruick", "Tam Ruick"),
    ]


def test_questions_and_answers_marked_q_and_a_are_turns_of_nobody_in_particular() -> None:
    assert turns("Q: How many boats?\n\nA: Two.\n") == [
        ("How many boats?", "Q", None),
        ("Two.", "A", None),
    ]


@pytest.mark.parametrize(
    "label", ["Question", "QUESTION", "Moderator", "Journalist", "سؤال", "صحفي"]
)
def test_a_role_that_anybody_may_have_is_no_name(label: str) -> None:
    assert turns(f"{label}: Two?\n") == [("Two?", label, None)]


@pytest.mark.parametrize(
    "name", ["Nadim al-Rasif", "Anneke van Brume", "Jean d’Orval", "Mara O’Dell-Ruick"]
)
def test_a_name_with_a_small_particle_is_a_label_too(name: str) -> None:
    text = f"Hella Mornay: Two boats.\n\n{name}: Three.\n"
    assert turns(text) == [("Two boats.", "Hella Mornay", "Hella Mornay"), ("Three.", name, name)]


@pytest.mark.parametrize("label", ["Dr. Ruick", "Mr. Ruick", "T. Ruick"])
def test_a_label_with_an_abbreviation_takes_its_words_from_the_speaker_before(label: str) -> None:
    text = f"Hella Mornay: Two boats.\n\n{label}: Three.\n"
    assert [(words, mention) for words, mention, _ in turns(text)] == [
        ("Two boats.", "Hella Mornay"),
        ("Three.", label),
    ]


def test_a_title_before_a_surname_does_not_take_the_place_of_the_full_name() -> None:
    text = "Tam Ruick: One.\n\nMr Ruick: Two.\n"
    assert [(words, name) for words, _, name in turns(text)] == [
        ("One.", "Tam Ruick"),
        ("Two.", "Tam Ruick"),
    ]


def test_a_surname_that_two_speakers_share_is_left_as_it_is() -> None:
    text = "Hella Mornay: One.\n\nPell Mornay: Two.\n\nMornay: Three.\n"
    assert [name for _, _, name in turns(text)] == ["Hella Mornay", "Pell Mornay", "Mornay"]


def test_a_title_before_a_full_name_is_left_out_where_that_name_is_a_label_too() -> None:
    text = "Minister of Works Hella Mornay: One.\n\nMornay: Two.\n\nHella Mornay: Three.\n"
    assert [name for _, _, name in turns(text)] == ["Hella Mornay"] * 3


def test_words_to_somebody_that_go_on_in_lower_case_are_no_label() -> None:
    words = "One.\n\nMinister, a question for you: do you sail?"
    assert turns(f"Hella Mornay: {words}\n") == [(words, "Hella Mornay", "Hella Mornay")]


@pytest.mark.parametrize(
    ("label", "translated"), [("Hella Mornay (retranslated)", True), ("Hella Mornay", False)]
)
def test_a_label_may_say_that_the_words_are_translated(label: str, translated: bool) -> None:
    (turn,) = read_turns(f"{label}: Two boats.\n", [(0, len(label) + 13)])
    assert (turn.name, turn.translated) == ("Hella Mornay", translated)


def test_a_colon_in_a_sentence_or_a_time_does_not_open_a_turn() -> None:
    words = (
        "She said: yes.\n\nThe result was this: two.\n\nAt 12:30 we left.\n\nhttps://quay.example"
        " is down."
    )
    assert turns(f"Hella Mornay: {words}\n") == [(words, "Hella Mornay", "Hella Mornay")]


def test_a_text_without_labels_has_no_turns() -> None:
    text = "The ferry lay at its berth.\n\nNobody rang the bell.\n"
    assert read_turns(text, [(0, len(text))]) == []
    assert read_turns(text, []) == []


def test_turns_are_read_inside_the_body_only() -> None:
    text = "Hella Mornay: One.\n\nTam Ruick: Two.\n\nHella Mornay: Three.\n"
    start, end = text.index("Tam"), text.index("\n\nHella")
    assert [(text[t.start : t.end], t.name) for t in read_turns(text, [(start, end)])] == [
        ("Two.", "Tam Ruick")
    ]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Hella Mornay: One.\n\nTam Ruick: Two.\n\nHella Mornay: Three.\n", True),
        ("سلمى الرماني: نعم.\n\nسالم النوري: لا.\n\nسلمى الرماني: ربما.\n", True),
        ("Q: One?\n\nA: Two.\n\nQ: Three?\n\nA: Four.\n", True),
        ("**Hella Mornay:** One.\n\n**Tam Ruick:** Two.\n\n**Hella Mornay:** Three.\n", True),
        ("Hella Mornay: One.\n\nHella Mornay: Two.\n", False),
        ("Eels: two crowns.\n\nLamps: nine crowns.\n\nRope: a crown.\n", False),
        ("The ferry left.\n\nNobody rang the bell.\n", False),
        ("", False),
    ],
)
def test_a_transcript_has_three_labels_of_which_one_comes_back(text: str, is_one: bool) -> None:
    assert speaks(text) is is_one
