from __future__ import annotations

from dataclasses import replace

from rag.answer import Answer, Citation, Disagreement, Filters, Reading, Searched, Sentence, Side, Understood, Viewpoint
from rag.writers.chain import chain_in_words
from ui.render import Placed, chat_message, evidence, terminal_answer, understood_line
from vectorstore.records import Holder, Link

TEXT = "The Weir\n\nIt rained & rained.\n\nThe weir <broke> at noon. Nobody was warned.\n"
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
    Holder("Ana Bell", "Ana Bell", "person"), CHAIN, "turn",
)  # fmt: skip
ANSWER = Answer(
    id="x",
    question="When?",
    understood=Understood("When?", "en"),
    status="answered",
    text="One voice.\n\n**Ana Bell**\n> “The weir <broke> at noon.” [1]",
    sentences=(Sentence("One voice.", "summary"),),
    viewpoints=(Viewpoint(CITATION.holder, CHAIN, "North Post", "2021-05-03", (1,)),),
    disagreements=(),
    gaps=(),
    citations=(CITATION,),
    searched=Searched("rashomon", "v1", 3, 1200, Filters()),
    writer="extractive",
)


def test_the_sides_of_a_disagreement_stand_next_to_each_other_with_their_words() -> None:
    other = replace(CITATION, id=2, holder=Holder("Lin Marsh", None, "person"), quote="Nobody was warned.")
    disputed = replace(
        ANSWER,
        citations=(CITATION, other),
        disagreements=(Disagreement("when", "position", (1, 2), (Side((1,)), Side((2,), "37"))),),
    )
    shown = evidence(disputed, lambda _: Placed(TEXT, 0, len(TEXT)))
    assert shown.startswith(
        '<h3>Where they disagree</h3><p dir="auto">when</p><div class="sides">'
        '<div class="side"><div class="voice" dir="auto"><b>Ana Bell</b> <a href="#citation-1">[1]</a><br>'
        "“The weir &lt;broke&gt; at noon.”</div></div>"
        '<div class="side"><h4>37</h4><div class="voice" dir="auto"><b>Lin Marsh</b> <a href="#citation-2">[2]</a><br>'
        "“Nobody was warned.”</div></div></div>"
        "<h3>Who says what</h3>"
    )


def test_what_was_understood_is_told_in_words() -> None:
    read = (Reading("outlet", "North Post", "narrowed"), Reading("period", "2021-05"), Reading("speaker", "Ana Bell"))
    assert understood_line(read) == "Understood: only North Post · in 2021-05 · words of Ana Bell first"
    assert understood_line(()) == ""


def test_a_chain_is_said_in_words_with_its_date() -> None:
    assert chain_in_words(CHAIN) == "Ana Bell, quoted by Omar Reed, in North Post, translated by Lin Marsh, 2021-05-03"
    assert chain_in_words(()) == ""


def test_a_terminal_shows_the_text_and_then_each_source() -> None:
    assert terminal_answer(ANSWER) == (
        "One voice.\n\n**Ana Bell**\n> “The weir <broke> at noon.” [1]\n\n"
        "[1] Ana Bell, quoted by Omar Reed, in North Post, translated by Lin Marsh, 2021-05-03 · The Weir"
        " · weir.txt:31-56"
    )


def test_the_chat_says_what_was_searched() -> None:
    assert chat_message(ANSWER) == (
        f"{ANSWER.text}\n\n<sub>Answered · 1 quote · searched 1,200 passages of 3 articles · writer: extractive</sub>"
    )


def test_the_evidence_marks_the_quote_in_its_article_and_escapes_it() -> None:
    html = evidence(ANSWER, {"a1": Placed(TEXT, 0, len(TEXT))}.__getitem__)
    assert "<mark>The weir &lt;broke&gt; at noon.</mark>" in html
    assert "It rained &amp; rained.<br><br><mark>" in html
    assert '<a href="#citation-1">[1]</a>' in html and '<section class="cited" id="citation-1">' in html
    assert "weir.txt, characters 31 to 56" in html


def test_an_answer_without_citations_shows_its_gaps() -> None:
    silent = Answer(
        **{**ANSWER.__dict__, "status": "unanswered", "citations": (), "viewpoints": (), "gaps": ("Nothing <here>.",)}
    )
    assert (
        evidence(silent, {"a1": Placed(TEXT, 0, len(TEXT))}.__getitem__) == '<p class="quiet">Nothing &lt;here&gt;.</p>'
    )


def test_the_words_of_a_neighbour_in_the_same_source_are_not_shown() -> None:
    html = evidence(ANSWER, {"a1": Placed(TEXT, START, START + len(QUOTE))}.__getitem__)
    assert "<mark>The weir &lt;broke&gt; at noon.</mark></blockquote>" in html and "rained" not in html
