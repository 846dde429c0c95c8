from __future__ import annotations

from dataclasses import replace

from tests.test_voices_view import ARTICLE, GUARD, REED, ROOT, STATEMENTS, statement
from ui.render.terminal.explain import why
from ui.schemas import CorrectionRow, StatementRow
from vectorstore.records import Holder


def sentences(asked: StatementRow, *own: StatementRow) -> tuple[str, ...]:
    return why(asked, ARTICLE, own or STATEMENTS).sentences


def test_a_statement_says_why_it_is_whose_it_is() -> None:
    asked = replace(REED, confidence=0.9, holder=replace(REED.holder, role="miller"))
    assert sentences(asked) == (
        "a1-s1 stands in “The Weir” (weir.txt:44-66).",
        "Words: “nobody had been warned”",
        "Holder: Omar Reed, a person, miller.",
        (
            "“Omar Reed” is the subject of “said”, and the words follow with that. The rule is"
            " subject-that."
        ),
        "Omar Reed denies this.",
        "The confidence is 0.90 of 1.",
        "The words stand inside a1-s0, the words of Ana Bell.",
        "How the words came: Omar Reed, quoted by Ana Bell, in North Post, 2021-05-03.",
        'To overrule this: rashomon correct a1-s1 --holder "NAME", or --author, or --unnamed.',
    )


def test_the_authors_own_words_cannot_be_given_to_the_author() -> None:
    assert sentences(ROOT)[2:] == (
        "Holder: Ana Bell, the author.",
        (
            "No rule found anybody else behind these words, so they are the author's. The rule is"
            " author."
        ),
        "The confidence is 1.00 of 1.",
        "How the words came: Ana Bell, in North Post, 2021-05-03.",
        'To overrule this: rashomon correct a1-s0 --holder "NAME", or --unnamed.',
    )


def test_how_the_holder_was_found_is_told() -> None:
    he = statement(
        3, "The town slept", Holder("Omar Reed", "a guard", "person"), resolved="pronoun"
    )
    assert "“a guard” was read as Omar Reed, who spoke last before." in sentences(
        he, ROOT, REED, he
    )
    assert "“a guard” was read as Omar Reed, whom the text named before." in sentences(he, ROOT, he)
    assert "“a guard” is no name, and nothing near gives it one." in sentences(
        replace(GUARD, resolved="noun")
    )
    assert "For whom “a guard” stands is not clear, so the holder has no name." in sentences(
        replace(GUARD, resolved="unclear")
    )
    assert "“Reed” was read as Omar Reed." in sentences(
        replace(REED, holder=replace(REED.holder, mention="Reed"))
    )
    assert (
        "Nobody is named in this place: the words before it are those of Omar Reed."
        in sentences(replace(REED, resolved="before", rule="quotation-goes-on"))
    )


def test_what_is_not_simply_stated_says_so() -> None:
    assert "Ana Bell, the author, imputes this to a guard." in sentences(
        replace(GUARD, modality="imputed")
    )
    assert "Omar Reed imputes this to a guard." in sentences(
        replace(GUARD, modality="imputed", parent_id="a1-s1"), ROOT, REED
    )
    assert "The words are alleged, not stated." in sentences(replace(GUARD, modality="alleged"))
    assert "a guard leaves this open, and does not say that it is so." in sentences(
        replace(GUARD, modality="hypothetical")
    )


def test_quotation_marks_stand_only_around_the_articles_own_words() -> None:
    hearsay = replace(
        GUARD, holder=Holder(None, None, "unnamed"), rule="it-is-said", cue="it is believed"
    )
    assert sentences(hearsay)[2:4] == (
        "Holder: somebody unnamed.",
        (
            "The words are told as hearsay, without saying whose they are: it is believed. The rule"
            " is it-is-said."
        ),
    )


def test_what_a_person_corrected_can_be_taken_back() -> None:
    row = CorrectionRow(
        "c", "a1-s1", "a1", "The Weir", REED.text, 44, "person", "Omar Reed", "2024-06-01", True
    )
    told = why(
        replace(REED, rule="correction", resolved="person"), ARTICLE, STATEMENTS, row
    ).sentences
    assert (
        told[3]
        == "A person said whose words these are; that beats every rule. The rule is correction."
    )
    assert (
        told[-1]
        == "A person corrected this on 2024-06-01. To take that back: rashomon correct --withdraw"
        " a1-s1"
    )


def test_only_the_beginning_of_long_words_is_told() -> None:
    long = replace(REED, text="water " * 100)
    assert sentences(long)[1] == f"Words, from their beginning: “{('water ' * 50)}” ..."
