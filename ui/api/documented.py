"""What routes say of themselves besides types: their groups, examples, and which problems they can
have.

`ui.api.openapi` makes the description of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

DESCRIPTION = """Who says what in articles that contradict one another, each with words you can open and check.

Offsets are characters of the source text; dates are ISO; every error is a problem (RFC 9457) with a `code` and a
sentence in `detail`, on OpenAI's paths an error in OpenAI's form. Where the server has keys, send one as
`Authorization: Bearer KEY`.

`/mcp` speaks the Model Context Protocol (streamable HTTP), with the tools `ask`, `search`, `read_article` and
`list_outlets_and_holders`; it describes itself to its clients. The chat is at `/`."""
PROBLEM_JSON = "application/problem+json"
_ANYBODY = (405, 421, 500)  # problems of every route,
# and of those that not everybody may ask for, or that need the corpus
_GUARDED = (401, 403, 429, 503)
MEANINGS = {
    400: "What is asked cannot be done as it is asked.",
    401: "No key came, or none that is known.",
    403: "The key does not reach so far.",
    404: "Nothing has that id.",
    405: "The path is there for other methods: `Allow` names them.",
    408: "The body did not come within its time.",
    413: "More bytes than are read.",
    409: "Somebody has cancelled what this waited for.",
    415: "The body is of another type than is read: the detail names the one to send.",
    421: "The server was asked by a name that is not its own.",
    422: "The request cannot be read.",
    429: "More than is answered at once: `Retry-After` says when to come again.",
    500: "Something that nobody foresaw: the log has it under the request's id.",
    503: (
        "The corpus, or something else that is needed, does not answer: `Retry-After` says when to"
        " come again."
    ),
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
        "content": {
            "text/plain": {
                "schema": {"type": "string", "description": "The same in lines for a terminal."}
            }
        },
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
    """The problems that a route can have: these, and those that every route can."""
    return {
        status: _problem(status, PROBLEM_JSON)
        for status in sorted({*statuses, *_ANYBODY, *_GUARDED})
    }


def open_problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The same for a route that everybody may ask for."""
    return {status: _problem(status, PROBLEM_JSON) for status in sorted({*statuses, *_ANYBODY})}


def openai_problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The same for a route of OpenAI's, whose clients know one form of an error."""
    return {
        status: _problem(status, "application/json")
        for status in sorted({*statuses, *_ANYBODY, *_GUARDED})
    }


def _problem(status: int, form: str) -> dict[str, Any]:
    return {"description": MEANINGS[status], "content": {form: {}}}
