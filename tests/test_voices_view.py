from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rag.writing.markdown import printable
from ui.render.terminal.article import ArticleLine, ColouredText, colours, innermost, voices_view
from ui.schemas import ArticleRow, StatementRow
from vectorstore.records import Holder, Link

TEXT = (
    "The weir broke at noon. Omar Reed said that nobody had been warned.\n\n"
    "“The gate was open all night,” said a guard. The town slept."
)
POST = (
    Link("Ana Bell", "written_by", "2021-05-03"),
    Link("North Post", "published_by", "2021-05-03"),
)
ARTICLE = ArticleRow(
    "a1",
    "weir.txt",
    0,
    len(TEXT),
    "The Weir",
    "Ana Bell",
    outlet="North Post",
    published="2021-05-03",
)


def statement(
    number: int, words: str, holder: Holder, parent: int | None = 0, **given: Any
) -> StatementRow:
    """A statement of some words of TEXT."""
    start = TEXT.index(words)
    chain = POST if parent is None else (Link(holder.name or holder.mention, "said"), *POST)
    facts: dict[str, Any] = {
        "form": "indirect",
        "rule": "subject-that",
        "resolved": "name",
        "cue": "said",
        **given,
    }
    parent_id = None if parent is None else f"a1-s{parent}"
    return StatementRow(
        f"a1-s{number}", "a1", "weir.txt", start, start + len(words), holder,
        chain=chain, parent_id=parent_id, text=words, **facts,
    )  # fmt: skip


ROOT = statement(
    0,
    TEXT,
    Holder("Ana Bell", None, "author"),
    None,
    form="author",
    rule="author",
    resolved="place",
)
REED = statement(
    1, "nobody had been warned", Holder("Omar Reed", "Omar Reed", "person"), polarity="denied"
)
GUARD = statement(
    2, "The gate was open all night", Holder(None, "a guard", "unnamed"), form="direct"
)
STATEMENTS = (ROOT, replace(REED, polarity="denied"), GUARD)


def test_an_article_is_shown_by_voice_with_its_labels_and_counts() -> None:
    assert [line.plain for line in voices_view(ARTICLE, STATEMENTS, 66)] == [
        "The Weir",
        "Ana Bell, North Post, 2021-05-03",
        "",
        "s0 Ana Bell               The weir broke at noon. Omar Reed said",
        "                          that",
        "s1 Omar Reed, denied      nobody had been warned.",
        "",
        "s2 a guard, unnamed       “The gate was open all night,”",
        "s0 Ana Bell               said a guard. The town slept.",
        "",
        "   1  Ana Bell",
        "   1  Omar Reed",
        "   1  a guard",
    ]


def test_only_the_words_of_others_have_a_colour() -> None:
    lines = voices_view(ARTICLE, STATEMENTS, 66)
    assert lines[5] == ArticleLine(
        (ColouredText("nobody had been warned", "Omar Reed"), ColouredText(".")),
        "s1 Omar Reed, denied",
        "Omar Reed",
    )
    assert {piece.voice for line in lines for piece in line.pieces} == {
        None,
        "Omar Reed",
        "a guard",
    }
    assert lines[3].voice is None


def test_voices_inside_voices_are_told_by_the_innermost() -> None:
    inner = statement(3, "warned", Holder("Lin Marsh", "Marsh", "person"), 1)
    assert [(TEXT[start:end], s.id) for start, end, s in innermost([*STATEMENTS[:2], inner])] == [
        ("The weir broke at noon. Omar Reed said that ", "a1-s0"),
        ("nobody had been ", "a1-s1"),
        ("warned", "a1-s3"),
        (TEXT[TEXT.index(".\n") :], "a1-s0"),
    ]


def test_every_word_of_the_body_is_shown_once() -> None:
    lines = voices_view(ARTICLE, STATEMENTS, 60)[3:-3]
    assert (
        " ".join("".join(piece.text for piece in line.pieces) for line in lines).split()
        == TEXT.split()
    )


def test_what_a_terminal_would_obey_is_not_shown() -> None:
    assert (
        printable("The \x1b[31mred\x07 weir\u202e\u2066 broke\r\n at noon\u200f")
        == "The [31mred weir broke at noon"
    )
    wild = replace(ROOT, text=TEXT.replace("weir", "w\x1bei\u202er"), rule="correction")
    lines = voices_view(replace(ARTICLE, title="A\x1b]0;title\x07"), [wild], 80)
    assert [line.plain for line in lines][:5] == [
        "A]0;title",
        "Ana Bell, North Post, 2021-05-03",
        "",
        "s0 Ana Bell, corrected    The weir broke at noon. Omar Reed said that nobody had",
        "                          been warned.",
    ]


def test_long_labels_take_several_lines_of_the_margin() -> None:
    many = replace(
        REED,
        holder=Holder(None, "two officials who had read the report of the panel", "unnamed"),
        modality="alleged",
    )
    lines = [line.plain for line in voices_view(ARTICLE, [ROOT, many], 80)]
    assert lines[4:8] == [
        "s1 two officials who had  nobody had been warned.",
        "read the report of the",
        "panel, unnamed, denied,",
        "alleged",
    ]


def test_an_article_without_text_says_so() -> None:
    assert [
        line.plain
        for line in voices_view(replace(ARTICLE, author=None, outlet=None, published=None), [], 80)
    ] == [
        "The Weir",
        "",
        "This article has no text of its own.",
    ]


def test_a_voice_has_the_same_colour_in_every_article_and_no_two_share_one() -> None:
    def lines(*voices: str) -> list[ArticleLine]:
        return [ArticleLine((ColouredText("x", voice),)) for voice in voices]

    alone = colours(lines("Omar Reed"))
    assert colours(lines("Omar Reed", "a guard", "Lin Marsh"))["Omar Reed"] == alone["Omar Reed"]
    many = [f"voice {number}" for number in range(12)]
    assert len(set(colours(lines(*many)).values())) == 12
    assert len(colours(lines(*many, "one more"))) == 13


@pytest.mark.parametrize("width", [1, 40, 200])
def test_any_width_will_do(width: int) -> None:
    assert voices_view(ARTICLE, STATEMENTS, width)
