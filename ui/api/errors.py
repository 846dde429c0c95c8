"""What goes wrong, as the API tells it: problem+json (RFC 9457), or OpenAI's form where that is
spoken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from ui.api.documented import PROBLEM_JSON
from vectorstore.errors import (
    AliasError,
    CorpusDamaged,
    CorpusError,
    CorpusHeld,
    CorpusMismatch,
    CorrectionError,
    EmbedderError,
    FilterError,
    JobCancelled,
    JobsStopped,
    KeysError,
    Misdirected,
    NotAllowed,
    NotFound,
    NotSignedIn,
    QuestionError,
    RashomonError,
    SentTooSlowly,
    TooLarge,
    TooMany,
    TooSlow,
    UsageError,
)

# What OpenAI's clients call below /v1, whether it is there or not: they read errors in one form.
_OPENAI = frozenset(
    "assistants audio batches chat completions containers conversations embeddings engines evals"
    " files fine_tuning images models moderations organization realtime responses threads uploads"
    " vector_stores videos".split()
)

# Each error's HTTP status and its code; the first row that an error is an instance of counts.
PROBLEMS: Mapping[type[RashomonError], tuple[int, str]] = {
    NotFound: (404, "not-found"),
    QuestionError: (422, "question"),
    FilterError: (422, "filter"),
    UsageError: (400, "request"),
    NotSignedIn: (401, "key"),
    NotAllowed: (403, "not-allowed"),
    Misdirected: (421, "host"),
    TooLarge: (413, "too-large"),
    SentTooSlowly: (408, "sent-too-slowly"),
    TooMany: (429, "too-many"),
    TooSlow: (504, "too-slow"),
    AliasError: (503, "aliases"),
    CorrectionError: (503, "corrections"),
    JobCancelled: (409, "cancelled"),
    JobsStopped: (503, "jobs"),
    KeysError: (503, "keys"),
    CorpusHeld: (503, "corpus-held"),
    CorpusDamaged: (503, "corpus-damaged"),
    CorpusMismatch: (503, "corpus-mismatch"),
    CorpusError: (503, "corpus"),
    EmbedderError: (503, "embedder"),
    RashomonError: (500, "internal"),
}
# The code of what the framework refuses before a route is reached.
_CODES = {400: "request", 404: "not-found", 405: "method", 422: "request"}
_LONGEST = 1000  # characters of a detail
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_RETRY_SECONDS = 5  # when to ask again where something that should answer does not


class Problem(BaseModel):
    """What went wrong (RFC 9457): `detail` says it in a sentence with what to do next; programs go
    by `code`.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    request_id: str | None = None


class ErrorReplies:
    """Tells errors as replies: their sentences, which name no place of this machine."""

    def of(self, error: RashomonError, request: Request) -> JSONResponse:
        """The reply to a request that met an error."""
        status, code = next(row for kind, row in PROBLEMS.items() if isinstance(error, kind))
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
        if status in (429, 503):
            headers["Retry-After"] = str(
                error.seconds if isinstance(error, TooMany) else _RETRY_SECONDS
            )
        return self.told(request, status, code, str(error), headers)

    def told(
        self,
        request: Request,
        status: int,
        code: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
    ) -> JSONResponse:
        """A reply of a status, in the form that the path speaks."""
        detail = _shortened(detail)
        if is_openai(request.scope["path"]):
            # its clients know no 422 for what a request says
            status = 400 if status == 422 else status
            return JSONResponse(
                openai_error(status, code, detail), status, headers=dict(headers or {})
            )
        id = request.scope.get("state", {}).get("request_id")
        problem = Problem(
            title=HTTPStatus(status).phrase, status=status, detail=detail, code=code, request_id=id
        )
        return JSONResponse(
            problem.model_dump(), status, media_type=PROBLEM_JSON, headers=dict(headers or {})
        )

    def add_to(self, api: FastAPI) -> None:
        """Has an API tell its errors so."""

        async def ours(request: Request, error: Exception) -> JSONResponse:
            assert isinstance(error, RashomonError)
            return self.of(error, request)

        async def malformed(request: Request, error: Exception) -> JSONResponse:
            assert isinstance(error, RequestValidationError)
            if wanted := _type_wanted(request, error):
                stated = request.headers.get("Content-Type", "")[:100]
                sent = f"is `Content-Type: {stated}`" if stated else "has no `Content-Type`"
                return self.told(
                    request,
                    415,
                    "media-type",
                    f"The request {sent}. Send it as `Content-Type: {wanted}`.",
                )
            return self.told(request, 422, "request", _unread(error))

        async def refused(request: Request, error: Exception) -> JSONResponse:
            assert isinstance(error, HTTPException)
            code = _CODES.get(error.status_code, "request")
            return self.told(
                request, error.status_code, code, _refusal(request, error), error.headers
            )

        api.add_exception_handler(RashomonError, ours)
        api.add_exception_handler(RequestValidationError, malformed)
        api.add_exception_handler(HTTPException, refused)


def _shortened(detail: str) -> str:
    """A detail without the middle of what somebody sent at length."""
    half = _LONGEST // 2
    return detail if len(detail) <= _LONGEST else f"{detail[:half]} … {detail[-half:]}"


def is_openai(path: str) -> bool:
    """Whether a path is one that OpenAI's clients call."""
    _, version, name, *_ = *path.split("/"), "", ""
    return version == "v1" and name in _OPENAI


def openai_error(status: int, code: str, message: str) -> dict[str, Any]:
    """An error as OpenAI's clients read it."""
    kinds = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
    kind = kinds.get(status, "invalid_request_error" if status < 500 else "server_error")
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def _type_wanted(request: Request, error: RequestValidationError) -> str | None:
    """The type of a body that a request should have had, where it was another: bytes are JSON that
    was not read as it, and nothing stands in a form that was sent as something else.
    """
    if isinstance(error.body, bytes):
        return "application/json"
    stated = request.headers.get("Content-Type", "").lower()
    if isinstance(error.body, FormData) and not stated.startswith(_FORMS):
        return _FORMS[0]
    return None


def _unread(error: RequestValidationError) -> str:
    wrong: Any = error.errors()[0]
    place = ".".join(str(part) for part in wrong.get("loc", ()))
    return (
        f"The request cannot be read at {place}: {wrong.get('msg', '')}. /docs shows what is"
        " expected."
    )


def _refusal(request: Request, error: HTTPException) -> str:
    path = re.sub(r"[^\x21-\x7e]", "?", request.scope["path"])[:200]
    if error.status_code == 404:
        return f"{path} is not there. /docs lists what is."
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "another method")
        return f"{request.method} is not for {path}. Use {allowed}."
    return f"The request cannot be read: {error.detail}. /docs shows what is expected."
