"""An answer in the forms in which people read it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rag.answer import (
    Answer,
    Citation,
    Disagreement,
    Reading,
    Searched,
    Sentence,
    Side,
    Understood,
    Viewpoint,
)
from rag.filters import Filters
from rag.writing.provenance import chain_in_words
from ui.client.conversation import Conversation, Exchange
from ui.client.open_article import OpenArticle, stretches
from ui.render.exports import answer_as_markdown, as_markdown
from ui.render.html.evidence import nothing_yet, who_says_what
from ui.render.html.message import message, message_so_far, note
from ui.render.html.sources import sources
from ui.render.html.timeline import Dated, Dot, Timeline, TimelineRow, answer_timeline, timeline
from ui.render.terminal.answer import (
    filters_in_words,
    searched_line,
    terminal_answer,
    understood_line,
)
from vectorstore.errors import NotFound
from vectorstore.records import Article, Holder, Link, Statement

TEXT = (
    "The Weir\n\nIt rained & rained.\n\nThe weir <broke> at noon. Nobody was warned.\n\nRead more"
    " here.\n"
)
QUOTE = "The weir <broke> at noon."
CHAIN = (
    Link("Ana Bell", "said"),
    Link("Omar Reed", "written_by", "2021-05-03"),
    Link("North Post", "published_by", "2021-05-03"),
    Link("Lin Marsh", "translated_by"),
)
START = TEXT.index(QUOTE)
CITATION = Citation(
    1, "a1", "weir.txt", START, START + len(QUOTE), QUOTE,
    "The Weir", "Omar Reed", "North Post", "2021-05-03", None, "en",
    Holder("Ana Bell", "Ana Bell", "person", "keeper"), CHAIN, "turn",
)  # fmt: skip
ANSWER = Answer(
    id="x",
    question="When?",
    understood=Understood("When?", "en"),
    status="answered",
    text="One voice.\n\n**Ana Bell**\n> “The weir \\<broke\\> at noon.” [1]",
    sentences=(Sentence("One voice.", "summary"),),
    viewpoints=(Viewpoint(CITATION.holder, CHAIN, "North Post", "2021-05-03", (1,)),),
    disagreements=(),
    gaps=(),
    citations=(CITATION,),
    searched=Searched("rashomon", "v1", 3, 1200, Filters()),
    writer="extractive",
)
BODY = (TEXT.index("It rained"), TEXT.index("\n\nRead more"))
WEIR = Article(
    "a1",
    "weir.txt",
    0,
    len(TEXT),
    "The Weir",
    author="Omar Reed",
    outlet="North Post",
    body=(BODY,),
)
OPEN = OpenArticle(
    WEIR,
    TEXT,
    (
        Statement(
            "a1-s0", "a1", "weir.txt", *BODY, Holder("Omar Reed", None, "author"), "author", ()
        ),
        Statement(
            "a1-s1", "a1", "weir.txt", CITATION.start, CITATION.end, CITATION.holder, "direct", ()
        ),
    ),
)


def other(number: int, **changes: object) -> Citation:
    return replace(CITATION, id=number, **changes)  # type: ignore[arg-type]


def shown_words(html: str, number: int) -> str:
    """The text of everything that is marked as one citation's."""
    marks = re.findall(
        rf'<mark class="[^"]*" data-citation="(?:\d+ )*{number}(?: \d+)*"[^>]*>(.*?)</mark>',
        html,
        re.S,
    )
    return "".join(marks).replace("&lt;", "<").replace("&gt;", ">")


def test_what_was_understood_is_told_in_words() -> None:
    read = (
        Reading("outlet", "North Post", "narrowed"),
        Reading("period", "2021-05"),
        Reading("speaker", "Ana Bell"),
    )
    assert (
        understood_line(read)
        == "Understood: only North Post · in 2021-05 · passages with words of Ana Bell first"
    )
    assert understood_line(()) == ""


def test_a_chain_is_said_in_words_with_its_date() -> None:
    assert (
        chain_in_words(CHAIN)
        == "Ana Bell, quoted by Omar Reed, in North Post, translated by Lin Marsh, 2021-05-03"
    )
    assert chain_in_words(()) == ""


def test_a_terminal_shows_the_text_and_then_each_source() -> None:
    assert (
        terminal_answer(ANSWER)
        == "One voice.\n\n**Ana Bell**\n> “The weir <broke> at noon.” [1]\n\n[1] Ana Bell, quoted"
        " by Omar Reed, in North Post, translated by Lin Marsh, 2021-05-03 · The Weir ·"
        " weir.txt:31-56"
    )


def test_what_was_searched_and_to_what_it_was_narrowed_is_told() -> None:
    assert (
        searched_line(ANSWER)
        == "Answered · 1 quote · searched 1,200 passages of 3 articles · writer: extractive"
    )
    narrowed = Filters(
        outlets=("North Post", "Quay Post"), languages=("en",), since="2020", until="2021-05"
    )
    assert (
        filters_in_words(narrowed) == "only North Post or Quay Post, en, since 2020, until 2021-05"
    )
    assert filters_in_words(Filters(until="2021")) == "until 2021"


