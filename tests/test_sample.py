from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import pytest

from ingest.articles.build import read_articles
from ingest.attribution import read_statements
from ingest.document import Document
from ingest.read import read_document
from ingest.report import SourceReport
from ingest.sample import load_sample, sample_articles
from vectorstore.records import Article, Holder, Source, Statement

FILES = dict(sample_articles())

Facts = tuple[str, str | None, str | None, str, str]

# title, author, outlet, date, language
ARTICLES: dict[str, list[Facts]] = {
    "brask-panel-analysis.md": [
        (
            "What the Kroule Report Says, and What It Was Not Allowed to Say",
            "Ottoline Brask",
            "Shared Waters Review",
            "2020-09-30",
            "en",
        ),
    ],
    "chronicle-election.txt": [
        (
            "Feroy Wins Narrow Plurality as Flood Valley Turns on Marchane",
            "Ivo Landrel",
            "Lisenne Chronicle",
            "2022-06-13",
            "en",
        ),
    ],
    "chronicle-forty-one-seconds.md": [
        (
            "Forty-One Seconds: The Call That Lisenne Did Not Want to Find",
            "Camille Thorrow",
            "Lisenne Chronicle",
            "2019-10-02",
            "en",
        ),
    ],
    "clarion-kachtel-letter.txt": [
        (
            "The Dam Director Breaks His Silence, and Tells Us More Than He Wishes",
            "Joss Peverin",
            "Ferrow Clarion",
            "2020-12-08",
            "en",
        ),
    ],
    "clarion-orle-funeral.txt": [
        (
            "A Year After Orle: The Nineteen Who Walked Behind a Coffin",
            "Joss Peverin",
            "Ferrow Clarion",
            "2020-04-02",
            "en",
        ),
    ],
    "clarion-they-knew.txt": [
        (
            "They Measured the Water, and Then They Measured Us",
            "Aubrey Sante",
            "Ferrow Clarion",
            "2019-03-28",
            "en",
        ),
    ],
    "karrowby-winter-power.txt": [
        ("The Price of a Full Lake", "Fenn Karrowby", "Open Sluice", "2023-02-14", "en"),
    ],
    "mallah-no-winner-ar.txt": [
        ("فازوا بالوادي وخسرنا الملح", "لميس الجرفاوي", "الملاح الجرفاني", "2022-06-20", "ar"),
    ],
    "manarat-delta-dead-ar.txt": [
        (
            "سبعة وثلاثون قتيلًا لا يذكرهم أحد: ضحايا الدلتا في ليلة تولفسك",
            "نادر الهيفاني",
            "منارة حليف",
            "2021-03-22",
            "ar",
        ),
    ],
    "midwater-accord.txt": [
        (
            "Three River States Sign Merrowin Accord; Tarnessa Raises Flood Toll to 231",
            "Desta Lorrimer",
            "Midwater Wire",
            "2019-11-10",
            "en",
        ),
    ],
    "midwater-first-night.txt": [
        (
            "Ferrow Valley Under Water After Tolvesk Gates Open in the Night",
            None,
            "Midwater Wire",
            "2019-03-19",
            "en",
        ),
    ],
    "midwater-hulayf-protocol.txt": [
        (
            (
                "Veskara to Pay 520 Million Over Eight Years Under Hulayf Protocol, Without"
                " Admitting Fault"
            ),
            "Desta Lorrimer",
            "Midwater Wire",
            "2023-06-04",
            "en",
        ),
    ],
    "midwater-press-conference.txt": [
        (
            (
                "Transcript: Veskaran Foreign Ministry and Energy Ministry Briefing on Tolvesk,"
                " Ostrel, 10 April 2019"
            ),
            None,
            "Midwater Wire",
            "2019-04-11",
            "en",
        ),
    ],
    "open-sluice-dispatcher.md": [
        (
            "“The Old Man Wants Them Up Before Midnight”: A Dispatcher Speaks",
            "Nerys Vahl",
            "Open Sluice",
            "2020-01-26",
            "en",
        ),
    ],
    "radio-lisenne-marchane.txt": [
        (
            (
                "“I Will Not Apologise for a Letter I Never Saw”: The Prime Minister on the First"
                " Anniversary"
            ),
            None,
            "Radio Lisenne",
            "2020-03-17",
            "en",
        ),
    ],
    "standard-attel-judge.txt": [
        (
            "A Judge Who Found an Order but Nobody to Give It",
            "Corvin Attel",
            "Ostrel Standard",
            "2020-10-04",
            "en",
        ),
    ],
    "standard-orle.txt": [
        (
            "Calm Returns to Orle After Tarnessan Attack on Border Post",
            None,
            "Ostrel Standard",
            "2019-04-07",
            "en",
        ),
    ],
    "standard-protective-opening.txt": [
        (
            "How Tolvesk Saved Two Countries From Something Far Worse",
            "Pell Harrowsk",
            "Ostrel Standard",
            "2019-03-24",
            "en",
        ),
    ],
    "wahfan-third-bank.md": [
        ("A River Has Three Banks", "Idris Wahfan", "Shared Waters Review", "2021-05-19", "en"),
    ],
    "weir-lamp-archive.txt": [
        ("The Clock at Oskelin", "Rosalind Tembry", "The Weir Lamp", "2019-03-30", "en"),
        ("Against the Word “Accident”", "Piers Undrell", None, "2021-03-04", "en"),
        ("Who Counts the Drowned?", "Rosalind Tembry", "The Weir Lamp", "2021-11-21", "en"),
        ("Eight Years of Instalments", "Rosalind Tembry", "The Weir Lamp", "2023-06-09", "en"),
    ],
}


