from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answerer import Answerer
from rag.filters import Filters
from rag.retrieval.filters import allowed
from rag.retrieval.index import Index
from rag.retrieval.weights import SearchWeights
from vectorstore.errors import FilterError
from vectorstore.records import Article, Passage
from vectorstore.storage.snapshot import Snapshot

NORTH = """The Weir Broke at Noon

By Ana Bell
North Post
3 May 2021

The weir above Tolling broke at noon, engineers said after they had looked at the gates.
"""
SOUTH = """No Warning Was Given

By Omar Reed
South Herald
9 June 2022

Nobody in the mill below the weir was warned, and the siren stayed silent all day long.
"""
ARABIC = """انهيار السد عند الظهر

بقلم: ليلى حداد

انهار السد القديم فوق القرية عند الظهر ولم تنطلق صفارة الإنذار في الوادي كله.
"""

Add = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def three_articles(add: Add) -> None:
    for name, text in (("north.txt", NORTH), ("south.txt", SOUTH), ("arabic.txt", ARABIC)):
        add(name, text)


def sources(answerer: Answerer, question: str, filters: Filters = Filters()) -> list[str]:
    return [hit.passage.source for hit in answerer.search(question, 3, filters).hits]


def test_the_passage_that_shares_the_rarer_words_is_first(answerer: Answerer) -> None:
    assert sources(answerer, "Was the mill warned by a siren?")[0] == "south.txt"
    assert sources(answerer, "Which engineers looked at the gates?")[0] == "north.txt"


def test_an_arabic_question_finds_the_arabic_passage_without_the_embedder(
    answerer: Answerer,
) -> None:
    assert sources(answerer, "متى انهارت السدود؟") == ["arabic.txt"]


def test_outlet_and_author_find_their_article_by_name(answerer: Answerer) -> None:
    assert sources(answerer, "What does Omar Reed say?")[0] == "south.txt"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(outlets=("north post",)), ["north.txt"]),
        (Filters(authors=("Reed",)), ["south.txt"]),
        (Filters(holders=("Ana Bell",)), ["north.txt"]),
        (Filters(since="2022"), ["south.txt"]),
        (Filters(until="2021-05"), ["north.txt"]),
        (Filters(since="2021-05-03", until="2021-05-03"), ["north.txt"]),
        (Filters(languages=("ar",)), []),
        (Filters(outlets=("North Post", "South Herald")), ["north.txt", "south.txt"]),
        (Filters(outlets=("East Mail",)), []),
        (Filters(outlets=("North Post",), authors=("Reed",)), []),
    ],
)
def test_filters_narrow_and_fail_closed(
    answerer: Answerer, filters: Filters, expected: list[str]
) -> None:
    assert sorted(sources(answerer, "weir", filters)) == expected


def test_an_article_without_a_date_passes_no_date_filter() -> None:
    passage = Passage("a-p0", "a", "a.txt", 0, 9, "The weir.", "en", ())
    index = Index(
        Snapshot("v", (Article("a", "a.txt", 0, 9, "Undated"),), (passage,)), SearchWeights().fields
    )
    told = [
        allowed(index, filters, ()).tolist()
        for filters in (Filters(), Filters(since="1900"), Filters(until="2100"))
    ]
    assert told == [[True], [False], [False]]


@pytest.mark.parametrize("day", ["yesterday", "2021-13", "2021-02-30", "21", ""])
def test_a_filter_that_is_no_date_is_refused(day: str) -> None:
    with pytest.raises(FilterError, match=r"is no date\. Write it as YYYY, YYYY-MM or YYYY-MM-DD"):
        Filters(since=day)


@pytest.mark.parametrize(
    ("since", "until"), [("2021", "2020"), ("2021-03-02", "2021-03-01"), ("2021-03", "2021-02-28")]
)
def test_a_filter_through_which_no_day_passes_is_refused(since: str, until: str) -> None:
    with pytest.raises(FilterError, match=f"No day is since {since} and until {until}"):
        Filters(since=since, until=until)
    assert Filters(since=until, until=since)


def test_a_day_is_inside_of_its_year() -> None:
    assert Filters(since="2021-03-02", until="2021") and Filters(since="2021", until="2021-01-01")


def test_what_was_searched_is_counted_inside_the_filters(answerer: Answerer) -> None:
    everything, one = (
        answerer.search("weir", 3),
        answerer.search("weir", 3, Filters(outlets=("North Post",))),
    )
    assert (everything.searched_articles, everything.searched_passages) == (3, 3)
    assert (one.searched_articles, one.searched_passages) == (1, 1)


def test_an_article_added_later_is_found_at_once(answerer: Answerer, add: Add) -> None:
    assert "late.txt" not in sources(answerer, "Where is the lighthouse keeper?")
    add(
        "late.txt",
        "The Keeper\n\nThe lighthouse keeper of Sorrel Point lives alone with a telescope and two"
        " old dogs.\n",
    )
    assert sources(answerer, "Where is the lighthouse keeper?")[0] == "late.txt"


def test_the_corpus_seems_to_answer_what_it_covers_and_not_what_it_does_not(
    answerer: Answerer,
) -> None:
    covered = answerer.search("Who was warned at the mill below the weir?", 3).answerable
    foreign = answerer.search("What does a kilo of saffron cost in winter?", 3).answerable
    assert foreign < 0.3 < 0.7 < covered


def test_a_filter_given_as_one_string_is_refused_and_not_read_letter_by_letter() -> None:
    with pytest.raises(FilterError, match="The filter `outlets` takes a list of names"):
        Filters(outlets="North Post")  # type: ignore[arg-type]
