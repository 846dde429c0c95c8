from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.answer import Answer, Event, Searched, Sentence, Turn, Viewpoint
from rag.answerer import Answerer
from rag.filters import Filters
from rag.writing.markdown import unescaped
from ui.client.local import LocalClient
from vectorstore.corpus import Corpus
from vectorstore.records import Holder, Link

NORTH = (
    "The Weir Broke at Noon\n\nBy Ana Bell\nNorth Post\n3 May 2021\n\n"
    "The weir above Tolling broke at noon. Engineers had looked at its gates a week before.\n"
)
SOUTH = (
    "It Broke in the Night\n\nSouth Herald\n9 June 2022\n\nThe weir above Tolling broke at"
    " midnight, when nobody was awake to see it. The mill was lost.\n"
)

Add = Callable[[str, str], None]


@pytest.fixture
def two_sides(add: Add) -> None:
    add("north.txt", NORTH)
    add("south.txt", SOUTH)


def test_an_answer_says_who_says_what_in_their_exact_words(
    two_sides: None, answerer: Answerer, corpus: Corpus
) -> None:
    answer = answerer.answer("When did the weir above Tolling break?")
    assert answer.status == "answered"
    assert (
        answer.text
        == "Two voices in two outlets on this, published between 3 May 2021 and 9 June 2022.\n\n"
        "**Ana Bell** (the author), in North Post, 3 May 2021\n"
        "> “The weir above Tolling broke at noon.” [1]\n\n"
        "**South Herald**, 9 June 2022\n"
        "> “The weir above Tolling broke at midnight, when nobody was awake to see it.” [2]"
    )
    assert [(c.quote, c.source, c.start, c.holder) for c in answer.citations] == [
        (
            "The weir above Tolling broke at noon.",
            "north.txt",
            NORTH.index("The weir above"),
            Holder("Ana Bell", None, "author"),
        ),
        (
            "The weir above Tolling broke at midnight, when nobody was awake to see it.",
            "south.txt",
            SOUTH.index("The weir above"),
            Holder("South Herald", None, "author"),
        ),
    ]
    bell = (
        Link("Ana Bell", "written_by", "2021-05-03"),
        Link("North Post", "published_by", "2021-05-03"),
    )
    assert answer.viewpoints[0] == Viewpoint(
        Holder("Ana Bell", None, "author"), bell, "North Post", "2021-05-03", (1,)
    )
    assert answer.sentences[0] == Sentence(
        "Two voices in two outlets on this, published between 3 May 2021 and 9 June 2022.",
        "summary",
    )
    assert [(s.kind, s.citations, s.support) for s in answer.sentences[1:]] == [
        ("summary", (1,), None),
        ("claim", (1,), 0.966),
        ("summary", (2,), None),
        ("claim", (2,), 0.966),
    ]
    assert answer.text == "".join(
        str(event.data)
        for event in answerer.stream("When did the weir break?")
        if isinstance(event, Event) and event.kind == "text"
    )
    assert answer.searched == Searched("rashomon", corpus.snapshot().version, 2, 2, Filters())


def test_the_same_question_gives_the_same_answer_but_for_timings(
    two_sides: None, answerer: Answerer
) -> None:
    first, second = answerer.answer("When did it break?"), answerer.answer("When did it break?")
    assert replace(first, timings_ms={}) == replace(second, timings_ms={})


def test_silence_is_an_answer_with_its_nearest_passages(
    two_sides: None, answerer: Answerer
) -> None:
    answer = answerer.answer("What does saffron cost at the Tolling market in winter?")
    assert answer.status == "unanswered"
    assert answer.gaps == ("The corpus does not answer this.",)
    assert answer.text.startswith(
        "The corpus does not answer this. The nearest passages, which do not answer it:\n\n"
    )
    assert answer.sentences[0].kind == "gap"
    assert 1 <= len(answer.citations) <= 3


def test_a_filter_that_matches_nothing_is_told(two_sides: None, answerer: Answerer) -> None:
    answer = answerer.answer("When did the weir break?", filters=Filters(outlets=("East Mail",)))
    assert (answer.status, answer.citations) == ("unanswered", ())
    assert answer.text == "Nothing in the corpus passes the filters, so nothing was searched."


def test_an_empty_corpus_is_told(answerer: Answerer) -> None:
    answer = answerer.answer("When did the weir break?")
    assert (answer.status, answer.text) == (
        "unanswered",
        "The corpus holds no articles yet. Ingest some, then ask again.",
    )


def test_a_follow_up_carries_the_question_before_it(two_sides: None, answerer: Answerer) -> None:
    answer = answerer.answer("And the mill?", [Turn("user", "What happened at Tolling?")])
    assert answer.understood.question == "What happened at Tolling? And the mill?"
    assert "The mill was lost." in [c.quote.split(". ")[-1] for c in answer.citations]


@pytest.mark.parametrize("hours", "eleven thirteen fifteen eighteen nineteen thirty".split())
def test_a_duration_in_any_number_word_answers_how_long(
    add: Add, answerer: Answerer, hours: str
) -> None:
    told = f"The flood at Tolling lasted {hours} hours."
    add("one.txt", SOUTH.replace("The mill was lost.", told))
    answer = answerer.answer("How long did the flood at Tolling last?")
    assert (answer.status, answer.gaps, answer.citations[0].quote) == ("answered", (), told)