def source(name: str) -> Source:
    return Source(name, read_document(name, FILES[name]).text)


def every_article() -> Iterator[tuple[Article, str]]:
    for name in FILES:
        for article in read_articles(name, read_document(name, FILES[name])):
            yield article, source(name).text


def test_the_sample_is_these_files_in_order_of_name() -> None:
    assert list(FILES) == list(ARTICLES)


@pytest.mark.parametrize("name", ARTICLES)
def test_each_file_gives_its_articles_with_title_author_outlet_date_and_language(name: str) -> None:
    found = read_articles(name, read_document(name, FILES[name]))
    assert [(a.title, a.author, a.outlet, a.published, a.language) for a in found] == ARTICLES[name]


def test_the_sample_has_two_transcripts_and_one_translation() -> None:
    found = [article for article, _ in every_article()]
    assert [a.source for a in found if a.kind == "transcript"] == [
        "midwater-press-conference.txt",
        "radio-lisenne-marchane.txt",
    ]
    assert [(a.translator, a.original_outlet) for a in found if a.translator] == [
        ("Imogen Tarrish", "al-Mallah al-Jurfani")
    ]


def test_the_articles_of_a_file_follow_one_another_with_nothing_but_white_space_between() -> None:
    for name in FILES:
        found, text = read_articles(name, read_document(name, FILES[name])), source(name).text
        edges = [
            0,
            *(edge for article in found for edge in (article.start, article.end)),
            len(text),
        ]
        assert edges == sorted(edges)
        assert [
            text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)
        ] == [""] * (len(found) + 1)


def test_every_body_span_lies_in_its_article_after_the_one_before_and_begins_and_ends_with_a_word() -> (
    None
):
    for article, text in every_article():
        assert article.body
        edges = [edge for span in article.body for edge in span]
        assert edges == sorted(set(edges))
        assert article.start <= edges[0] < edges[-1] <= article.end
        assert all(text[start:end] == text[start:end].strip() for start, end in article.body)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("standard-orle.txt", "ORLE CROSSING – The guns", "permission of Tarnessa to cross."),
        ("wahfan-third-bank.md", "*Translated from Arabic by", "used to drown anybody."),
        ("manarat-delta-dead-ar.txt", "رأس حليف – في طرف", "الدليل أنهما ليسا هنا»."),
        ("midwater-accord.txt", "MERROWIN - Veskara,", "The ministry's figure is now 231."),
        (
            "radio-lisenne-marchane.txt",
            "Bastien Overell: It is a year",
            "speak with a bell-founder.",
        ),
    ],
)
def test_a_body_begins_after_the_byline_and_ends_with_the_last_word(
    name: str, first: str, last: str
) -> None:
    (article,) = read_articles(name, read_document(name, FILES[name]))
    text = source(name).text
    body = text[article.body[0][0] : article.body[-1][1]]
    assert (body[: len(first)], body[-len(last) :]) == (first, last)


