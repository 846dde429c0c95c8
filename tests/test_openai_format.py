"""OpenAI's own client against the server: an answer whole and as it comes, follow-ups, errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from openai import BadRequestError, NotFoundError, OpenAI

from tests.served import served
from ui.client.local import LocalClient
from ui.render.exports import sources_as_markdown
from vectorstore.language.token_count import count_tokens

GATES = "Who ordered the gates of the dam to be opened?"
ASKED: dict[str, object] = {"messages": [{"role": "user", "content": GATES}]}


def said_with(part: dict[str, object]) -> dict[str, object]:
    """A question with something beside its text."""
    return {"messages": [{"role": "user", "content": [{"type": "text", "text": GATES}, part]}]}


@pytest.fixture(scope="module")
def openai(sample_client: LocalClient) -> Iterator[OpenAI]:
    with (
        served(sample_client) as url,
        OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0) as client,
    ):
        yield client


def test_the_one_model_is_listed(openai: OpenAI) -> None:
    assert [model.id for model in openai.models.list()] == ["rashomon"]
    assert openai.models.retrieve("rashomon").to_dict() == {
        "id": "rashomon", "object": "model", "created": 0, "owned_by": "rashomon",
    }  # fmt: skip


def test_a_model_that_is_not_there_is_told_as_openai_tells_it(openai: OpenAI) -> None:
    told = {
        "message": "There is no model 'big/gpt'. Use 'rashomon', which GET /v1/models lists.",
        "type": "invalid_request_error",
        "param": None,
        "code": "model_not_found",
    }
    with pytest.raises(NotFoundError) as retrieved:
        openai.models.retrieve("big/gpt")
    with pytest.raises(NotFoundError) as asked:
        openai.chat.completions.create(
            model="big/gpt", messages=[{"role": "user", "content": GATES}]
        )
    assert retrieved.value.body == asked.value.body == told


def test_what_openai_has_and_this_server_has_not_is_told_in_openai_s_form(openai: OpenAI) -> None:
    calls: dict[str, Callable[[], object]] = {
        "/v1/completions": lambda: openai.completions.create(model="rashomon", prompt="x"),
        "/v1/embeddings": lambda: openai.embeddings.create(model="rashomon", input="x"),
        "/v1/responses": lambda: openai.responses.create(model="rashomon", input="x"),
        "/v1/responses/r1": lambda: openai.responses.retrieve("r1"),
        "/v1/moderations": lambda: openai.moderations.create(input="x"),
        "/v1/images/generations": lambda: openai.images.generate(prompt="x"),
        "/v1/files": lambda: openai.files.list(),
        "/v1/fine_tuning/jobs": lambda: openai.fine_tuning.jobs.list(),
        "/v1/vector_stores": lambda: openai.vector_stores.list(),
    }
    for path, call in calls.items():
        with pytest.raises(NotFoundError) as refused:
            call()
        assert refused.value.body == {
            "message": f"{path} is not there. /docs lists what is.",
            "type": "invalid_request_error", "param": None, "code": "not-found",
        }  # fmt: skip
    wrong = httpx.get(f"{openai.base_url}chat/completions")
    assert (wrong.status_code, wrong.headers["Allow"], wrong.json()["error"]["code"]) == (
        405,
        "POST",
        "method",
    )


def test_an_answer_is_the_api_s_with_its_sources_below(
    openai: OpenAI, sample_client: LocalClient
) -> None:
    told = openai.chat.completions.create(
        model="rashomon", temperature=0.7, messages=[{"role": "user", "content": GATES}]
    )
    own = sample_client.answer(GATES)
    (choice,) = told.choices
    used = (count_tokens(GATES), count_tokens(choice.message.content or ""))
    assert told.usage and told.usage.to_dict() == {
        "prompt_tokens": used[0], "completion_tokens": used[1], "total_tokens": sum(used),
    }  # fmt: skip
    assert choice.finish_reason == "stop" and told.object == "chat.completion"
    assert choice.message.content == f"{own.text}\n\n{sources_as_markdown(own)}"
    extra = told.model_extra or {}
    assert [one["quote"] for one in extra["rashomon"]["citations"]] == [
        one.quote for one in own.citations
    ]


def test_what_streams_is_the_same(openai: OpenAI, sample_client: LocalClient) -> None:
    own = sample_client.answer(GATES)
    chunks = list(
        openai.chat.completions.create(
            model="rashomon", stream=True, messages=[{"role": "user", "content": GATES}]
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == f"{own.text}\n\n{sources_as_markdown(own)}"
    assert len({chunk.id for chunk in chunks}) == 1
    assert [chunk.choices[0].finish_reason for chunk in chunks[-2:]] == [None, "stop"]
    assert (chunks[-1].model_extra or {})["rashomon"]["status"] == own.status


def test_a_stream_ends_with_what_was_used_where_that_is_asked_for(openai: OpenAI) -> None:
    messages: Any = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": GATES}]},
    ]
    *chunks, ends, last = openai.chat.completions.create(
        model="rashomon", messages=messages, stream=True, stream_options={"include_usage": True}
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    asked, told = count_tokens("Be brief.") + count_tokens(GATES), count_tokens(text)
    assert (last.choices, last.id) == ([], ends.id) and last.usage
    assert last.usage.to_dict() == {
        "prompt_tokens": asked,
        "completion_tokens": told,
        "total_tokens": asked + told,
    }
    assert all(chunk.to_dict()["usage"] is None for chunk in (*chunks, ends))
    assert (
        ends.choices[0].finish_reason == "stop"
        and (ends.model_extra or {})["rashomon"]["status"] == "answered"
    )
    for plain in openai.chat.completions.create(model="rashomon", messages=messages, stream=True):
        assert "usage" not in plain.to_dict()


def test_earlier_messages_make_a_follow_up_whole_and_filters_are_heard(openai: OpenAI) -> None:
    told = openai.chat.completions.create(
        model="rashomon",
        messages=[
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": GATES},
            {"role": "assistant", "content": "Nobody knows."},
            {
                "role": "user",
                "content": [{"type": "text", "text": "And what does Tamsin Orvo say?"}],
            },
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
        (
            {"messages": [{"role": "user", "content": " "}], "stream": True},
            "The question is empty.",
        ),
        ({"messages": []}, "The last message must be the user's, with the question."),
        (
            {"messages": [{"role": "assistant", "content": "x"}]},
            "The last message must be the user's",
        ),
        ({**ASKED, "n": 2}, "A question has one answer here, and `n` is 2. Leave `n` out."),
        (
            {**ASKED, "response_format": {"type": "json_object"}},
            "An answer is text here, and `response_format` asks",
        ),
        (
            {**ASKED, "tools": [{"type": "function", "function": {"name": "f"}}]},
            "No tools are called here.",
        ),
        ({**ASKED, "functions": [{"name": "f"}]}, "No tools are called here."),
        (
            {**ASKED, "modalities": ["text", "audio"]},
            "An answer is text here. Leave `modalities` out.",
        ),
        (
            said_with({"type": "image_url", "image_url": {"url": "data:"}}),
            "Only text is read here, and a message has a",
        ),
        (
            said_with({"type": "input_audio", "input_audio": {}}),
            "Only text is read here, and a message has a part of",
        ),
    ],
)
def test_what_is_wrong_is_said_in_openai_s_form(
    openai: OpenAI, asked: dict[str, object], said: str
) -> None:
    with pytest.raises(BadRequestError) as refused:
        openai.chat.completions.create(**{"model": "rashomon", **asked})  # type: ignore[call-overload]
    assert refused.value.body["message"].startswith(said)  # type: ignore[index]
    assert refused.value.type == "invalid_request_error"


def test_what_changes_nothing_is_passed_over(openai: OpenAI) -> None:
    harmless: dict[str, Any] = {
        "temperature": 0.2, "top_p": 0.9, "max_tokens": 5, "max_completion_tokens": 5, "seed": 7, "user": "me", "n": 1,
        "stop": ["."], "presence_penalty": 1, "logit_bias": {"1": 2}, "response_format": {"type": "text"}, "tools": [],
        "metadata": {"a": "b"}, "store": False, "modalities": ["text"], "reasoning_effort": "low",
    }  # fmt: skip
    create: Any = openai.chat.completions.create
    plain, told = (create(model="rashomon", **ASKED, **more) for more in ({}, harmless))
    assert told.choices[0].message == plain.choices[0].message


def test_a_stream_ends_as_the_format_wants(openai: OpenAI) -> None:
    asked = {"stream": True, "messages": [{"role": "user", "content": GATES}]}
    lines = httpx.post(f"{openai.base_url}chat/completions", json=asked).text.strip().split("\n\n")
    assert lines[-1] == "data: [DONE]" and all(line.startswith("data: ") for line in lines)
