from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.settings import read_settings
from tests.served import in_process
from ui.api.routes.articles import confined
from ui.client.local import LocalClient
from ui.render.terminal.answer import terminal_answer

TURNED = {"since": "2022", "until": "2021-03-01"}
UNKNOWN = (
    'The field `options` must be a JSON object, such as {"given": {"outlet": "Quay Post"}};'
    " given.outlett: Unexpected"
)
MISNAMED = {
    "files": {"file": ("a.txt", b"x")},
    "data": {"options": '{"given": {"outlett": "Quay Post"}}'},
}


@pytest.fixture(scope="module")
def http(sample_client: LocalClient) -> Iterator[TestClient]:
    with in_process(sample_client) as client:
        yield client


def test_an_answer_over_http_is_the_answer_in_process(
    http: TestClient, sample_client: LocalClient
) -> None:
    question = "What does the energy minister say about the dead?"
    told = http.post("/v1/answers", json={"question": question}).json()
    own = sample_client.answer(question)
    assert told["text"] == own.text
    assert [c["quote"] for c in told["citations"]] == [c.quote for c in own.citations]
    lines = http.post(
        "/v1/answers", json={"question": question}, headers={"Accept": "text/plain;q=1, */*"}
    )
    assert (lines.headers["content-type"], lines.text) == (
        "text/plain; charset=utf-8",
        terminal_answer(own),
    )
    both = http.post(
        "/v1/answers", json={"question": question}, headers={"Accept": "*/*, text/plain"}
    )
    assert both.json()["text"] == own.text


