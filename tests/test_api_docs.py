"""The examples of docs/api.md run, against a server as they name it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from rag.question.understand import LONGEST_QUESTION
from tests.conftest import ROOT
from tests.served import served
from ui.api.errors import PROBLEMS
from ui.client.keys import SCOPES
from ui.client.local import LocalClient

DOCS = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def url(sample_client: LocalClient) -> Iterator[str]:
    with served(sample_client) as address:
        yield address


@pytest.mark.parametrize(
    "example",
    re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL),
    ids=["httpx", "openai", "mcp", "llama-index"],
)
def test_a_python_example_prints_an_answer(
    example: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(example.replace(ADDRESS, url), "docs/api.md", "exec"), {"__name__": "__main__"})
    assert "Orle" in capsys.readouterr().out


def test_the_curl_example_is_answered(url: str) -> None:
    path, body = re.findall(rf"curl -s {ADDRESS}(\S+) .*?-d '(.*?)'", DOCS, re.DOTALL)[0]
    told = httpx.post(f"{url}{path}", json=json.loads(body)).json()
    assert told["status"] == "answered" and {one["outlet"] for one in told["citations"]} == {
        "Ostrel Standard"
    }


def test_every_route_of_the_table_is_there(url: str) -> None:
    routes = httpx.get(f"{url}/openapi.json").json()["paths"]
    named = set(re.findall(r"(/(?:v1/[\w/{}]+|healthz|readyz))", DOCS.partition("## curl")[0]))
    assert {name.replace("{id}", "") for name in named} <= {
        re.sub(r"{\w+}", "", route) for route in routes
    }


def test_the_table_of_errors_is_the_api_s() -> None:
    rows = re.findall(r"^\| (\d{3}) \| ((?:`[\w-]+` ?)+) \|", DOCS, re.MULTILINE)
    told = {(int(status), code) for status, codes in rows for code in re.findall(r"[\w-]+", codes)}
    of_the_framework = {(405, "method"), (415, "media-type"), (422, "request")}
    assert told == set(PROBLEMS.values()) | of_the_framework
    assert f"more than {LONGEST_QUESTION:,} characters" in DOCS


def test_the_table_of_scopes_is_the_keys_own() -> None:
    keys = DOCS.partition("## Keys")[2].partition("## Lists")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", keys, re.MULTILINE)) == SCOPES
