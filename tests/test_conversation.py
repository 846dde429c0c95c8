"""Conversations: what is kept of them, what of them a follow-up leans on, how gradio's chatbot
shows them.
"""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape

import pytest

from rag.answer import Disagreement, Reading, Side, Turn
from rag.filters import Filters
from tests.test_render import ANSWER, CITATION
from ui.chat.messages import answer_html, asked_question, chips, copied, messages, shown_question
from ui.chat.suggestions import first_questions, next_questions
from ui.client.conversation import MOST_KEPT, Conversation, Exchange, kept_with, read_conversation
from ui.render.exports import answer_as_markdown, as_json
from ui.render.html.message import message_so_far
from ui.schemas import ArticleRow, HolderRow, to_json
from vectorstore.records import Holder

ASKED = Exchange("When did it *break*?", Filters(outlets=("North Post",)), ANSWER)
FAILED = Exchange("And why?", text="One", note="The server does not answer.")
TALK = Conversation("c1", (ASKED, FAILED))


def test_a_conversation_is_kept_and_read_again_whole() -> None:
    assert read_conversation(to_json(TALK)) == TALK
    assert read_conversation("{}") is None and read_conversation(None) is None


def test_a_follow_up_leans_on_what_was_answered_only() -> None:
    assert TALK.turns == (Turn("user", "When did it *break*?"), Turn("assistant", ANSWER.text))
    assert TALK.before(1).asking("Who?", Filters()).exchanges == (ASKED, Exchange("Who?"))
    assert TALK.with_last(note="").exchanges[-1] == replace(FAILED, note="")


def test_a_title_is_the_first_question_cut() -> None:
    assert TALK.title == "When did it *break*?" and Conversation("x").title == "New conversation"
    assert (
        Conversation("x", (Exchange("why " * 40),)).title
        == "why why why why why why why why why why why why why why why…"
    )


def test_the_newest_state_of_a_conversation_comes_first_and_the_oldest_give_way() -> None:
    others = [to_json(Conversation(f"o{n}", (ASKED,))) for n in range(MOST_KEPT + 5)]
    kept = kept_with([to_json(TALK.before(1)), "not one", *others], TALK)
    assert [json.loads(text)["id"] for text in kept] == [
        "c1",
        *(f"o{n}" for n in range(MOST_KEPT - 1)),
    ]
    assert read_conversation(kept[0]) == TALK
    assert kept_with(others[:1], Conversation("empty")) == others[:1]
    long = to_json(Conversation("long", (Exchange("x" * 1_999_000),)))
    assert [json.loads(text)["id"] for text in kept_with([long, *others[:2]], TALK)] == [
        "c1",
        "o0",
        "o1",
    ]


def test_the_chatbot_shows_each_question_as_it_was_written_and_each_answer() -> None:
    shown = messages(TALK)
    assert [one["role"] for one in shown] == ["user", "assistant", "user", "assistant"]
    assert shown[0]["content"] == "When did it \\*break\\*?"
    assert shown[3]["content"] == (
        '<p dir="ltr">One</p><p class="note" dir="auto">The server does not answer.</p>'
    )
    assert messages(Conversation("x", (Exchange("Why?"),))) == [{"role": "user", "content": "Why?"}]
    assert messages(TALK.before(1))[-1]["options"] == [{"value": "And what does Ana Bell say?"}]


def test_a_message_is_copied_with_its_sources_and_a_question_as_it_was_asked() -> None:
    assert copied(TALK, answer_html(ASKED, 0)) == answer_as_markdown(ANSWER)
    assert copied(TALK, "When did it \\*break\\*?") == "When did it *break*?"


@pytest.mark.parametrize(
    "question",
    [
        "What of R&D [sic] and C# at *Astrup*?",
        "- both",
        "2020. And then?",
        "1) who?",
        "a_b `c` <d>",
    ],
)
def test_a_question_is_shown_as_it_is_and_edited_as_it_was(question: str) -> None:
    talk = Conversation("x", (Exchange(question),))
    shown = shown_question(question)
    assert asked_question(talk, shown) == asked_question(Conversation("y"), shown) == question
    assert asked_question(talk, "Why\\?") == "Why\\?"
    html = message_so_far(shown, 0)
    assert (
        html.startswith('<p dir="ltr">')
        and unescape(html.removeprefix('<p dir="ltr">').removesuffix("</p>")) == question
    )


def test_an_answer_that_names_a_citation_it_has_not_is_not_kept() -> None:
    broken = replace(ANSWER, citations=())
    assert read_conversation(to_json(Conversation("x", (Exchange("Why?", answer=broken),)))) is None
    assert read_conversation(to_json(TALK).replace('"since":null', '"since":"soon"')) is None


def test_an_exported_conversation_has_the_citations_of_the_answers() -> None:
    told = json.loads(as_json(TALK))
    assert told["exchanges"][0]["answer"]["citations"][0]["quote"] == CITATION.quote


def test_what_was_read_and_what_is_ignored_are_chips() -> None:
    read = replace(ANSWER.understood, readings=(Reading("speaker", "Ana Bell", "narrowed"),))
    searched = replace(ANSWER.searched, filters=Filters(ignored=("outlet:North Post",)))
    answer = replace(ANSWER, understood=read, searched=searched)
    assert chips(answer) == (
        [
            ("only passages with words of Ana Bell", "speaker:Ana Bell"),
            ("North Post first", "outlet:North Post"),
        ],
        ["speaker:Ana Bell"],
    )


def test_an_answer_proposes_the_other_side_a_voice_and_an_outlet() -> None:
    second = replace(CITATION, id=2, holder=Holder("Lin Marsh", None, "person"), outlet="Quay Post")
    view = ANSWER.viewpoints[0]
    answer = replace(
        ANSWER,
        citations=(CITATION, second),
        viewpoints=(view, replace(view, holder=second.holder, outlet="Quay Post", citations=(2,))),
        disagreements=(Disagreement("when", "position", (1, 2), (Side((1,)), Side((2,)))),),
    )
    assert next_questions(answer) == (
        "And what does Lin Marsh say?",
        "And what does Ana Bell say?",
        "And according to Quay Post?",
    )
    asked = replace(answer.understood, readings=(Reading("speaker", "Lin Marsh"),), language="ar")
    assert next_questions(replace(answer, understood=asked)) == (
        "وماذا يقول Ana Bell؟",
        "ووفقاً لـQuay Post؟",
    )


def test_a_silent_corpus_proposes_the_nearest_article() -> None:
    silent = replace(ANSWER, status="unanswered")
    assert next_questions(silent) == ("Who says what in “The Weir”?",)
    assert next_questions(replace(silent, citations=(replace(CITATION, title="“Ours”"),))) == ()


def test_first_questions_are_made_of_the_corpus() -> None:
    def row(title: str, language: str, statements: int) -> ArticleRow:
        return ArticleRow(
            title, "s", 0, 9, title, language=language, passages=1, statements=statements
        )

    holders = [
        HolderRow("North Post", "media", (), (), 3, 1),
        HolderRow("Ana Bell", "person", (), (), 3, 1),
    ]
    rows = [
        row("The Mill", "en", 2),
        row("The Weir", "en", 9),
        row("“Ours”", "en", 99),
        row("السد", "ar", 1),
    ]
    assert first_questions(rows, holders) == (
        "What does Ana Bell say?",
        "Who says what in “The Weir”?",
        "Who says what in “The Mill”?",
        "من يقول ماذا في «السد»؟",
    )
    assert first_questions([], []) == ()