def test_what_streams_is_what_is_answered(http: TestClient, sample_client: LocalClient) -> None:
    question = "Who ordered the gates of the dam to be opened?"
    own = sample_client.answer(question)
    streamed = http.post("/v1/answers/stream", json={"question": question})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = [
        (kind.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for kind, data in (block.split("\n") for block in streamed.text.strip().split("\n\n"))
    ]
    kinds = [kind for kind, _ in events]
    told = 1 + len(own.viewpoints) + len(own.citations)
    assert kinds[:told] == [
        "understood",
        *["viewpoint"] * len(own.viewpoints),
        *["citation"] * len(own.citations),
    ]
    assert set(kinds[told:-1]) == {"text"} and kinds[-1] == "done"
    assert (
        "".join(data["text"] for kind, data in events if kind == "text")
        == own.text
        == events[-1][1]["text"]
    )
    cited = [(data["id"], data["span"]) for kind, data in events if kind == "citation"]
    assert cited == [(citation.id, [citation.start, citation.end]) for citation in own.citations]
    assert (
        events[-1][1]["citations"]
        == http.post("/v1/answers", json={"question": question}).json()["citations"]
    )


def test_facets_have_counts_and_a_report_that_is_not_there_is_told(http: TestClient) -> None:
    facets = http.get("/v1/facets").json()
    assert {"value": "ar", "count": 2} in facets["languages"] and facets["since"] == "2019-03-19"
    assert set(facets) == {
        "articles",
        "outlets",
        "authors",
        "holders",
        "languages",
        "since",
        "until",
    }
    assert http.get("/reports/none").status_code == 404


def test_an_article_and_the_text_that_its_offsets_resolve_against_can_be_read(
    http: TestClient,
) -> None:
    cited, *_ = http.post("/v1/answers", json={"question": "Who fired first at Orle?"}).json()[
        "citations"
    ]
    article = http.get(f"/v1/articles/{cited['article_id']}").json()
    assert (article["title"], article["outlet"]) == (cited["title"], cited["outlet"])
    read = http.get(f"/v1/sources/{cited['article_id']}/text")
    assert read.headers["content-type"] == "text/plain; charset=utf-8"
    assert read.text[cited["start"] : cited["end"]] == cited["quote"]
    assert (
        http.get("/v1/articles/none").status_code
        == http.get("/v1/sources/none/text").status_code
        == 404
    )
    assert http.get("/readyz").json()["status"] == "ready"


def test_a_stream_of_no_question_is_an_error_of_the_request(http: TestClient) -> None:
    refused = http.post("/v1/answers/stream", json={"question": " "})
    assert refused.status_code == 422 and "The question is empty" in refused.json()["detail"]


def test_filters_and_history_are_heard(http: TestClient) -> None:
    asked = {
        "question": "And the minister?",
        "history": [{"role": "user", "content": "How many people died in the flood?"}],
        "filters": {"outlets": ["Midwater Wire"], "until": "2019"},
    }
    told = http.post("/v1/answers", json=asked).json()
    assert told["understood"]["question"] == "How many people died in the flood? And the minister?"
    assert {c["outlet"] for c in told["citations"]} == {"Midwater Wire"}
    assert told["searched"]["filters"]["outlets"] == ["Midwater Wire"]


def test_search_gives_hits_best_first_inside_the_filters(http: TestClient) -> None:
    told = http.get(
        "/v1/search", params={"q": "the gates", "k": 3, "outlets": ["Ostrel Standard"]}
    ).json()
    assert len(told["hits"]) == 3 and 0 <= told["answerable"] <= 1
    assert {hit["source"].split("-")[0] for hit in told["hits"]} == {"standard"}
    assert [hit["score"] for hit in told["hits"]] == sorted(
        (hit["score"] for hit in told["hits"]), reverse=True
    )


def test_an_article_is_added_listed_and_removed(http: TestClient) -> None:
    told = "The grey heron came back to the weir on Sunday, the keeper of the lock told us."
    text = f"The Heron Returns\n\nBy Ana Bell\n\n{told}\n"
    report = http.post("/v1/articles", files={"file": ("heron.txt", text.encode())}).json()[0]
    assert (report["source"], report["verdict"], report["articles"]) == ("heron.txt", "added", 1)
    row = next(row for row in http.get("/v1/articles").json() if row["source"] == "heron.txt")
    assert (row["title"], row["author"], row["passages"]) == ("The Heron Returns", "Ana Bell", 1)
    assert http.delete(f"/v1/articles/{row['id']}").status_code == 204
    assert all(row["source"] != "heron.txt" for row in http.get("/v1/articles").json())


@pytest.mark.parametrize(
    ("method", "path", "given", "status", "detail"),
    [
        ("POST", "/v1/answers", {"json": {"question": " "}}, 422, "The question is empty"),
        (
            "POST",
            "/v1/answers",
            {"json": {"question": "x" * 100_000}},
            422,
            "The question has 100,000 characters",
        ),
        ("POST", "/v1/answers", {"json": {}}, 422, "The request cannot be read at body.question"),
        (
            "POST",
            "/v1/answers",
            {"json": {"question": "x", "filters": {"since": "May"}}},
            422,
            "'May' is no date",
        ),
        (
            "POST",
            "/v1/answers",
            {"json": {"question": "x", "filters": TURNED}},
            422,
            "No day is since 2022 and until 2021-03-",
        ),
        ("POST", "/v1/articles", MISNAMED, 400, UNKNOWN),
        (
            "GET",
            "/v1/search",
            {"params": {"q": "x", "k": 0}},
            422,
            "The request cannot be read at query.k",
        ),
        ("DELETE", "/v1/articles/none", {}, 404, "No article has the id 'none'"),
        (
            "GET",
            "/v1/statements",
            {"params": {"article": "none"}},
            404,
            "No article has the id 'none'",
        ),
        ("GET", "/v1/statements/none", {}, 404, "No statement has the id 'none'"),
        (
            "POST",
            "/v1/statements/none/correction",
            {"json": {"holder": "Ed"}},
            404,
            "No statement has the id 'none'",
        ),
        (
            "POST",
            "/v1/statements/none/correction",
            {"json": {"name": "Ed"}},
            422,
            "The request cannot be read at body",
        ),
        ("DELETE", "/v1/statements/none/correction", {}, 404, "Nothing of 'none' was corrected"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(
    http: TestClient, method: str, path: str, given: dict[str, object], status: int, detail: str
) -> None:
    reply = http.request(method, path, **given)  # type: ignore[arg-type]
    assert (reply.status_code, reply.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    assert reply.json()["status"] == status and reply.json()["detail"].startswith(detail)


@pytest.mark.parametrize(
    ("path", "sent", "status", "detail"),
    [
        (
            "/v1/answers",
            ("text/plain", b'{"question": "x"}'),
            415,
            (
                "The request is `Content-Type: text/plain`. Send it as `Content-Type:"
                " application/json`."
            ),
        ),
        (
            "/v1/answers",
            (None, b'{"question": "x"}'),
            415,
            "The request has no `Content-Type`. Send it as `Content-Type: application/json`.",
        ),
        (
            "/v1/statements/none/correction",
            ("application/x-www-form-urlencoded", b"holder=Ed"),
            415,
            (
                "The request is `Content-Type: application/x-www-form-urlencoded`. Send it as"
                " `Content-Type: application/json`."
            ),
        ),
        (
            "/v1/articles",
            ("application/json", b"{}"),
            415,
            (
                "The request is `Content-Type: application/json`. Send it as `Content-Type:"
                " multipart/form-data`."
            ),
        ),
        (
            "/v1/answers",
            ("application/problem+json", b"{}"),
            422,
            "The request cannot be read at body.question: Field",
        ),
        (
            "/v1/answers",
            ("application/json", b'"x"'),
            422,
            "The request cannot be read at body: Input should be a",
        ),
        ("/v1/answers", (None, b""), 422, "The request cannot be read at body: Field required."),
    ],
)
def test_a_body_of_another_type_is_told_which_one_to_send(
    http: TestClient, path: str, sent: tuple[str | None, bytes], status: int, detail: str
) -> None:
    kind, content = sent
    told = http.post(path, content=content, headers={"Content-Type": kind} if kind else {})
    assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
    assert told.json()["detail"].startswith(detail)
    assert told.json()["code"] == ("media-type" if status == 415 else "request")


def test_statements_are_asked_for_by_article_holder_and_id(http: TestClient) -> None:
    every = http.get("/v1/statements").json()
    first = every[0]
    own = http.get("/v1/statements", params={"article": first["article_id"]}).json()
    assert own == [row for row in every if row["article_id"] == first["article_id"]]
    theirs = http.get("/v1/statements", params={"holder": "Dzelny"}).json()
    assert theirs == [row for row in every if row["holder"]["name"] == "Ilka Dzelny"] != []
    assert http.get(f"/v1/statements/{first['id']}").json() == first
    assert http.get("/v1/statements", params={"holder": "Nobody Known"}).json() == []


def test_holders_are_listed_with_their_spellings_counts_and_dates(http: TestClient) -> None:
    row = next(row for row in http.get("/v1/holders").json() if row["name"] == "Ilka Dzelny")
    told = http.get("/v1/statements", params={"holder": "Ilka Dzelny"}).json()
    assert (row["type"], row["statements"]) == ("person", len(told))
    assert row["articles"] == len({statement["article_id"] for statement in told})
    assert row["first"] <= row["last"] and {"roles", "variants"} <= row.keys()


def test_a_statement_is_corrected_listed_and_given_back(http: TestClient) -> None:
    found = http.get("/v1/statements", params={"holder": "Ilka Dzelny"}).json()[0]
    at = f"/v1/statements/{found['id']}/correction"
    now = http.post(at, json={"holder": "Tamsin Orvo"}).json()
    assert now == http.get(f"/v1/statements/{found['id']}").json()
    assert (now["id"], now["holder"]["name"], now["rule"]) == (
        found["id"],
        "Tamsin Orvo",
        "correction",
    )
    (row,) = http.get("/v1/corrections").json()
    assert (row["statement_id"], row["holder"], row["words"], row["holds"]) == (
        found["id"], "Tamsin Orvo", found["text"], True,
    )  # fmt: skip
    assert http.delete(at).json() == found
    assert http.get("/v1/corrections").json() == []


@pytest.mark.parametrize(
    ("asked", "detail"),
    [
        ({}, "Nobody is named."),
        ({"type": "media"}, "Nobody is named."),
        (
            {"holder": "Ed", "words": "never written here"},
            "These words do not stand in the text of",
        ),
    ],
)
def test_a_correction_that_cannot_be_is_told_as_a_problem(
    http: TestClient, asked: dict[str, str], detail: str
) -> None:
    id = http.get("/v1/statements", params={"holder": "Ilka Dzelny"}).json()[0]["id"]
    reply = http.post(f"/v1/statements/{id}/correction", json=asked)
    assert (reply.status_code, reply.headers["content-type"]) == (400, "application/problem+json")
    assert reply.json()["detail"].startswith(detail)
    assert http.get("/v1/corrections").json() == []


def test_files_beside_the_corpus_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    client = LocalClient(read_settings(corpus=str(tmp_path / "broken")))
    with in_process(client) as http:
        for name, words in (
            ("aliases.yaml", "aliases.yaml cannot be read"),
            ("corrections.yaml", "must hold a list"),
        ):
            (tmp_path / "broken" / name).write_text("[" if name == "aliases.yaml" else "nothing")
            reply = http.get("/v1/holders")
            assert (reply.status_code, reply.headers["content-type"]) == (
                503,
                "application/problem+json",
            )
            assert words in reply.json()["detail"]
            (tmp_path / "broken" / name).unlink()
        assert http.get("/v1/holders").json() == []
    client.close()


def test_a_file_that_is_no_text_is_a_report_and_not_an_error(http: TestClient) -> None:
    reply = http.post("/v1/articles", files={"file": ("photo.txt", b"\x89PNG\x00\x01\xff")})
    assert (reply.status_code, reply.json()[0]["verdict"]) == (200, "failed")
    assert reply.json()[0]["reason"].startswith("photo.txt is a binary file")


def test_the_server_is_healthy(http: TestClient) -> None:
    assert http.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "a.txt"),
        ("news/a.txt", "news/a.txt"),
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a", "etc/a"),
        ("..", "upload.txt"),
    ],
)
def test_an_uploaded_name_stays_below_nothing(name: str, expected: str) -> None:
    assert confined(name) == expected
