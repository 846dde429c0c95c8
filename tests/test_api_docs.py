"""The examples of docs/api.md run, against a server as they name it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import ROOT
from tests.served import served
from ui.client import LocalClient

DOCS = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:7860"


@pytest.fixture(scope="module")
def url(sample_client: LocalClient) -> Iterator[str]:
    with served(sample_client) as address:
        yield address


@pytest.mark.parametrize("example", re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL), ids=["openai", "mcp"])
def test_a_python_example_prints_an_answer(example: str, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(example.replace(ADDRESS, url), "docs/api.md", "exec"), {"__name__": "__main__"})
    assert "Orle" in capsys.readouterr().out


def test_the_curl_example_is_answered(url: str) -> None:
    path, body = re.findall(rf"curl -s {ADDRESS}(\S+) .*?-d '(.*?)'", DOCS, re.DOTALL)[0]
    told = httpx.post(f"{url}{path}", json=json.loads(body)).json()
    assert told["status"] == "answered" and {one["outlet"] for one in told["citations"]} == {"Ostrel Standard"}


def test_every_route_of_the_table_is_there(url: str) -> None:
    routes = httpx.get(f"{url}/openapi.json").json()["paths"]
    named = set(re.findall(r"(/(?:v1/[\w/{}]+|healthz|readyz))", DOCS.partition("## curl")[0]))
    assert {name.replace("{id}", "") for name in named} <= {re.sub(r"{\w+}", "", route) for route in routes}
