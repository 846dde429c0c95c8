"""The API's description: the one that is kept is the one that is served, and the API keeps to it
whatever is sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.conftest import ROOT
from tests.openapi import description
from tests.served import FERRY, served, tiny

KEPT = ROOT / "docs" / "rashomon.openapi.json"
EXAMPLES = 15  # of each operation


def test_the_description_that_is_kept_is_the_api_s() -> None:
    told = "Run `make openapi`, and look at what has changed for those who use the API."
    assert KEPT.read_text(encoding="utf-8") == description(), told


def operations() -> dict[str, dict[str, Any]]:
    """Every operation that is described, by its id."""
    paths = json.loads(KEPT.read_text(encoding="utf-8"))["paths"]
    found = [operation for path in paths.values() for operation in path.values()]
    assert len({operation["operationId"] for operation in found}) == len(found)
    return {operation["operationId"]: operation for operation in found}


def replies(status: str, of: dict[str, Any]) -> set[str]:
    """The headers that a reply of an operation has."""
    return set(of["responses"].get(status, {}).get("headers", ()))


def test_operations_have_names_that_programs_can_use() -> None:
    assert sorted(operations()) == [
        "addArticle", "ask", "cancelJob", "correctArticle", "correctStatement", "createChatCompletion", "getArticle",
        "getFacets", "getHealth", "getJob", "getMetrics", "getModel", "getReadiness", "getSourceText", "getStatement",
        "listArticles", "listCorrections", "listHolders", "listJobs", "listModels", "listSources", "listStatements",
        "removeArticle", "search", "streamAnswer", "withdrawCorrection",
    ]  # fmt: skip


def test_the_headers_of_replies_are_described_where_they_are_sent() -> None:
    told = operations()
    lists = {"listArticles", "listStatements", "listHolders", "listCorrections"}
    tagged = lists | {"getArticle", "getStatement", "getFacets", "listSources", "getSourceText"}
    with_header = {
        name: {id for id, operation in told.items() if name in replies("200", operation)}
        for name in ("X-Total-Count", "X-Corpus-Version", "Link", "ETag")
    }
    paged = lists | {"listJobs"}
    assert with_header == {
        "X-Total-Count": paged,
        "X-Corpus-Version": paged,
        "Link": paged,
        "ETag": tagged,
    }
    assert {id for id, operation in told.items() if "ETag" in replies("304", operation)} == tagged
    assert replies("202", told["addArticle"]) == {"Location", "X-Request-ID"}
    assert all(
        "X-Request-ID" in replies(next(iter(one["responses"])), one) for one in told.values()
    )


def test_the_problems_that_can_come_are_described_once_each() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    shared = kept["components"]["responses"]
    used = {
        (id, status, reply["$ref"].rpartition("/")[2])
        for id, one in operations().items()
        for status, reply in one["responses"].items()
        if int(status) >= 400
    }
    openai = {"createChatCompletion", "getModel", "listModels"}
    assert {name for _, _, name in used} == set(shared)
    assert all(
        name == f"{'OpenAIError' if id in openai else 'Problem'}{status}"
        for id, status, name in used
    )
    sent = {
        name: sorted(set(reply["headers"]) - {"X-Request-ID"}) for name, reply in shared.items()
    }
    assert {name: headers for name, headers in sent.items() if headers} == {
        **{f"{form}401": ["WWW-Authenticate"] for form in ("Problem", "OpenAIError")},
        **{f"{form}405": ["Allow"] for form in ("Problem", "OpenAIError")},
        **{
            f"{form}{status}": ["Retry-After"]
            for form in ("Problem", "OpenAIError")
            for status in (429, 503)
        },
    }
    everywhere = set.intersection(*(set(one["responses"]) for one in operations().values()))
    assert everywhere == {"405", "421", "500"}
    assert kept["servers"] == [{"url": "/"}] and "/mcp" in kept["info"]["description"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with tiny(tmp_path_factory.mktemp("described")) as client, served(client) as address:
        client.ingest_bytes("ferry.txt", FERRY)
        yield address


schema = schemathesis.openapi.from_path(KEPT)


@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
)
def test_whatever_is_sent_is_answered_as_described(case: schemathesis.Case[Any], url: str) -> None:
    case.call_and_validate(
        base_url=url,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
        ],
    )
