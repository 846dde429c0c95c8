"""The routes of what is in the corpus: articles, their texts, what can be narrowed to; uploads and
removals.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated

import anyio
from fastapi import FastAPI, File, Form, Header, Request, UploadFile
from fastapi.responses import PlainTextResponse, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from ingest.files import Options, Upload
from ingest.report import SourceReport
from ui.api.documented import TAGS, problems
from ui.api.middleware.etag import tagged
from ui.api.paging import Paged
from ui.api.requests import AskedFacts
from ui.api.scopes import needs
from ui.client.facets import Facets
from ui.client.local import LocalClient
from ui.jobs.job import Job
from ui.jobs.queue import CANCELLED, JobQueue
from ui.schemas import ArticleRow, from_json, to_json
from vectorstore.errors import CorpusUnreachable, JobCancelled, RashomonError, UsageError

_LONGEST_NAME = 300  # characters
_UPLOADS_AT_ONCE = 8  # each is held in memory until it is kept
_LOOK_EVERY = 1.0  # seconds, to see whether the client is still there
_NAMELESS = "upload.txt"


def add_articles(api: FastAPI, client: LocalClient, jobs: JobQueue) -> None:
    """Gives an API the routes of what is in the corpus."""
    in_memory = anyio.Semaphore(_UPLOADS_AT_ONCE)

    @api.get("/v1/articles", tags=TAGS.corpus, responses=problems(422))
    @needs("ask")
    @tagged
    def list_articles(page: Paged) -> list[ArticleRow]:
        """Every article, in the order of sources and places."""
        return page.of(client.articles(), client.version)

    @api.post(
        "/v1/articles",
        response_model=list[SourceReport],
        tags=TAGS.corpus,
        responses={
            202: {
                "description": "The upload is kept, and waits for its turn: see the job.",
                "model": Job,
            },
            **problems(400, 409, 422),
        },
    )
    @needs("ingest")
    async def add_article(
        request: Request,
        file: Annotated[
            UploadFile, File(description="A file of a format that is read, or an archive of them.")
        ],
        name: Annotated[str | None, Form(description="The name that its source goes by.")] = None,
        origin: Annotated[
            str | None, Form(description="What tells it from another of that name.")
        ] = None,
        sidecar: Annotated[
            str | None, Form(description="The text of its `.articles.yaml`.")
        ] = None,
        options: Annotated[
            str | None, Form(description="`given`, `mapping`, `keep_old`, as a JSON object.")
        ] = None,
        prefer: Annotated[
            str, Header(description="`respond-async` replies at once, with a job.")
        ] = "",
        idempotency_key: Annotated[
            str | None,
            Header(
                max_length=200, description="The same key gives the same job: for safe repeats."
            ),
        ] = None,
    ) -> Response:
        """Takes a file in, or the files inside an archive, and tells what became of each. The same
        file again changes nothing. What was acknowledged, with 200 or 202, is not lost when the
        server is killed.
        """
        named, read_options = confined(name or file.filename or _NAMELESS), _options(options)
        key = f"{request.state.caller.name} {idempotency_key}" if idempotency_key else None
        async with in_memory:
            upload = Upload(named, await file.read(), origin, sidecar, read_options)
            job = await run_in_threadpool(jobs.submit, upload, key)
        if "respond-async" not in prefer.lower():
            job = await _waited_for(request, jobs, job)
        return _taken(job, jobs.stopping)

    @api.get("/v1/articles/{article_id}", tags=TAGS.corpus, responses=problems(404))
    @needs("ask")
    @tagged
    def get_article(article_id: str) -> ArticleRow:
        """One article, by its id."""
        return client.article(article_id)

    @api.patch("/v1/articles/{article_id}", tags=TAGS.corpus, responses=problems(400, 404, 422))
    @needs("ingest")
    def correct_article(article_id: str, asked: AskedFacts) -> ArticleRow:
        """Corrects facts of an article: those that are sent, and null empties one. They stay
        corrected when its file is ingested again, and count everywhere from now on.
        """
        return client.correct_facts(article_id, asked.read())

    @api.delete(
        "/v1/articles/{article_id}", status_code=204, tags=TAGS.corpus, responses=problems(404)
    )
    @needs("ingest")
    def remove_article(article_id: str) -> None:
        """Removes an article."""
        client.remove(article_id)

    @api.get("/v1/sources", tags=TAGS.corpus, responses=problems())
    @needs("ask")
    @tagged
    def list_sources() -> dict[str, str | None]:
        """Every source by name, with what tells its file from others of the same name."""
        return client.origins()

    @api.get(
        "/v1/sources/{id}/text",
        response_class=PlainTextResponse,
        tags=TAGS.corpus,
        responses=problems(404),
    )
    @needs("ask")
    @tagged
    def get_source_text(id: str) -> str:
        """The source text that the offsets of an article resolve against; `id` is the article's."""
        return client.source_text(id)

    @api.get("/v1/facets", tags=TAGS.corpus, responses=problems())
    @needs("ask")
    @tagged
    def get_facets() -> Facets:
        """What the corpus can be narrowed to, with counts."""
        return client.facets()


def confined(name: str) -> str:
    """An uploaded name as a relative path below nothing: no root, no way up. Raises UsageError for
    one too long.
    """
    if len(name) > _LONGEST_NAME:
        raise UsageError(
            f"The name has {len(name)} characters, and {_LONGEST_NAME} are the most. Shorten it."
        )
    shown = "".join(sign if sign.isprintable() else "-" for sign in name.replace("\\", "/"))
    parts = [part for part in PurePosixPath(shown).parts if part not in ("/", "//", "..", ".")]
    return "/".join(parts) or _NAMELESS


def _options(stated: str | None) -> Options:
    try:
        return from_json(Options, stated or "{}")
    except ValidationError as error:
        wrong = error.errors()[0]
        place = ".".join(map(str, wrong["loc"]))
        raise UsageError(
            'The field `options` must be a JSON object, such as {"given": {"outlet": "Quay Post"}}'
            + (f"; {place}: {wrong['msg']}." if place else ".")
        ) from error


async def _waited_for(request: Request, jobs: JobQueue, job: Job) -> Job:
    """The job once it is over or put off, or when nobody waits for it any more."""
    while not (job.over or job.put_off or jobs.stopping):
        job = await run_in_threadpool(jobs.settled, job.id, _LOOK_EVERY)
        if await request.is_disconnected():
            break
    return job


def _taken(job: Job, stopping: bool) -> Response:
    """What is told of an upload: its reports, or its job. Raises what kept it from being taken
    in.
    """
    if job.error == CANCELLED:
        raise JobCancelled(job.error)
    if job.state == "failed":
        raise RashomonError(job.error or "The upload failed.")
    if job.put_off or (stopping and not job.over):
        why = job.error or "The server stops."
        raise CorpusUnreachable(
            f"{why} The upload is kept and taken in as soon as that ends, as job {job.id}."
        )
    if job.state == "done":
        return Response(to_json(list(job.reports)), media_type="application/json")
    return Response(to_json(job), 202, {"Location": f"/v1/jobs/{job.id}"}, "application/json")
