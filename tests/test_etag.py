"""What is read again is sent again only where it has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from tests.served import FERRY, in_process, served, tiny
from tests.test_scopes import TABLE
from ui.client.local import LocalClient

MILL = b"The Mill Stands\n\nBy Lin Marsh\n\nThe mill stood still on Monday, the miller said.\n"
TAGGED = [
    "/v1/articles", "/v1/articles/{article}", "/v1/corrections", "/v1/facets", "/v1/holders", "/v1/sources",
    "/v1/sources/{article}/text", "/v1/statements", "/v1/statements/{statement}",
]  # fmt: skip
UNTAGGED = [
    "/healthz",
    "/readyz",
    "/v1/jobs",
    "/v1/models",
    "/v1/search?q=ferry",
    "/v1/articles/none",
    "/openapi.json",
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[LocalClient]:
    with tiny(tmp_path) as opened:
        opened.ingest_bytes("ferry.txt", FERRY)
        yield opened


@pytest.fixture
def http(client: LocalClient) -> TestClient:
    return in_process(client)


def of(path: str, client: LocalClient) -> str:
    (article,) = (row for row in client.articles() if row.source == "ferry.txt")
    return path.format(article=article.id, statement=f"{article.id}-s0")


def again(http: TestClient, path: str, tag: str) -> Any:
    return http.get(path, headers={"If-None-Match": tag})


@pytest.mark.parametrize("path", TAGGED)
def test_what_has_not_changed_is_not_sent_again(
    http: TestClient, client: LocalClient, path: str
) -> None:
    place = of(path, client)
    first = http.get(place)
    tag = first.headers["ETag"]
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    assert http.get(place).headers["ETag"] == tag
    kept = {
        name: value
        for name, value in first.headers.items()
        if name not in ("content-length", "content-type")
    }
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        same = again(http, place, known)
        del same.headers["x-request-id"]
        told = {**same.headers, "x-request-id": kept["x-request-id"]}
        assert (same.status_code, same.content, told) == (304, b"", kept)
    for unknown in ('"other"', "", tag.strip('"')):
        assert (again(http, place, unknown).status_code, again(http, place, unknown).content) == (
            200,
            first.content,
        )


@pytest.mark.parametrize("path", TAGGED)
def test_a_changed_corpus_gives_other_tags(
    http: TestClient, client: LocalClient, path: str
) -> None:
    place = of(path, client)
    tag = http.get(place).headers["ETag"]
    client.ingest_bytes("mill.txt", MILL)
    changed = again(http, place, tag)
    assert changed.status_code == 200 and changed.headers["ETag"] != tag


def test_a_text_that_changes_around_its_article_has_another_tag(
    http: TestClient, client: LocalClient
) -> None:
    two = FERRY + b"\n\n" + MILL
    client.ingest_bytes("both.txt", two)
    first = next(row for row in client.articles() if row.source == "both.txt")
    place, version = f"/v1/sources/{first.id}/text", client.version
    tag = http.get(place).headers["ETag"]
    client.ingest_bytes("both.txt", two + b"\n\n\n")
    assert client.version == version and http.get(place).text == (two + b"\n\n\n").decode()
    assert again(http, place, tag).status_code == 200


def test_each_page_of_a_list_has_a_tag_of_its_own(http: TestClient, client: LocalClient) -> None:
    tags = [
        http.get("/v1/statements", params={"limit": 1, "offset": at}).headers["ETag"]
        for at in (0, 1, 100, 101)
    ]
    assert len(set(tags)) == 4


def test_what_is_no_reading_of_the_corpus_has_no_tag(http: TestClient) -> None:
    assert [path for path in UNTAGGED if "ETag" in http.get(path).headers] == []
    read = {
        path
        for (method, path), scope in TABLE.items()
        if method == "GET" and scope == "ask" and "/v1/" in path
    }
    told = {path.replace("{statement}", "{id}").replace("{article}/", "{id}/").replace("{article}", "{article_id}")
            for path in TAGGED}  # fmt: skip
    assert read - told == {"/v1/models", "/v1/models/{id:path}", "/v1/search"}


def test_a_server_sends_no_body_with_it(client: LocalClient) -> None:
    with served(client) as url, httpx.Client(base_url=url) as http:
        tag = http.get("/v1/articles").headers["ETag"]
        told = [http.get("/v1/articles", headers={"If-None-Match": tag}) for _ in range(2)]
        assert [(reply.status_code, reply.content) for reply in told] == [(304, b""), (304, b"")]
        assert http.get("/v1/articles").status_code == 200
