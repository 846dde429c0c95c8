"""What a person corrects of an article's facts: in the file beside the corpus, in all that is
shown, over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as some

from ingest.attribution import read_statements
from rag.filters import Filters
from tests.chroma import ChromaServer
from tests.served import in_process, tiny
from ui.client.local import LocalClient
from vectorstore.chains import retold
from vectorstore.errors import CorrectionError
from vectorstore.fact_corrections import FactCorrection, add_facts, checked, read_facts, with_facts
from vectorstore.records import Article, Embedded, Holder, Link, Passage, Statement

WEIR = b"""The Weir Broke at Noon

By Ana Bell
North Post
3 May 2021

The weir above Tolling broke at noon. Omar Reed said that nobody had been warned about the weir.
"""
MILL = b"""The Mill Stands Still

By Lin Marsh
South Herald
9 May 2021

The mill stood still after the weir broke, the miller of Tolling said.
"""
RIGHT: dict[str, str | None] = {
    "title": "The Weir of Tolling", "author": "Sela Rowe", "translator": "Pell Orrin", "outlet": "Reed Weekly",
    "original_outlet": "Tide", "published": "2020-02-29", "url": "https://news.example/weir", "language": "ar",
    "kind": "analysis",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "facts-corpus"


@pytest.fixture
def client(folder: Path) -> Iterator[LocalClient]:
    with tiny(folder) as opened:
        opened.ingest_bytes("weir.txt", WEIR)
        opened.ingest_bytes("mill.txt", MILL)
        yield opened


@pytest.fixture
def http(client: LocalClient) -> TestClient:
    return in_process(client)


def weir(client: LocalClient) -> str:
    return next(row.id for row in client.articles() if row.source == "weir.txt")


def told_of(client: LocalClient, id: str) -> list[tuple[str | None, tuple[Link, ...], str | None]]:
    return [(s.holder.name, s.chain, s.language) for s in client.statements(id)]


def test_what_is_sent_changes_and_the_rest_stays(http: TestClient, client: LocalClient) -> None:
    id = weir(client)
    before = http.get(f"/v1/articles/{id}").json()
    told = http.patch(
        f"/v1/articles/{id}", json={"author": " Sela\n Rowe ", "published": "2020-02-29"}
    )
    assert (told.status_code, told.json()) == (
        200,
        {**before, "author": "Sela Rowe", "published": "2020-02-29"},
    )
    emptied = http.patch(f"/v1/articles/{id}", json={"author": None}).json()
    assert (
        emptied
        == {**before, "author": None, "published": "2020-02-29"}
        == http.get(f"/v1/articles/{id}").json()
    )
    every = http.patch(f"/v1/articles/{id}", json=RIGHT).json()
    assert every == {**before, **RIGHT}


def test_they_count_at_once_wherever_facts_are_shown(http: TestClient, client: LocalClient) -> None:
    id = weir(client)
    before, tag = client.version, http.get("/v1/articles").headers["ETag"]
    way = (
        Link("Ana Bell", "written_by", "2021-05-03"),
        Link("North Post", "published_by", "2021-05-03"),
    )
    assert told_of(client, id) == [
        ("Ana Bell", way, "en"),
        ("Omar Reed", (Link("Omar Reed", "said"), *way), "en"),
    ]
    http.patch(
        f"/v1/articles/{id}",
        json={"author": "Sela Rowe", "outlet": "Reed Weekly", "published": "2020-02-29"},
    )
    assert client.version != before and http.get("/v1/articles").headers["ETag"] != tag
    way = (
        Link("Sela Rowe", "written_by", "2020-02-29"),
        Link("Reed Weekly", "published_by", "2020-02-29"),
    )
    assert told_of(client, id) == [
        ("Sela Rowe", way, "en"),
        ("Omar Reed", (Link("Omar Reed", "said"), *way), "en"),
    ]
    question = "When did the weir above Tolling break?"
    answer = client.answer(question, filters=Filters(outlets=("Reed Weekly",)))
    assert {(c.author, c.outlet, c.published, c.chain[-2:]) for c in answer.citations} == {
        ("Sela Rowe", "Reed Weekly", "2020-02-29", way)
    }
    assert client.answer(question, filters=Filters(outlets=("North Post",))).status == "unanswered"
    assert client.search("weir", filters=Filters(until="2020")).hits[0].article_id == id
    facets = http.get("/v1/facets").json()
    assert facets["authors"] == [{"value": name, "count": 1} for name in ("Lin Marsh", "Sela Rowe")]
    assert facets["since"] == "2020-02-29"
    assert "Ana Bell" not in {row["name"] for row in http.get("/v1/holders").json()}
    assert client.search("Rowe weir").hits[0].title == "The Weir Broke at Noon"


def test_a_corrected_title_is_found_and_a_language_narrows(
    http: TestClient, client: LocalClient
) -> None:
    id = weir(client)
    http.patch(f"/v1/articles/{id}", json={"title": "Sluice Diary", "language": "ar"})
    first = client.search("sluice diary").hits[0]
    assert (first.article_id, first.title) == (id, "Sluice Diary")
    assert {
        hit.article_id for hit in client.search("weir", filters=Filters(languages=("ar",))).hits
    } == {id}
    assert {row.language for row in client.statements(id)} == {"ar"}


def test_they_last_and_nothing_of_them_is_stored(folder: Path) -> None:
    with tiny(folder) as client:
        client.ingest_bytes("weir.txt", WEIR)
        id = weir(client)
        now = client.correct_facts(id, {"author": "Sela Rowe", "translator": None})
        assert client.ingest_bytes("weir.txt", WEIR).verdict == "unchanged"
        assert client.article(id) == now
        assert client.ingest_bytes("weir.txt", WEIR + b"\nThe town slept.\n").verdict == "replaced"
        assert client.article(id).author == "Sela Rowe"
        client.ingest_bytes("weir.txt", WEIR)
    with tiny(folder) as client:
        assert client.article(id) == now
        client.remove(id)
        client.ingest_bytes("weir.txt", WEIR)
        assert client.article(id) == now
        (folder / "facts.yaml").unlink()
        assert client.article(id) == replace(now, author="Ana Bell")


def test_they_last_on_a_chroma_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "kept"))
    server = ChromaServer(tmp_path / "chroma")
    server.start()
    with tiny(f"{server.url}/facts") as client:
        client.ingest_bytes("weir.txt", WEIR)
        id = weir(client)
        now = client.correct_facts(id, {"author": "Sela Rowe"})
        assert (now.author, now.outlet) == ("Sela Rowe", "North Post")
    with tiny(f"{server.url}/facts") as client:
        assert client.ingest_bytes("weir.txt", WEIR).verdict == "unchanged"
        assert client.article(id) == now
    server.kill()


@pytest.mark.parametrize(
    ("sent", "status", "detail"),
    [
        ({}, 400, "No fact is given. Send one, such as `author`; null empties it."),
        (
            {"title": None},
            422,
            "The request cannot be read at body.title: Input should be a valid string.",
        ),
        (
            {"title": " "},
            422,
            "The request cannot be read at body.title: Value error, must be words, of at most 500",
        ),
        (
            {"author": ""},
            422,
            "The request cannot be read at body.author: String should have at least 1 character.",
        ),
        (
            {"author": "x" * 501},
            422,
            "The request cannot be read at body.author: String should have at most 500",
        ),
        (
            {"author": "a\x00b"},
            422,
            "The request cannot be read at body.author: Value error, must be words",
        ),
        (
            {"published": "3 May 2021"},
            422,
            "The request cannot be read at body.published: Value error, '3 May 2021' is",
        ),
        (
            {"published": "2021-02-29"},
            422,
            "The request cannot be read at body.published: Value error, '2021-02-29' is",
        ),
        (
            {"published": "20210503"},
            422,
            "The request cannot be read at body.published: Value error, '20210503' is no",
        ),
        (
            {"url": "javascript:alert(1)"},
            422,
            "The request cannot be read at body.url: Value error, 'javascript:alert",
        ),
        (
            {"language": "?"},
            422,
            "The request cannot be read at body.language: Value error, '?' is no code of a",
        ),
        (
            {"kind": "poem"},
            422,
            "The request cannot be read at body.kind: Input should be 'news', 'opinion'",
        ),
        (
            {"outlett": "x"},
            422,
            "The request cannot be read at body.outlett: Extra inputs are not permitted.",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    http: TestClient,
    client: LocalClient,
    folder: Path,
    sent: dict[str, Any],
    status: int,
    detail: str,
) -> None:
    refused = http.patch(f"/v1/articles/{weir(client)}", json=sent)
    assert (refused.status_code, refused.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert refused.json()["detail"].startswith(detail)
    assert not (folder / "facts.yaml").exists()


def test_an_article_that_is_not_there_has_no_facts(http: TestClient) -> None:
    refused = http.patch("/v1/articles/none", json={"author": "Sela Rowe"})
    assert (refused.status_code, refused.json()["code"]) == (404, "not-found")


def test_the_file_is_for_people_too(http: TestClient, client: LocalClient, folder: Path) -> None:
    id, path = weir(client), folder / "facts.yaml"
    http.patch(f"/v1/articles/{id}", json={"title": "سدّ", "translator": None})
    http.patch(f"/v1/articles/{id}", json={"published": "2020-02-29"})
    (told,) = read_facts(path)
    facts = {"title": "سدّ", "translator": None, "published": "2020-02-29"}
    assert told == FactCorrection(id, facts, "The Weir Broke at Noon", told.made)
    assert "title: سدّ" in path.read_text(encoding="utf-8") and not path.with_suffix(".tmp").exists()
    path.write_text(
        f"{id}:\n  facts: {{published: 2020-03-01, language: en-GB}}\n", encoding="utf-8"
    )
    assert (client.article(id).published, client.article(id).language) == ("2020-03-01", "en")
    assert client.article(id).title == "The Weir Broke at Noon"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[", "cannot be read at line 1 (ParserError). Correct it, or remove it."),
        ("- x", "must hold ids of articles, each followed by a colon."),
        ("12: {facts: {}}", "12 is no id of an article. Put it in quotation marks, or remove it."),
        ("a1: x", "'a1' must have `facts`, and may have `called` and `made`. Correct it."),
        (
            "a1: {facts: {}, by: me}",
            "'a1' must have `facts`, and may have `called` and `made`. Correct it.",
        ),
        ("a1: {facts: {outlett: x}}", "'a1' may have the facts title, author, translator, outlet,"),
        (
            "a1: {facts: {author: 7}}",
            "the fact 'author' of 'a1': must be words. Put it in quotation marks.",
        ),
        (
            "a1: {facts: {title: }}",
            "the fact 'title' of 'a1': an article has a title. Correct it, or remove it.",
        ),
        (
            "a1: {facts: {published: May}}",
            "the fact 'published' of 'a1': 'May' is no ISO date, such as 2021-05-03.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    http: TestClient, folder: Path, written: str, said: str
) -> None:
    (folder / "facts.yaml").write_text(written)
    with pytest.raises(CorrectionError) as told:
        read_facts(folder / "facts.yaml")
    assert said in str(told.value)
    reply = http.get("/v1/articles")
    assert (reply.status_code, reply.json()["code"]) == (503, "corrections")


@given(value=some.text(max_size=40))
def test_whatever_can_be_a_name_is_read_back_as_it_was_written(
    tmp_path_factory: Any, value: str
) -> None:
    path = tmp_path_factory.mktemp("written") / "facts.yaml"
    try:
        name = checked("author", value)
    except ValueError:
        return
    add_facts(path, FactCorrection("a1", {"author": name}, value or None))
    (told,) = read_facts(path)
    assert told.facts == {"author": name}


TEXT = "Intro.\n\nTwo boats sank, Tam Ruick said.\n\nOutro, said Hella Mornay."
PIECE = Embedded(TEXT.index("Two"), TEXT.index("\n\nOutro"), author="Pell Orrin", outlet="Tide")
ARTICLE = Article(
    "a1", "talk.txt", 0, len(TEXT), "A Talk", "Ana Bell", None, "The Quay Post", None, "2020-05-03",
    language="en", kind="news", body=((0, len(TEXT)),), embedded=(PIECE,),
)  # fmt: skip


@pytest.mark.parametrize(
    "before", [ARTICLE, replace(ARTICLE, author=None), replace(ARTICLE, embedded=())]
)
@pytest.mark.parametrize(
    "facts",
    [
        {"author": "Sela Rowe"}, {"author": None}, {"outlet": None, "author": None}, {"translator": "Lin Marsh"},
        {"original_outlet": "Tide"}, {"published": None}, dict(RIGHT),
    ],
)  # fmt: skip
def test_statements_are_told_as_if_they_had_been_read_with_the_facts(
    before: Article, facts: dict[str, str | None]
) -> None:
    now = with_facts(before, FactCorrection("a1", {**facts, "language": "en"}))
    read, wanted = (read_statements(article, TEXT) for article in (before, now))
    passage = Passage("p", "a1", "talk.txt", 0, len(TEXT), TEXT, "en", read)
    assert [asdict(s) for s in retold(passage, before, now).statements] == [
        asdict(s) for s in wanted
    ]


def test_a_chain_that_was_read_in_another_way_is_left_alone() -> None:
    said = Link("Omar Reed", "said")
    odd = Statement(
        "s",
        "a1",
        "talk.txt",
        0,
        9,
        Holder("Omar Reed", None, "person"),
        "turn",
        (said,),
        language="en",
    )
    passage = Passage("p", "a1", "talk.txt", 0, 9, TEXT[:9], "en", (odd,))
    assert retold(passage, ARTICLE, replace(ARTICLE, author="Sela Rowe")) == passage
