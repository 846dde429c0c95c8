from __future__ import annotations

from dataclasses import replace

from tests.test_voices_view import ARTICLE, GUARD, REED, ROOT
from ui.client.holders import holder_rows, is_theirs
from ui.render.terminal.holders import by_holder
from ui.schemas import HolderRow
from vectorstore.names.directory import HolderDirectory, NamedHolder
from vectorstore.records import Article, Holder, Passage
from vectorstore.storage.snapshot import Snapshot

NAMING = HolderDirectory(
    (
        NamedHolder("Ana Bell", "person", ("Ana Bell",)),
        NamedHolder("Omar Reed", "person", ("Omar Reed", "Umar Rid")),
    )
)
LATER = replace(
    ARTICLE, id="a2", source="mill.txt", title="The Mill", published="2022-01-09", outlet=None
)
AGAIN = replace(
    REED,
    id="a2-s1",
    article_id="a2",
    polarity="asserted",
    holder=Holder("Omar Reed", "he", "person", "miller"),
)


def snapshot() -> Snapshot:
    articles = tuple(
        Article(row.id, row.source, 0, 9, row.title, published=row.published)
        for row in (ARTICLE, LATER)
    )
    passages = (
        Passage("p1", "a1", "weir.txt", 0, 9, "", "en", (ROOT, REED, GUARD)),
        Passage("p2", "a2", "mill.txt", 0, 9, "", "en", (AGAIN,)),
    )
    return Snapshot("v1", articles, passages, naming=NAMING)


ROWS = [
    HolderRow("Omar Reed", "person", ("miller",), ("Umar Rid",), 2, 2, "2021-05-03", "2022-01-09"),
    HolderRow("Ana Bell", "author", (), (), 1, 1, "2021-05-03", "2021-05-03"),
]


def test_holders_have_their_spellings_counts_and_dates_those_with_most_statements_first() -> None:
    assert holder_rows(snapshot()) == ROWS


def test_a_name_stands_for_its_holder_in_any_spelling_and_words_for_whoever_has_no_name() -> None:
    def found(asked: str) -> list[str]:
        return [s.id for s in snapshot().statements if is_theirs(asked, NAMING)(s)]

    assert found("Umar Rid") == found("omar reed") == found("Reed") == ["a1-s1", "a2-s1"]
    assert found("A guard") == ["a1-s2"]
    assert found("Lin Marsh") == found("") == []


def test_the_statements_of_a_holder_are_told_by_outlet_and_date() -> None:
    assert list(by_holder([AGAIN, REED], ROWS, [ARTICLE, LATER])) == [
        "Omar Reed, person (miller), also Umar Rid: 2 statements in 2 articles",
        "\nNorth Post, 2021-05-03 · The Weir",
        "  a1-s1, denied  nobody had been warned",
        "\n2022-01-09 · The Mill",
        "  a2-s1  nobody had been warned",
        "",
    ]
    assert next(by_holder([GUARD], ROWS, [ARTICLE])) == "a guard"