def test_a_message_opens_each_marker_and_shows_tags_as_text() -> None:
    assert (
        message(ANSWER, 2)
        == '<p dir="ltr">One voice.</p>\n<p dir="ltr"><strong>Ana Bell</strong></p>\n<blockquote'
        ' dir="auto">\n<p dir="auto">“The weir &lt;broke&gt; at noon.” <a href="#c-2-1"'
        ' class="marker" title="The words of Ana Bell in their'
        ' article">[1]</a></p>\n</blockquote><p class="status answered">Answered · 1 quote ·'
        " searched 1,200 passages of 3 articles · writer: extractive</p>"
    )


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Both say so [1, 2].", '[1]</a><a href="#c-0-2" class="marker">[2]</a>.'),
        ("> “see \\[7\\]” [1]", "“see [7]” <a"),
        ("<script>alert(1)</script> [1]", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![x](http://tracker.example/x.png)", "![x](http://tracker.example/x.png)"),
        ("[here](javascript:alert(1))", "[here](javascript:alert(1))"),
        ("<http://tracker.example>", "&lt;http://tracker.example&gt;"),
        (
            "صوت واحد.\n\n> “The weir.” [1]",
            '<p dir="rtl">صوت واحد.</p>\n<blockquote dir="auto">\n<p dir="auto">“The',
        ),
    ],
)
def test_only_markers_are_links_and_nothing_is_loaded(markdown: str, shown: str) -> None:
    html = message_so_far(markdown, 0)
    assert shown in html and "\n\n" not in html
    assert not re.search(r"<(?:img|script|iframe)|href=\"(?!#c-)", html)


def test_a_note_is_text() -> None:
    assert (
        note("No <b>model</b>.\n\n# x")
        == '<p class="note" dir="auto">No &lt;b&gt;model&lt;/b&gt;. # x</p>'
    )


def test_a_card_tells_who_speaks_in_what_role_through_whom_and_opens_the_words() -> None:
    html = who_says_what(ANSWER, 0)
    assert '<article class="voice voice-0">' in html
    assert (
        'data-holder="Ana Bell"' in html
        and '<bdi>Ana Bell</bdi></a> <small dir="auto">keeper</small></h3>' in html
    )
    assert (
        "<bdi>quoted by Omar Reed</bdi>, <bdi>in North Post</bdi>, <bdi>translated by Lin"
        " Marsh</bdi>" in html
    )
    assert (
        '<blockquote dir="auto" lang="en">“The weir &lt;broke&gt; at noon.” <a class="marker"'
        ' href="#c-0-1"' in html
    )
    assert "They disagree" not in html and "What is not here" not in html


def test_denials_allegations_and_glosses_are_marked_as_such() -> None:
    told = other(1, polarity="denied", modality="alleged", gloss="كلمة")
    html = who_says_what(replace(ANSWER, citations=(told,)), 0)
    assert (
        '<span class="label">a denial</span> <span class="label">an allegation</span></blockquote>'
        in html
    )
    assert '<p class="gloss">Word for word, no translation: <bdi>كلمة</bdi></p>' in html


def test_somebody_unnamed_has_no_page() -> None:
    nobody = Holder(None, "two <officials>", "unnamed")
    answer = replace(
        ANSWER,
        citations=(other(1, holder=nobody),),
        viewpoints=(replace(ANSWER.viewpoints[0], holder=nobody),),
    )
    html = who_says_what(answer, 0)
    assert (
        '<b class="name"><bdi>Unnamed (two &lt;officials&gt;)</bdi></b>' in html
        and "data-holder" not in html
    )


def test_the_sides_of_a_disagreement_stand_next_to_each_other() -> None:
    second = other(2, holder=Holder("Lin Marsh", None, "person"), quote="Nobody was warned.")
    disputed = replace(
        ANSWER,
        citations=(CITATION, second),
        disagreements=(
            Disagreement("the <dead>", "number", (1, 2), (Side((1,), "214"), Side((2,), "37"))),
        ),
        viewpoints=(
            *ANSWER.viewpoints,
            replace(ANSWER.viewpoints[0], holder=second.holder, citations=(2,)),
        ),
    )
    html = who_says_what(disputed, 0)
    assert "They disagree about “<bdi>the &lt;dead&gt;</bdi>”" in html
    sides = html.partition('<div class="sides">')[2].split('<div class="side">')[1:]
    assert [
        re.findall(r'class="figure" dir="auto">(\d+)<.*?<bdi>([\w ]+)</bdi>', side, re.S)
        for side in sides
    ] == [
        [("214", "Ana Bell")],
        [("37", "Lin Marsh")],
    ]


def test_gaps_are_stated_and_what_is_near_is_said_not_to_answer() -> None:
    html = who_says_what(replace(ANSWER, status="unanswered", gaps=("Nothing <here>.",)), 0)
    assert '<li dir="auto">Nothing &lt;here&gt;.</li>' in html
    assert (
        "<h2>The nearest passages, which do not answer it</h2>" in html
        and "<h2>Who says what</h2>" not in html
    )
    assert nothing_yet("No <b>") == '<p class="quiet" dir="auto">No &lt;b&gt;</p>'


