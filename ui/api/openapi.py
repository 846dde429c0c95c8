"""The OpenAPI description: what FastAPI tells of the routes, with their problems, keys and the
headers of replies.

What several operations share stands once, among the components.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from ui.api.documented import MEANINGS, PROBLEM_JSON
from ui.api.errors import Problem, is_openai
from ui.api.middleware.etag import is_tagged

Part = dict[str, Any]

_HEADERS = {
    "Allow": "The methods that the path is there for.",
    "Cache-Control": "`no-cache`: it may be kept, and is to be asked for anew each time.",
    "ETag": (
        "What it is now: sent as `If-None-Match`, it is answered with 304 until something has"
        " changed."
    ),
    "Link": 'The way to the next page, as `<...>; rel="next"`; not there on the last one.',
    "Location": "Where the job is.",
    "Retry-After": "Seconds after which to come again.",
    "WWW-Authenticate": "`Bearer`",
    "X-Corpus-Version": "The version of the corpus: two pages of one version belong together.",
    "X-Request-ID": (
        "The id of the request, which the log has too: the one that was sent with it, or a new one."
    ),
    "X-Total-Count": "How many rows there are on all pages.",
}
_NOT_ALWAYS = ("Link",)
_OF_STATUS = {
    202: ["Location"],
    401: ["WWW-Authenticate"],
    405: ["Allow"],
    429: ["Retry-After"],
    503: ["Retry-After"],
}
_OF_PAGES = ["Link", "X-Corpus-Version", "X-Total-Count"]
_OF_TAGGED = ["Cache-Control", "ETag"]
_OF_BODIES = (408, 413, 415)  # problems of every operation that reads one
_KNOWN = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of what is there already.",
    "schema": {"type": "string"},
}
_OPENAI_ERROR = {
    "type": "object",
    "description": "What went wrong, as OpenAI's clients read it; `code` is that of a problem.",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": "string"},
            },
            "required": ["message", "type", "param", "code"],
        }
    },
    "required": ["error"],
}


def operation_id(route: APIRoute) -> str:
    """What an operation is called: the name of its function, as programs of other languages write
    it.
    """
    first, *others = route.name.split("_")
    return first + "".join(other.capitalize() for other in others)


def describe(api: FastAPI) -> None:
    """Has an API describe its problems, its keys and its headers."""

    def described() -> Part:
        if api.openapi_schema is None:
            api.openapi_schema = _described(api)
        return api.openapi_schema

    api.openapi = described  # type: ignore[method-assign]  # as FastAPI's documentation has it


def _described(api: FastAPI) -> Part:
    description = get_openapi(
        title=api.title,
        version=api.version,
        description=api.description,
        routes=api.router.routes,
        servers=[{"url": "/"}],
    )
    parts = description["components"]
    parts["responses"] = {}
    for route in api.router.routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            for method in route.methods or ():
                _complete(
                    description["paths"][route.path_format][method.lower()],
                    route,
                    parts["responses"],
                )
    for unused in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(unused, None)
    parts["schemas"] |= {"Problem": Problem.model_json_schema(), "OpenAIError": _OPENAI_ERROR}
    parts["headers"] = {name: _header(name) for name in _HEADERS}
    parts["parameters"] = {"IfNoneMatch": _KNOWN}
    parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    description["security"] = [{}, {"key": []}]
    return description


def _complete(operation: Part, route: APIRoute, shared: Part) -> None:
    """Adds to an operation what FastAPI does not know of it; problems are put among what is
    `shared`.
    """
    form = "application/json" if is_openai(route.path_format) else PROBLEM_JSON
    statuses = {int(status) for status in operation["responses"]} - (
        {422} if form != PROBLEM_JSON else set()
    )
    statuses |= set(_OF_BODIES) if "requestBody" in operation else set()
    responses = {status: operation["responses"].get(str(status), {}) for status in sorted(statuses)}
    for status, response in responses.items():
        if status < 400:
            response["headers"] = _headers(_OF_STATUS.get(status, []))
    if any(parameter["name"] == "offset" for parameter in operation.get("parameters", ())):
        responses[200]["headers"] |= _headers(_OF_PAGES)
    if is_tagged(route.endpoint):
        responses[200]["headers"] |= _headers(_OF_TAGGED)
        responses[304] = {"description": "It is as it was.", "headers": _headers(_OF_TAGGED)}
        operation.setdefault("parameters", []).append(
            {"$ref": "#/components/parameters/IfNoneMatch"}
        )
    operation["responses"] = {
        str(status): _shared(status, form, shared) if status >= 400 else response
        for status, response in sorted(responses.items())
    }


def _shared(status: int, form: str, shared: Part) -> Part:
    """A reference to the problem of a status in a form, which is put among what is shared."""
    schema = "Problem" if form == PROBLEM_JSON else "OpenAIError"
    name = f"{schema}{status}"
    shared[name] = {
        "description": MEANINGS[status],
        "headers": _headers(_OF_STATUS.get(status, [])),
        "content": {form: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }
    return {"$ref": f"#/components/responses/{name}"}


def _headers(names: list[str]) -> Part:
    return {
        name: {"$ref": f"#/components/headers/{name}"} for name in sorted([*names, "X-Request-ID"])
    }


def _header(name: str) -> Part:
    kind = "integer" if name in ("Retry-After", "X-Total-Count") else "string"
    return {
        "description": _HEADERS[name],
        "required": name not in _NOT_ALWAYS,
        "schema": {"type": kind},
    }
