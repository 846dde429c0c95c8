"""The HTTP API. fastapi lives here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import FastAPI, File, Form, Query, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi_offline import FastAPIOffline
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from ingest.files import Options, Upload
from ingest.pipeline import SourceReport
from rag.answer import Answer, Event, Turn
from rag.settings import is_local
from ui.api_facts import add_facts
from ui.api_voices import add_voices
from ui.asked import AskedQuestion, AskedSearch
from ui.client import LocalClient
from ui.mcp import create_mcp, mcp_routes
from ui.openai_api import add_openai
from ui.wire import ArticleRow, SearchRow, event_data, from_json, to_json
from vectorstore.errors import (
    AliasError,
    CorpusError,
    CorrectionError,
    EmbedderError,
    FilterError,
    NotFound,
    QuestionError,
    RashomonError,
    UsageError,
)

# Each error's HTTP status; the first row that an error is an instance of counts.
STATUS: Mapping[type[RashomonError], int] = {
    NotFound: 404,
    QuestionError: 422,
    FilterError: 422,
    UsageError: 400,
    AliasError: 503,
    CorrectionError: 503,
    CorpusError: 503,
    EmbedderError: 503,
    RashomonError: 500,
}


def server_sent(events: Iterable[Event | Answer]) -> Iterator[str]:
    """Events as the lines of a stream; an error in the middle is an event `error` with its sentence."""
    try:
        for event in events:
            kind = "done" if isinstance(event, Answer) else event.kind
            yield _line(kind, event if isinstance(event, Answer) else event_data(event))
    except RashomonError as error:
        yield _line("error", {"detail": str(error)})


def _line(kind: str, data: Any) -> str:
    return f"event: {kind}\ndata: {to_json(data)}\n\n"


def create_api(client: LocalClient) -> FastAPI:
    """The API over one client, with the tools of the Model Context Protocol at `/mcp`."""
    routes, running = mcp_routes(create_mcp(client), local=is_local(client.settings.host))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running():
            yield

    api = FastAPIOffline(
        title="Rashomon",
        description="Who says what in articles that contradict one another, each with words you can open and check.",
        lifespan=lifespan,
    )
    api.router.routes.extend(routes)

    @api.post("/v1/answers")
    def answer(asked: AskedQuestion) -> Answer:
        """Answers a question; a corpus that is silent gives the status `unanswered`."""
        return client.answer(asked.question, asked.history, asked.filters.read())

    @api.post("/v1/answers/stream")
    def stream(asked: AskedQuestion) -> StreamingResponse:
        """The same as server-sent events: `understood`, `viewpoint`, `citation`, `text`, and `done` with the answer."""
        told = client.stream(asked.question, asked.history, asked.filters.read())
        first = next(told)  # what is wrong with the question is an error of the request, and no event
        return StreamingResponse(server_sent(chain([first], told)), media_type="text/event-stream")

    @api.get("/v1/search")
    def search(asked: Annotated[AskedSearch, Query()]) -> SearchRow:
        """The passages nearest to a question, best first."""
        return client.search(asked.q, asked.k, asked.read(), [Turn("user", turn) for turn in asked.before])

    @api.get("/v1/articles")
    def articles() -> list[ArticleRow]:
        return client.articles()

    @api.post("/v1/articles")
    def add(
        file: Annotated[UploadFile, File()],
        name: Annotated[str | None, Form()] = None,
        origin: Annotated[str | None, Form()] = None,
        sidecar: Annotated[str | None, Form()] = None,
        options: Annotated[str | None, Form(description="`given`, `mapping`, `keep_old`, as a JSON object.")] = None,
    ) -> list[SourceReport]:
        """Takes a file in, or the files inside an archive, and tells what became of each."""
        path = confined(name or file.filename or "upload.txt")
        return client.ingest_upload(Upload(path, file.file.read(), origin, sidecar, _options(options)))

    @api.delete("/v1/articles/{article_id}", status_code=204)
    def remove(article_id: str) -> None:
        client.remove(article_id)

    @api.get("/healthz")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    add_facts(api, client)
    add_openai(api, client)
    add_voices(api, client)
    api.add_exception_handler(RashomonError, _told)
    api.add_exception_handler(RequestValidationError, _malformed)
    api.add_exception_handler(HTTPException, _refused)
    return api


def _options(stated: str | None) -> Options:
    try:
        return from_json(Options, stated or "{}")
    except ValidationError as error:
        raise UsageError(
            'The field `options` must be a JSON object, such as {"given": {"outlet": "Quay Post"}}.'
        ) from error


def confined(name: str) -> str:
    """An uploaded name as a relative path below nothing: no root, no way up."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return "/".join(parts) or "upload.txt"


def problem(status: int, detail: str) -> JSONResponse:
    """An error as problem+json (RFC 9457)."""
    return JSONResponse(
        {"title": _TITLES.get(status, "Error"), "status": status, "detail": detail},
        status,
        media_type="application/problem+json",
    )


_TITLES = {400: "Bad request", 404: "Not found", 422: "Cannot be read", 500: "Internal error", 503: "Not available"}


async def _told(request: Request, error: Exception) -> JSONResponse:
    return problem(next(status for kind, status in STATUS.items() if isinstance(error, kind)), str(error))


async def _refused(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(status, f"{request.method} {request.url.path} is not there. /docs lists what is.")


async def _malformed(request: Request, error: Exception) -> JSONResponse:
    wrong: Any = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    place = ".".join(str(part) for part in wrong.get("loc", ()))
    return problem(422, f"The request cannot be read at {place}: {wrong.get('msg', '')}.")
