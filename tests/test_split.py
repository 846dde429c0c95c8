from __future__ import annotations

import pytest

from ingest.articles.paragraph import Paragraph, read_paragraphs, repeats
from ingest.articles.split import THRESHOLD, WEIGHTS, Cut
from ingest.articles.split import split as split_paragraphs


def split(text: str) -> list[Cut]:
    return split_paragraphs(read_paragraphs(text))


def titled(text: str) -> list[tuple[str | None, int]]:
    """Each article's title and how many lines its head has with it."""
    return [(cut.title.text if cut.title else None, 1 + len(cut.head)) for cut in split(text)]


def whole(cut: Cut) -> list[Paragraph]:
    return [p for p in (*cut.above, cut.title, *cut.head, *cut.rest) if p is not None]


DUMP = """\
The Ferry That Never Sailed

By Hella Mornay
The Quay Post
3 May 2020

The ferry lay at its berth in Lanvar for nine days with its lamps lit, and nobody on the quay could say who had \
ordered it to stay there through the storm.

“I was told to wait,” said the mate. He would not say by whom.

Related
Nine Days at the Berth

The views expressed here are the author’s own and do not bind The Quay Post or its friends.

A Harbour Without a Master

A Harbour Without a Master
Guest post by Tam Ruick
May 9, 2020

Somebody has to ring the bell when the fog comes in. For thirty years it was old Orm Tavick, and since Tuesday it has \
been nobody at all, which the council calls a saving of costs.

The rope was new. It had been bought from a chandler in Brume whose name the council will not give, for a price that \
the council will not give either, on a day it cannot recall.

Share this post

Who Rings the Bell?

Hella Mornay, 21 May 2020

The council has an answer at last, and it has taken eighteen days to find it: the bell is to be rung by whoever \
happens to be standing nearest when the fog comes in.
"""

PROSE = (
    "The ferry lay at its berth in Lanvar for nine days with its lamps lit, and nobody on the quay"
    " could say who had ordered it to stay there through the storm."
)
LATER = (
    "On the tenth morning the berth was empty. The rope had been cut clean through with a good"
    " knife, and the lamps stood in a row along the quay, still burning, with the price of their"
    " oil beside them in small coins. It stayed."
)
ARABIC_PROSE = (
    "بقيت السفينة في مرساها تسعة أيام ومصابيحها مضاءة، ولم يعرف أحد على الرصيف من الذي أمر ببقائها"
    " هناك طوال أيام العاصفة، ولا من الذي سمح لها بالمغادرة بعد ذلك بليلة."
)


def titles(text: str) -> list[str]:
    return [cut.title.text for cut in split(text) if cut.title]


def paragraph(text: str) -> Paragraph:
    (found,) = read_paragraphs(text)
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_dump_of_three_posts_is_three_articles(newline: str) -> None:
    assert titled(DUMP.replace("\n", newline)) == [
        ("The Ferry That Never Sailed", 4),
        ("A Harbour Without a Master", 4),
        ("Who Rings the Bell?", 2),
    ]


def test_the_articles_of_a_dump_hold_all_its_paragraphs_once_and_in_order() -> None:
    cuts = split(DUMP)
    assert [p for cut in cuts for p in whole(cut)] == read_paragraphs(DUMP)
    assert all(DUMP[p.start : p.end] == p.raw for cut in cuts for p in whole(cut))


def test_each_article_says_why_it_begins_where_it_does() -> None:
    assert split(DUMP)[1].reasons == (
        "title shape",
        "capitals of a title",
        "title repeated below",
        "date below",
        "byline below",
        "after closing lines",
        "prose follows at once",
    )
    assert all(sum(WEIGHTS[reason] for reason in cut.reasons) >= THRESHOLD for cut in split(DUMP))


def test_a_post_of_one_paragraph_does_not_take_in_the_title_of_the_next() -> None:
    text = (
        f"Who rings the bell?\n\nHella Mornay, 3 May 2020\n\n{LATER}\n\n"
        f"The Ferry That Never Sailed\n\nHella Mornay, 9 May 2020\n\n{PROSE}\n\n"
        f"Who pays for the rope?\n\nHella Mornay, 21 May 2020\n\n{LATER}\n"
    )
    assert titles(text) == [
        "Who rings the bell?",
        "The Ferry That Never Sailed",
        "Who pays for the rope?",
    ]


def test_the_last_paragraph_of_a_post_is_not_the_title_of_the_next() -> None:
    head = "By Hella Mornay\nThe Quay Post\n3 May 2020"
    text = (
        f"The Bell and Its Rope\n\n{head}\n\n{LATER}\n\n{PROSE}\n\nThe Ferry That Never"
        f" Sailed\n\n{head}\n\n{LATER}\n"
    )
    assert titles(text) == ["The Bell and Its Rope", "The Ferry That Never Sailed"]


