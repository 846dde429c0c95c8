"""What the OpenAPI description says besides types: groups of routes, examples, and which problems a route can have."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from ui.api.problems import PROBLEM_JSON, Problem

DESCRIPTION = """Who says what in articles that contradict one another, each with words you can open and check.

Offsets are characters of the source text; dates are ISO; every error is a problem (RFC 9457) with a `code` and a
sentence in `detail`. Where the server has keys, send one as `Authorization: Bearer KEY`."""
_EVERYWHERE = (401, 403, 429, 503)
_MEANINGS = {
    400: "What is asked cannot be done as it is asked.",
    401: "No key came, or none that is known.",
    403: "The key does not reach so far.",
    404: "Nothing has that id.",
    413: "More bytes than are read.",
    422: "The request cannot be read.",
    429: "More than is answered at once: `Retry-After` says when to come again.",
    503: "The corpus, or something else that is needed, does not answer: `Retry-After` says when to come again.",
    504: "Not finished in time.",
}


@dataclass(frozen=True)
class _Tags:
    ask: list[str | Any] = field(default_factory=lambda: ["Ask"])
    corpus: list[str | Any] = field(default_factory=lambda: ["The corpus"])
    voices: list[str | Any] = field(default_factory=lambda: ["Who says what"])
    jobs: list[str | Any] = field(default_factory=lambda: ["Uploads on their way"])
    openai: list[str | Any] = field(default_factory=lambda: ["OpenAI's format"])
    server: list[str | Any] = field(default_factory=lambda: ["The server"])


TAGS = _Tags()
ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, with its citations.",
        "content": {"text/plain": {"schema": {"type": "string", "description": "The same in lines for a terminal."}}},
    }
}
EVENT = {
    "type": "object",
    "description": "Each event of the stream: its kind, and its data as JSON.",
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    "required": ["data"],
}
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer as it comes; its last event `done` has all of it.",
        "content": {
            "text/event-stream": {
                "schema": EVENT,
                "example": 'event: text\ndata: {"text": "2 voices in 2 outlets on this."}\n\n',
            }
        },
    }
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route can have besides those that every route can."""
    return {
        status: {
            "description": f"{HTTPStatus(status).phrase}. {_MEANINGS[status]}",
            "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({*statuses, *_EVERYWHERE})
    }


def openai_problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The same for a route of OpenAI's, whose clients know one form of an error."""
    return {
        status: {
            "description": f"{HTTPStatus(status).phrase}. {_MEANINGS[status]}",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
        for status in sorted({*statuses, *_EVERYWHERE})
    }


def describe(api: FastAPI) -> None:
    """Has an API describe its problems and its keys."""

    def described() -> dict[str, Any]:
        if api.openapi_schema is None:
            told = get_openapi(
                title=api.title, version=api.version, description=api.description, routes=api.router.routes
            )
            parts = told["components"]
            parts["schemas"]["Problem"] = Problem.model_json_schema()
            for unused in ("HTTPValidationError", "ValidationError"):
                parts["schemas"].pop(unused, None)
            for operation in (one for path in told["paths"].values() for one in path.values()):
                if "HTTPValidationError" in str(operation["responses"].get("422")):  # FastAPI's own, never sent
                    operation["responses"]["422"] = problems(422)[422]
            parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
            told["security"] = [{}, {"key": []}]
            api.openapi_schema = told
        return api.openapi_schema

    api.openapi = described  # type: ignore[method-assign]  # as FastAPI's documentation has it
