"""The API's description: the one that is kept is the one that is served, and the API keeps to it whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
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


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with tiny(tmp_path_factory.mktemp("described")) as client, served(client) as address:
        client.ingest_bytes("ferry.txt", FERRY)
        yield address


schema = schemathesis.openapi.from_path(KEPT)


@schema.parametrize()
@hypothesis.settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
def test_whatever_is_sent_is_answered_as_described(case: schemathesis.Case[Any], url: str) -> None:
    case.call_and_validate(
        base_url=url,
        checks=[not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance],
    )
