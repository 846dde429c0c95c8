"""The tools of the Model Context Protocol by its own client: in process, over HTTP, and as a
command.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from tests.conftest import ROOT
from tests.served import served
from ui.client.local import LocalClient
from ui.mcp import create_mcp
from ui.schemas import from_json, to_json

GATES = "Who ordered the gates of the dam to be opened?"


@pytest.fixture(scope="module")
def address(sample_client: LocalClient) -> Iterator[str]:
    with served(sample_client) as url:
        yield f"{url}/mcp"


def called(server: Any, tool: str, **asked: Any) -> Any:
    """What a tool returns: its structured content, or the text of its error."""

    async def call() -> Any:
        async with Client(server) as client:
            told = await client.call_tool(tool, asked)
            return (
                getattr(told.content[0], "text", "") if told.is_error else told.structured_content
            )

    return asyncio.run(call())


def test_the_tools_are_listed_with_the_shape_of_what_they_return(
    sample_client: LocalClient,
) -> None:
    async def listed() -> dict[str, Any]:
        async with Client(create_mcp(sample_client)) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    tools = asyncio.run(listed())
    assert set(tools) == {"ask", "search", "read_article", "list_outlets_and_holders"}
    assert "citations" in tools["ask"].output_schema["properties"]
    assert tools["ask"].input_schema["required"] == ["question"]


def test_an_answer_over_http_is_the_one_in_process(
    sample_client: LocalClient, address: str
) -> None:
    told = called(address, "ask", question=GATES)
    own = from_json(dict[str, Any], to_json(sample_client.answer(GATES)))
    assert {**told, "timings_ms": {}} == {**own, "timings_ms": {}}


def test_filters_and_earlier_questions_are_heard(sample_client: LocalClient) -> None:
    told = called(
        create_mcp(sample_client),
        "ask",
        question="And what does Tamsin Orvo say?",
        earlier_questions=[GATES],
        outlets=["Open Sluice"],
        since="2020",
    )
    assert told["understood"]["question"] == f"{GATES} And what does Tamsin Orvo say?"
    assert {one["outlet"] for one in told["citations"]} == {"Open Sluice"}


def test_an_article_is_read_by_voice_and_each_stretch_is_the_source_s(
    sample_client: LocalClient,
) -> None:
    hit = called(create_mcp(sample_client), "search", question=GATES, k=1)["hits"][0]
    told = called(create_mcp(sample_client), "read_article", article_id=hit["article_id"])
    source = sample_client.source_text(hit["article_id"])
    assert told["article"]["id"] == hit["article_id"] and len(told["text"]) > 3
    assert all(source[one["start"] : one["end"]] == one["text"] for one in told["text"])
    assert {one["holder"]["name"] for one in told["text"]} >= {
        told["article"]["author"] or told["article"]["outlet"]
    }


def test_who_and_what_can_be_asked_about_is_listed(sample_client: LocalClient) -> None:
    told = called(create_mcp(sample_client), "list_outlets_and_holders", most=2)
    assert "Ostrel Standard" in told["outlets"] and len(told["holders"]) == 2
    assert told["articles"] == len(sample_client.articles())


@pytest.mark.parametrize(
    ("tool", "asked", "said"),
    [
        ("ask", {"question": " "}, "The question is empty."),
        ("ask", {"question": "x", "since": "soon"}, "'soon' is no date."),
        ("read_article", {"article_id": "none"}, "No article has the id 'none'."),
        ("search", {"question": "x", "k": 0}, "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    sample_client: LocalClient, tool: str, asked: dict[str, Any], said: str
) -> None:
    assert said in called(create_mcp(sample_client), tool, **asked)


def test_a_name_of_another_machine_is_refused(address: str) -> None:
    import httpx

    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accepting = {"Accept": "application/json, text/event-stream"}
    assert (
        httpx.post(address, json=asked, headers={**accepting, "Host": "evil.example"}).status_code
        == 421
    )
    assert (
        httpx.post(
            address, json=asked, headers={**accepting, "Origin": "http://evil.example"}
        ).status_code
        == 403
    )


def test_the_command_speaks_on_standard_input_and_output(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    command = StdioServerParameters(
        command=sys.executable,
        args=[
            "-c",
            "import sys; from ui.cli.main import main; sys.exit(main())",
            "mcp",
            "--corpus",
            str(tmp_path / "corpus"),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert called(command, "ask", question="Who broke it?")["gaps"] == [
        "The corpus holds no articles yet. Ingest some, then ask again."
    ]
