"""OpenAI's own client against the server: an answer whole and as it comes, follow-ups, errors."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from openai import BadRequestError, OpenAI

from tests.served import served
from ui.client import LocalClient
from ui.render.exports import sources_as_markdown

GATES = "Who ordered the gates of the dam to be opened?"


@pytest.fixture(scope="module")
def openai(sample_client: LocalClient) -> Iterator[OpenAI]:
    with served(sample_client) as url, OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0) as client:
        yield client


def test_the_one_model_is_listed(openai: OpenAI) -> None:
    assert [model.id for model in openai.models.list()] == ["rashomon"]


def test_an_answer_is_the_api_s_with_its_sources_below(openai: OpenAI, sample_client: LocalClient) -> None:
    told = openai.chat.completions.create(
        model="rashomon", temperature=0.7, messages=[{"role": "user", "content": GATES}]
    )
    own = sample_client.answer(GATES)
    (choice,) = told.choices
    assert choice.finish_reason == "stop" and told.object == "chat.completion"
    assert choice.message.content == f"{own.text}\n\n{sources_as_markdown(own)}"
    extra = told.model_extra or {}
    assert [one["quote"] for one in extra["rashomon"]["citations"]] == [one.quote for one in own.citations]


def test_what_streams_is_the_same(openai: OpenAI, sample_client: LocalClient) -> None:
    own = sample_client.answer(GATES)
    chunks = list(
        openai.chat.completions.create(model="rashomon", stream=True, messages=[{"role": "user", "content": GATES}])
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == f"{own.text}\n\n{sources_as_markdown(own)}"
    assert len({chunk.id for chunk in chunks}) == 1
    assert [chunk.choices[0].finish_reason for chunk in chunks[-2:]] == [None, "stop"]
    assert (chunks[-1].model_extra or {})["rashomon"]["status"] == own.status


def test_earlier_messages_make_a_follow_up_whole_and_filters_are_heard(openai: OpenAI) -> None:
    told = openai.chat.completions.create(
        model="rashomon",
        messages=[
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": GATES},
            {"role": "assistant", "content": "Nobody knows."},
            {"role": "user", "content": [{"type": "text", "text": "And what does Tamsin Orvo say?"}]},
        ],
        extra_body={"filters": {"outlets": ["Open Sluice"]}},
    )
    answer = (told.model_extra or {})["rashomon"]
    assert answer["understood"]["question"] == f"{GATES} And what does Tamsin Orvo say?"
    assert {one["outlet"] for one in answer["citations"]} == {"Open Sluice"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"messages": [{"role": "user", "content": " "}]}, "The question is empty."),
        ({"messages": [{"role": "user", "content": " "}], "stream": True}, "The question is empty."),
        ({"messages": []}, "The last message must be the user's, with the question."),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "The last message must be the user's"),
        ({"messages": [{"role": "user", "content": "x"}], "model": "gpt"}, "There is no model 'gpt'. Use 'rashomon'"),
    ],
)
def test_what_is_wrong_is_said_in_openai_s_form(openai: OpenAI, asked: dict[str, object], said: str) -> None:
    with pytest.raises(BadRequestError) as refused:
        openai.chat.completions.create(**{"model": "rashomon", **asked})  # type: ignore[call-overload]
    assert refused.value.body["message"].startswith(said)  # type: ignore[index]
    assert refused.value.type == "invalid_request_error"


def test_a_stream_ends_as_the_format_wants(openai: OpenAI) -> None:
    asked = {"stream": True, "messages": [{"role": "user", "content": GATES}]}
    lines = httpx.post(f"{openai.base_url}chat/completions", json=asked).text.strip().split("\n\n")
    assert lines[-1] == "data: [DONE]" and all(line.startswith("data: ") for line in lines)
