from __future__ import annotations

from rag.question.expand_names import holders_named, other_spellings
from vectorstore.names.directory import NameUse, read_naming

NAMING = read_naming(
    [
        NameUse("Mara Pelinyan", "person", 3),
        NameUse("Pelinian", "person"),
        NameUse("مارا بيلينيان", "person"),
        NameUse("Anna Orlen", "person"),
        NameUse("Peter Orlen", "person"),
    ]
)


def test_a_name_in_a_question_has_the_other_spellings_of_the_corpus() -> None:
    assert other_spellings("What did Pelinian refuse?", ["Mara Pelinyan"], NAMING) == {
        "pelinian": ("pelinyan", "بيلينيان")
    }


def test_a_question_that_names_nobody_has_none() -> None:
    assert other_spellings("Who refused the offer?", [], NAMING) == {}


def test_a_filter_means_the_holder_by_any_spelling() -> None:
    assert holders_named(["Pelinian", "بيلينيان"], NAMING) == ("Mara Pelinyan",)


def test_a_surname_of_two_people_and_an_unknown_name_stay_as_they_are() -> None:
    assert holders_named(["Orlen", "Vera Stahl"], NAMING) == ("Orlen", "Vera Stahl")