def test_two_copies_of_a_sentence_are_cited_once(add: Add, answerer: Answerer) -> None:
    add("one.txt", NORTH)
    add("copy.txt", NORTH.replace("North Post", "Copy Mail"))
    answer = answerer.answer("When did the weir above Tolling break?")
    assert [c.quote for c in answer.citations].count("The weir above Tolling broke at noon.") == 1


def test_the_words_around_the_quotes_are_in_the_questions_language(
    add: Add, answerer: Answerer
) -> None:
    add(
        "sadd.txt",
        "انهيار السد\n\nبقلم: ليلى حداد\n\n٣ أيار ٢٠٢١\n\n"
        "انهار السد القديم فوق القرية عند الظهر تماماً كما توقع المهندسون.\n",
    )
    assert (
        answerer.answer("متى انهار السد القديم؟").text
        == "صوت واحد في مقال واحد حول هذا السؤال، بتاريخ 3 مايو 2021.\n\n"
        "**ليلى حداد** (الكاتب)، في *انهيار السد*، 3 مايو 2021\n"
        "> “انهار السد القديم فوق القرية عند الظهر تماماً كما توقع المهندسون.” [1]"
    )


def exact(answer: Answer, client: LocalClient) -> list[bool]:
    return [client.source_text(c.article_id)[c.start : c.end] == c.quote for c in answer.citations]


def test_every_quote_of_the_sample_is_exact_and_its_speaker_named(
    sample_client: LocalClient,
) -> None:
    answer = sample_client.answer("Who ordered the gates of the dam to be opened?")
    assert (
        answer.status == "answered"
        and len(answer.citations) >= 3
        and all(exact(answer, sample_client))
    )
    assert len({viewpoint.outlet for viewpoint in answer.viewpoints}) >= 3
    assert all(len(" ".join(c.quote.split())) <= 1000 for c in answer.citations)


def test_markup_in_a_source_is_shown_and_not_obeyed(add: Add, answerer: Answerer) -> None:
    quote = (
        "The weir *of* Tolling <script>alert(1)</script> broke [7] ![at](http://evil.example/x.png)"
        " noon.\x1b[2J"
    )
    add("sly.txt", f"The [1] Weir\n\nBy Ana Bell\n\n{quote}\n")
    answer = answerer.answer("When did the weir of Tolling break?")
    assert answer.citations[0].quote == quote
    assert re.findall(r"\[(\d+)\]", answer.text) == ["1"]
    assert (
        "\x1b" not in answer.text and "<script>" not in answer.text and "![at]" not in answer.text
    )
    assert unescaped(answer.text).endswith(
        "“The weir *of* Tolling <script>alert(1)</script> broke [7]"
        " ![at](http://evil.example/x.png) noon.[2J” [1]"
    )


def test_somebodys_own_words_are_shown_when_only_the_name_is_asked_for(
    two_sides: None, answerer: Answerer
) -> None:
    answer = answerer.answer("What does Ana Bell say?")
    assert (answer.status, {c.author for c in answer.citations}) == ("answered", {"Ana Bell"})


def test_a_holder_filter_shows_only_that_holders_words(add: Add, answerer: Answerer) -> None:
    turns = (
        "Ana Bell: The weir broke at noon.\n\nOmar Reed: The weir broke at midnight.\n\nAna Bell:"
        " No, at noon.\n"
    )
    add("talk.txt", f"A Talk at the Weir\n\nQuay Post\n\n{turns}")
    answer = answerer.answer("When did the weir break?", filters=Filters(holders=("Reed",)))
    assert [c.quote for c in answer.citations] == ["The weir broke at midnight."]


def test_unsigned_articles_without_outlet_are_voices_of_their_own(
    add: Add, answerer: Answerer
) -> None:
    add(
        "one.txt",
        "The First Account\n\nThe weir of Tolling broke at noon, and the mill was lost.\n",
    )
    add(
        "two.txt",
        "The Second Account\n\nThe weir of Tolling broke at midnight, and the mill stood.\n",
    )
    answer = answerer.answer("When did the weir of Tolling break?")
    assert [len(viewpoint.citations) for viewpoint in answer.viewpoints] == [1, 1]
    assert (
        answer.text == "Two voices in two articles on this.\n\n"
        "**Unsigned**, in *The First Account*\n"
        "> “The weir of Tolling broke at noon, and the mill was lost.” [1]\n\n"
        "**Unsigned**, in *The Second Account*\n"
        "> “The weir of Tolling broke at midnight, and the mill stood.” [2]"
    )


@pytest.mark.parametrize("question", ["what is it?", "?!", "🙂", "\ud800"])
def test_a_question_without_words_to_search_for_is_told(
    two_sides: None, answerer: Answerer, question: str
) -> None:
    answer = answerer.answer(question)
    assert (answer.status, answer.citations) == ("unanswered", ())
    assert answer.gaps == (
        "The question holds no words to search for. Name a person, a place or a thing.",
    )
