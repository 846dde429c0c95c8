from __future__ import annotations

import pytest

from rag.retrieval.diversify import RankedPlace, spread
from rag.retrieval.results import Hit, Part
from rag.retrieval.weights import SearchWeights
from vectorstore.records import Article, Holder, Passage, Statement

RECIPE = SearchWeights(outlet_again=0.2, holder_again=0.1)


def hit(id: str, score: float, outlet: str | None, speaker: str | None = None) -> Hit:
    article = Article(f"a-{id}", f"{id}.txt", 0, 9, f"Title of {id}", outlet=outlet)
    told = Statement(
        f"{id}-s", article.id, article.source, 0, 9, Holder(speaker, None, "person"), "turn", ()
    )
    return Hit(
        Passage(id, article.id, article.source, 0, 9, "It broke.", "en", (told,)), article, score
    )


def test_an_outlet_that_is_there_already_gives_way_to_another() -> None:
    hits = [
        hit("n1", 1.0, "North"),
        hit("n2", 0.9, "North"),
        hit("s1", 0.8, "South"),
        hit("n3", 0.3, "North"),
    ]
    found = spread(hits, 4, RECIPE)
    assert [(one.passage.id, one.score) for one in found] == [
        ("n1", 1.0),
        ("s1", 0.8),
        ("n2", pytest.approx(0.7)),
        ("n3", pytest.approx(-0.1)),
    ]
    assert found[2].parts == (Part("outlet again", -0.2),)


def test_a_third_time_weighs_no_more_than_a_second() -> None:
    found = spread([hit(f"n{n}", 2.0 - n / 100, "North") for n in range(5)], 5, RECIPE)
    assert [part.value for one in found for part in one.parts] == pytest.approx(
        [-0.2, -0.4, -0.4, -0.4]
    )


def test_a_speaker_that_is_there_already_weighs_less_in_another_outlet_too() -> None:
    hits = [
        hit("n", 1.0, "North", "Ana Bell"),
        hit("s", 0.9, "South", "Ana Bell"),
        hit("e", 0.85, "East", "Omar Reed"),
    ]
    assert [one.passage.id for one in spread(hits, 3, RECIPE)] == ["n", "e", "s"]


def test_articles_without_an_outlet_are_none_together() -> None:
    assert [one.parts for one in spread([hit("a", 1.0, None), hit("b", 0.9, None)], 2, RECIPE)] == [
        (),
        (),
    ]


def test_whoever_has_a_slot_is_there_even_when_last() -> None:
    hits = [hit("n1", 1.0, "North"), hit("n2", 0.9, "North"), hit("s1", 0.1, "South")]
    slots = [RankedPlace("South", frozenset({"s1"})), RankedPlace("Nobody", frozenset({"x"}))]
    assert [one.passage.id for one in spread(hits, 2, RECIPE, slots)] == ["n1", "s1"]
    assert [one.passage.id for one in spread(hits, 2, RECIPE)] == ["n1", "n2"]


def test_no_hits_are_spread_to_none() -> None:
    assert spread([], 5, RECIPE, [RankedPlace("South", frozenset({"s1"}))]) == ()