def test_an_article_is_cut_where_the_voice_the_citation_or_its_own_text_changes() -> None:
    cut = stretches(OPEN, [CITATION, other(2, start=START + 4, end=START + 8)])
    assert "".join(one.text for one in cut) == TEXT
    assert [
        (one.text, one.own, one.statement and one.statement.id, one.citations) for one in cut
    ] == [
        ("The Weir\n\n", False, None, ()),
        ("It rained & rained.\n\n", True, "a1-s0", ()),
        ("The ", True, "a1-s1", (1,)),
        ("weir", True, "a1-s1", (1, 2)),
        (" <broke> at noon.", True, "a1-s1", (1,)),
        (" Nobody was warned.", True, "a1-s0", ()),
        ("\n\nRead more here.\n", False, None, ()),
    ]


def test_marks_that_turn_the_direction_are_not_shown() -> None:
    text = "It is \u202ednuos dna efas\u202c."
    article = replace(WEIR, end=len(text), body=((0, len(text)),))
    assert [one.text for one in stretches(OpenArticle(article, text, ()))] == [
        "It is dnuos dna efas."
    ]


def test_the_sources_mark_exactly_the_cited_words_in_the_whole_article() -> None:
    html = sources(ANSWER, 3, {"a1": OPEN}.__getitem__)
    assert shown_words(html, 1) == QUOTE
    assert '<div class="sources" data-exchange="3">' in html
    assert (
        '<span class="furniture">The Weir\n\n</span>It rained &amp; rained.\n\n<mark'
        ' class="voice-0"' in html
    )
    assert '<span class="furniture">\n\nRead more here.\n</span></div>' in html


def test_overlapping_citations_are_each_marked_whole() -> None:
    inner = other(2, start=START + 4, end=START + 8, quote="weir")
    html = sources(replace(ANSWER, citations=(CITATION, inner)), 0, {"a1": OPEN}.__getitem__)
    assert (shown_words(html, 1), shown_words(html, 2)) == (QUOTE, "weir")


def test_an_article_that_is_gone_leaves_the_words_that_were_cited() -> None:
    def gone(id: str) -> OpenArticle:
        raise NotFound(id)

    html = sources(ANSWER, 0, gone)
    assert (
        "This article is no longer in the corpus." in html
        and "The weir &lt;broke&gt; at noon.</mark>" in html
    )


def dated(
    published: str | None, outlet: str | None = "North Post", voice: str = "Ana Bell"
) -> Dated:
    return Dated(published, outlet, voice, "voice-0", "It  broke.", "#c-0-1")


def test_a_timeline_has_a_line_for_each_outlet_and_a_place_for_each_day() -> None:
    plot = timeline(
        [dated("2021-01-03"), dated("2021-01-01", None), dated("2021-01-03"), dated(None)], False
    )
    title = "Ana Bell, North Post, 3 January 2021: It broke."
    assert plot == Timeline(
        (
            TimelineRow(
                "no outlet", (Dot(0.0, "voice-0", "Ana Bell, 1 January 2021: It broke.", "#c-0-1"),)
            ),
            TimelineRow(
                "North Post",
                (Dot(100.0, "voice-0", title, "#c-0-1"), Dot(100.0, "voice-0", title, "#c-0-1", 1)),
            ),
        ),
        ((0.0, "2021-01-01"), (100.0, "2021-01-03")),
        (dated(None),),
    )


def test_a_timeline_of_years_names_them_and_of_one_day_stands_in_the_middle() -> None:
    years = timeline([dated("2018-07-01"), dated("2021-07-01")], True)
    assert [name for _, name in years.ticks] == ["2019", "2020", "2021"] and years.lines[
        0
    ].name == "Ana Bell"
    one = timeline([dated("2021-01-01")], False)
    assert (one.ticks, one.lines[0].dots[0].at) == (((50.0, "2021-01-01"),), 50.0)
    assert timeline([], False) == Timeline((), (), ())


def test_the_timeline_of_an_answer_opens_its_citations() -> None:
    html = answer_timeline(ANSWER, 4)
    assert html.count('href="#c-4-1"') == 2 and "By outlet" in html and "By holder" in html


def test_what_is_taken_along_has_its_sources() -> None:
    markdown = answer_as_markdown(ANSWER)
    assert (
        markdown
        == f"{ANSWER.text}\n\n- \\[1\\] Ana Bell, quoted by Omar Reed, in North Post, translated by"
        " Lin Marsh, 2021-05-03 · The Weir · weir.txt:31-56"
    )
    talk = Conversation(
        "c", (Exchange("Who *broke* it?", answer=ANSWER), Exchange("And?", note="No model."))
    )
    assert (
        as_markdown(talk)
        == f"# Who \\*broke\\* it?\n\n## Who \\*broke\\* it?\n\n{markdown}\n\n## And?\n\nNo"
        " model.\n"
    )
