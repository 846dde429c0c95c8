"""The HTTP API as one application. Read this page first.

A request passes, from the outside in: told (an id, the log, the figures), hosts, access, bodies,
turns, unchanged; then its route.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware

from rag.settings import is_local, listed
from ui.api.documented import DESCRIPTION
from ui.api.errors import ErrorReplies
from ui.api.log import Log
from ui.api.metrics import Metrics
from ui.api.middleware.auth import Authentication
from ui.api.middleware.body_size import BodyLimit
from ui.api.middleware.concurrency import ConcurrencyLimit
from ui.api.middleware.content_security import ContentSecurityPolicy
from ui.api.middleware.etag import EntityTags
from ui.api.middleware.hosts import AllowedHosts
from ui.api.middleware.rate_limit import RateLimit
from ui.api.middleware.request_log import RequestLog
from ui.api.openapi import describe, operation_id
from ui.api.routes.answers import add_answers
from ui.api.routes.articles import add_articles
from ui.api.routes.jobs import add_jobs
from ui.api.routes.openai import add_openai
from ui.api.routes.rest import add_rest
from ui.api.routes.server import add_server
from ui.api.routes.sign_in import add_sign_in
from ui.api.routes.voices import add_voices
from ui.api.scopes import mark
from ui.client.keys import FILE, Keyring
from ui.client.local import LocalClient
from ui.jobs.queue import JobQueue
from ui.mcp import create_mcp, mcp_routes

_LAST_ARTICLE = 30  # seconds that a stopping server gives the article that is being stored


def create_api(client: LocalClient) -> FastAPI:
    """The API over one client, with the tools of the Model Context Protocol at `/mcp`.

    Its `state.jobs` is the line in which uploads wait.
    """
    settings = client.settings
    metrics, log = Metrics(), Log(settings.log)
    client.watched_by(metrics, log)
    jobs = JobQueue(client.ingest_upload, settings.kept_folder, log.crash)
    metrics.watch_jobs(jobs.waiting, lambda: jobs.running)
    routes, running = mcp_routes(create_mcp(client))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        jobs.start()
        async with running():
            yield
        jobs.stop(_LAST_ARTICLE)

    api = FastAPIOffline(
        title="Rashomon",
        version=version("rashomon"),
        description=DESCRIPTION,
        lifespan=lifespan,
        generate_unique_id_function=operation_id,
    )
    api.state.jobs = jobs
    api.router.routes.extend(routes)
    mark(api.router.routes, "ask")  # the pages of the documentation, and the Model Context Protocol
    add_answers(api, client)
    add_articles(api, client, jobs)
    add_jobs(api, jobs)
    add_voices(api, client)
    add_openai(api, client)
    add_server(api, client, jobs, metrics)
    keyring, rate = Keyring(settings.kept_folder / FILE), RateLimit(settings.rate)
    add_sign_in(api, keyring, rate)
    add_rest(api)
    describe(api)
    problems = ErrorReplies()
    problems.add_to(api)
    _add_layers(api, client, problems, metrics, log, keyring, rate)
    return api


def _add_layers(
    api: FastAPI,
    client: LocalClient,
    problems: ErrorReplies,
    metrics: Metrics,
    log: Log,
    keyring: Keyring,
    rate: RateLimit,
) -> None:
    """Wraps the routes, the innermost layer first."""
    settings = client.settings
    local, origins = is_local(settings.host), listed(settings.origins)
    api.add_middleware(EntityTags, version=lambda: client.version)
    api.add_middleware(ContentSecurityPolicy, paths=("/docs", "/redoc"))
    api.add_middleware(ConcurrencyLimit, at_once=settings.at_once, seconds=settings.seconds)
    api.add_middleware(BodyLimit)
    wanted = not (local or settings.without_keys)
    api.add_middleware(
        Authentication,
        routes=api.router.routes,
        keyring=keyring,
        rate=rate,
        wanted=wanted,
        limited=not local,
    )
    if origins:
        api.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "If-None-Match",
                "Prefer",
            ],
            expose_headers=[
                "ETag",
                "Link",
                "Location",
                "Retry-After",
                "X-Corpus-Version",
                "X-Request-ID",
                "X-Total-Count",
            ],
        )
    api.add_middleware(AllowedHosts, local=local, names=listed(settings.hosts), origins=origins)
    api.add_middleware(RequestLog, problems=problems, metrics=metrics, log=log)
