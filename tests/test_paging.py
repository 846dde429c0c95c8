"""Lists in pages, over HTTP and through the client of the commands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.served import in_process, served
from ui.client.local import LocalClient
from ui.client.remote import RemoteClient


@pytest.fixture(scope="module")
def http(sample_client: LocalClient) -> Iterator[TestClient]:
    with in_process(sample_client) as client:
        yield client


@pytest.mark.parametrize(
    "path", ["/v1/articles", "/v1/statements", "/v1/holders", "/v1/corrections", "/v1/jobs"]
)
def test_the_pages_of_a_list_are_the_list(
    http: TestClient, path: str, sample_client: LocalClient
) -> None:
    whole = http.get(path).json()
    rows, following, pages = [], f"{path}?limit=7", 0
    while following:
        reply = http.get(following)
        assert reply.headers["X-Total-Count"] == str(len(whole))
        # uploads are no part of the corpus
        version = None if path == "/v1/jobs" else sample_client.version
        assert reply.headers.get("X-Corpus-Version") == version
        rows += reply.json()
        pages += 1
        following = reply.links.get("next", {}).get("url", "")
    assert rows == whole and pages == max(1, -(-len(whole) // 7))


def test_the_next_page_keeps_what_was_asked(http: TestClient) -> None:
    asked = {"holder": "Ilka Dzelny", "limit": "1"}
    first = http.get("/v1/statements", params=asked)
    assert first.links["next"]["url"] == "/v1/statements?holder=Ilka+Dzelny&limit=1&offset=1"
    assert (
        http.get(first.links["next"]["url"]).json()
        == http.get("/v1/statements", params=asked | {"offset": 1}).json()
    )


def test_a_page_behind_the_end_is_empty(http: TestClient) -> None:
    behind = http.get("/v1/articles", params={"offset": 10_000})
    assert (behind.json(), "next" in behind.links) == ([], False)


@pytest.mark.parametrize(
    "asked", [{"limit": 0}, {"limit": 1001}, {"limit": "all"}, {"offset": -1}, {"offset": 1e30}]
)
def test_a_page_that_cannot_be_is_refused(http: TestClient, asked: dict[str, object]) -> None:
    assert http.get("/v1/articles", params=asked).status_code == 422  # type: ignore[arg-type]


def test_the_client_of_the_commands_reads_every_page(sample_client: LocalClient) -> None:
    with served(sample_client) as url:
        client = RemoteClient(url)
        assert list(client.statements()) == list(sample_client.statements())
        client.close()