def test_the_same_dump_pasted_twice_is_twice_its_articles() -> None:
    assert titles(DUMP + "\n" + DUMP) == titles(DUMP) * 2


@pytest.mark.parametrize(
    "heading",
    ["The Bell and Its Rope", "What the council said", "1. The Bell", "## The Bell", "The Bell:"],
)
def test_a_heading_between_two_paragraphs_does_not_begin_an_article(heading: str) -> None:
    text = (
        "The Ferry That Never Sailed\n\nBy Hella Mornay\n3 May"
        f" 2020\n\n{PROSE}\n\n{PROSE}\n\n{heading}\n\n{PROSE}\n"
    )
    assert titles(text) == ["The Ferry That Never Sailed"]


@pytest.mark.parametrize(
    "line",
    [
        "“Nobody Told the Mate to Wait”",
        "Photo: Tam Ruick / The Quay Post",
        "It was nine days.",
        "Hella Mornay",
        "- The lamps, the rope and the bell",
        "(Translated for The Quay Post)",
    ],
)
def test_a_quotation_a_caption_a_short_sentence_or_a_list_item_does_not_begin_an_article(
    line: str,
) -> None:
    text = (
        "The Ferry That Never Sailed\n\nBy Hella Mornay\n3 May"
        f" 2020\n\n{PROSE}\n\n{PROSE}\n\n{line}\n\n{PROSE}\n"
    )
    assert titles(text) == ["The Ferry That Never Sailed"]


def test_the_links_of_a_related_list_do_not_begin_articles() -> None:
    text = (
        f"The Ferry That Never Sailed\n\n{PROSE}\n\nRelated\n\nNine Days at the Berth\n\nLamps Lit"
        " for Nobody\n"
    )
    assert titles(text) == ["The Ferry That Never Sailed"]


def test_an_article_begins_after_a_rule_where_a_title_and_a_date_stand() -> None:
    text = (
        f"The Ferry That Never Sailed\n\n{PROSE}\n\n---\n\nThe bell and its rope\n\n3 May"
        f" 2020\n\n{PROSE}\n"
    )
    assert titles(text) == ["The Ferry That Never Sailed", "The bell and its rope"]


def test_an_arabic_article_begins_after_an_english_one() -> None:
    arabic = f"السفينة التي لم تبحر\n\nبقلم: سلمى الرماني\n\n٣ أيار ٢٠٢٠\n\n{ARABIC_PROSE}\n"
    text = f"The Ferry That Never Sailed\n\nBy Hella Mornay\n3 May 2020\n\n{PROSE}\n\n{arabic}"
    assert titled(text) == [
        ("The Ferry That Never Sailed", 3),
        ("السفينة التي لم تبحر", 3),
    ]


def test_the_no_break_space_that_blogs_put_before_the_last_word_of_a_title_is_a_cue() -> None:
    text = (
        f"The Ferry That Never Sailed\n\n{PROSE}\n\nA bell, a rope and a\u00a0council\n\nHella"
        f" Mornay\n\n{PROSE}\n"
    )
    assert titles(text) == ["The Ferry That Never Sailed", "A bell, a rope and a council"]
    assert split(text)[1].reasons == (
        "title shape",
        "no-break space before the last word, as blog titles have",
        "name or outlet below",
        "prose follows at once",
    )


@pytest.mark.parametrize("nothing", ["", " \r\n\u00a0\n"])
def test_a_text_without_paragraphs_has_no_articles(nothing: str) -> None:
    assert split(nothing) == []


def test_a_line_repeats_the_title_whatever_its_capitals_marks_and_spaces() -> None:
    title = "A Harbour\u00a0Without a Master"
    assert repeats(title, "A HARBOUR WITHOUT A MASTER!")
    assert repeats(title, "**“A Harbour without a Master”**")
    assert repeats("سفينةٌ لم تُبحر أبدًا", "سفينة لم تبحر أبدا")


def test_a_line_that_only_begins_like_the_title_or_is_short_does_not_repeat_it() -> None:
    title = "A Harbour Without a Master"
    assert not repeats(title, "A Harbour")
    assert not repeats(
        title, "A Harbour Without a Master Is a Thing That Nobody Here Had Ever Seen"
    )
    assert not repeats(title, "A Harbour Without a Bell")
    assert repeats("The Bell", "The bell") and not repeats("The Bell", "The Bells")
    assert not repeats("???", "???")
