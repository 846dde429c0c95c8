"""What a server tells of itself: its figures, and its log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from tests.served import FERRY, in_process, keyring, tiny

ASKED = {"question": "When did the ferry sail?"}


@pytest.fixture
def http(tmp_path: Path) -> Iterator[TestClient]:
    with tiny(tmp_path) as client, in_process(client) as opened:
        yield opened


def figures(http: TestClient) -> dict[str, float]:
    """Every figure by its name and labels."""
    return {
        " ".join(
            [sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))]
        ): sample.value
        for family in text_string_to_metric_families(http.get("/metrics").text)
        for sample in family.samples
    }


def test_the_figures_count_what_was_done(http: TestClient) -> None:
    http.post("/v1/articles", files={"file": ("ferry.txt", FERRY)})
    http.post("/v1/articles", files={"file": ("photo.txt", b"\x89PNG\x00\x01\xff")})
    answer = http.post("/v1/answers", json=ASKED).json()
    http.get("/v1/articles/none")
    http.get("/v1/articles/other")
    http.request("BREW", "/v1/articles")
    told = figures(http)
    assert (
        told["rashomon_requests_total method=GET route=/v1/articles/{article_id} status=404"] == 2
    )
    assert told["rashomon_requests_total method=POST route=/v1/articles status=200"] == 2
    assert not [name for name in told if "BREW" in name]
    assert told[f"rashomon_answers_total status={answer['status']} writer=extractive"] == 1
    assert {name for name in told if name.startswith("rashomon_stage_seconds_count")} == {
        f"rashomon_stage_seconds_count stage={stage}" for stage in answer["timings_ms"]
    }
    assert told["rashomon_sentences_total kind=claim ruling=left_out"] == answer["left_out"] == 0
    supported = sum(one["support"] is not None for one in answer["sentences"])
    assert told.get("rashomon_sentences_total kind=claim ruling=supported", 0) == supported
    assert (
        told["rashomon_ingested_total verdict=added"]
        == told["rashomon_ingested_total verdict=failed"]
        == 1
    )
    assert told["rashomon_ingested_passages_total"] == 1 and told["rashomon_jobs_waiting"] == 0
    assert told["process_resident_memory_bytes"] > 1e7


@pytest.mark.parametrize(
    ("level", "events"),
    [
        ("off", []),
        ("problems", ["source"]),
        ("requests", ["request", "source", "request", "request"]),
        ("questions", ["request", "source", "request", "answer", "request"]),
    ],
)
def test_the_log_tells_as_much_as_it_is_told_to(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], level: str, events: list[str]
) -> None:
    secret = keyring(tmp_path).add("desk", ["admin"])
    headers = {"Authorization": f"Bearer {secret}"}
    with tiny(tmp_path, log=level) as client, in_process(client) as http:
        http.get(
            "/v1/articles", params={"secret": "words"}, headers={"Authorization": "Bearer rk_wrong"}
        )
        http.post(
            "/v1/articles", files={"file": ("photo.txt", b"\x89PNG\x00\x01\xff")}, headers=headers
        )
        http.post("/v1/answers", json=ASKED, headers=headers)
    said = capfd.readouterr().err
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines] == events
    assert [line["key"] for line in lines if line["event"] == "request"] == [None, "desk", "desk"][
        : events.count("request")
    ]
    assert not any(word in said for word in (secret, "rk_wrong", "words"))
    assert ("ferry" in said) == (level == "questions")