def test_a_caption_and_a_blogs_closing_lines_are_no_text() -> None:
    own = [
        "\n".join(text[start:end] for start, end in article.body)
        for article, text in every_article()
    ]
    for line in (
        "Photo: Oona Veltrick",
        "Share this post",
        "Support us:",
        "do not bind The Weir Lamp",
        "Related\n",
    ):
        assert [body for body in own if line in body] == []


def test_every_character_of_a_body_has_an_innermost_statement() -> None:
    for article, text in every_article():
        told = read_statements(article, text)
        for start, end in article.body:
            for at in range(start, end):
                covering = [s for s in told if s.covers(at, at + 1)]
                assert covering
                innermost = min(covering, key=lambda s: s.end - s.start)
                assert all(s.covers(innermost.start, innermost.end) for s in covering)


def test_parents_come_before_their_children_and_contain_them() -> None:
    for article, text in every_article():
        known: dict[str, Statement] = {}
        for statement in read_statements(article, text):
            if statement.parent_id:
                assert known[statement.parent_id].covers(statement.start, statement.end)
            known[statement.id] = statement


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        (
            "midwater-press-conference.txt",
            [
                "Tamsin Orvo",
                "Desta Lorrimer",
                "Ilka Dzelny",
                "Camille Thorrow",
                None,
                "Nadir al-Hayfani",
            ],
        ),
        (
            "radio-lisenne-marchane.txt",
            ["Bastien Overell", "Elodie Marchane", "Ilka Dzelny", "Hanne Dusard"],
        ),
    ],
)
def test_the_speakers_of_a_transcript_are_these_in_order_of_their_first_words(
    name: str, speakers: list[str | None]
) -> None:
    (article,) = read_articles(name, read_document(name, FILES[name]))
    told = read_statements(article, source(name).text)
    assert list(dict.fromkeys(s.holder.name for s in told if s.form == "turn")) == speakers


def test_the_words_of_a_turn_go_to_whoever_speaks_them() -> None:
    name = "midwater-press-conference.txt"
    (article,) = read_articles(name, read_document(name, FILES[name]))
    text = source(name).text
    told = read_statements(article, text)
    asked = text.index("You understand this from who")
    speaker = min((s for s in told if s.covers(asked, asked + 3)), key=lambda s: s.end - s.start)
    assert speaker.holder == Holder(
        "Nadir al-Hayfani", "Nadir al-Hayfani, Manarat Hulayf (through an interpreter)", "person"
    )


def test_a_republished_piece_keeps_its_author_and_the_words_around_it_stay_with_theirs() -> None:
    name = "clarion-kachtel-letter.txt"
    (article,) = read_articles(name, read_document(name, FILES[name]))
    text = source(name).text
    assert [(piece.title, piece.author) for piece in article.embedded] == [
        ("What I Saw at Tolvesk", "Jevrim Kachtel")
    ]
    told = read_statements(article, text)

    def holder(words: str) -> str | None:
        at = text.index(words)
        return min(
            (s for s in told if s.covers(at, at + 1)), key=lambda s: s.end - s.start
        ).holder.name

    assert holder("For twenty months") == "Joss Peverin"
    assert holder("I was neither.") == "Jevrim Kachtel"
    assert holder("I retire in the spring.") == "Jevrim Kachtel"
    assert holder("As for receipt number 1147") == "Joss Peverin"


def test_every_sample_file_is_handed_over_by_name_and_reported() -> None:
    def taken(name: str, content: bytes, origin: str) -> SourceReport:
        assert origin == "sample"
        return SourceReport(name, "added", passages=len(content))

    assert list(load_sample(taken)) == [
        SourceReport(name, "added", passages=len(content)) for name, content in FILES.items()
    ]


def test_the_posts_of_a_dump_are_found_in_any_order_and_without_no_break_spaces() -> None:
    name = "weir-lamp-archive.txt"
    text = FILES[name].decode()
    posts = read_articles(name, Document(text))
    pieces = [text[post.start : post.end] for post in posts]
    for order in permutations(range(len(pieces))):
        dump = "\n\n".join(pieces[n] for n in order)
        assert [post.title for post in read_articles(name, Document(dump))] == [
            posts[n].title for n in order
        ]
    spaced = text  # as a blog writes its titles
    for post in posts:
        spaced = spaced.replace(post.title, "\u00a0".join(post.title.rsplit(" ", 1)))
    assert [post.title for post in read_articles(name, Document(spaced))] == [
        post.title for post in posts
    ]
