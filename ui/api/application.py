"""The HTTP API as one application. Read this page first.

A request passes, from the outside in: told (an id, the log, the figures), hosts, access, bodies, turns, unchanged; then
its route.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware

from rag.settings import is_local, listed
from ui.api.answers import add_answers
from ui.api.articles import add_articles
from ui.api.described import DESCRIPTION
from ui.api.jobs import add_jobs
from ui.api.layers.access import Access
from ui.api.layers.bodies import Bodies
from ui.api.layers.hosts import Hosts
from ui.api.layers.rates import Rate
from ui.api.layers.scripts import OwnScripts
from ui.api.layers.told import Told
from ui.api.layers.turns import Turns
from ui.api.layers.unchanged import Unchanged
from ui.api.metrics import Metrics
from ui.api.openai_format import add_openai
from ui.api.openapi import describe, operation_id
from ui.api.problems import Problems
from ui.api.rest import add_rest
from ui.api.scopes import mark
from ui.api.server import add_server
from ui.api.sign_in import add_sign_in
from ui.api.voices import add_voices
from ui.client import LocalClient
from ui.jobs.line import JobLine
from ui.keys import FILE, Keyring
from ui.log import Log
from ui.mcp import create_mcp, mcp_routes

_LAST_ARTICLE = 30  # seconds that a stopping server gives the article that is being stored


def create_api(client: LocalClient) -> FastAPI:
    """The API over one client, with the tools of the Model Context Protocol at `/mcp`.

    Its `state.jobs` is the line in which uploads wait.
    """
    settings = client.settings
    metrics, log = Metrics(), Log(settings.log)
    client.watched_by(metrics, log)
    jobs = JobLine(client.ingest_upload, settings.kept_folder, log.crash)
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
    keyring, rate = Keyring(settings.kept_folder / FILE), Rate(settings.rate)
    add_sign_in(api, keyring, rate)
    add_rest(api)
    describe(api)
    problems = Problems()
    problems.add_to(api)
    _add_layers(api, client, problems, metrics, log, keyring, rate)
    return api


def _add_layers(
    api: FastAPI,
    client: LocalClient,
    problems: Problems,
    metrics: Metrics,
    log: Log,
    keyring: Keyring,
    rate: Rate,
) -> None:
    """Wraps the routes, the innermost layer first."""
    settings = client.settings
    local, origins = is_local(settings.host), listed(settings.origins)
    api.add_middleware(Unchanged, version=lambda: client.version)
    api.add_middleware(OwnScripts, paths=("/docs", "/redoc"))
    api.add_middleware(Turns, at_once=settings.at_once, seconds=settings.seconds)
    api.add_middleware(Bodies)
    wanted = not (local or settings.without_keys)
    api.add_middleware(Access, routes=api.router.routes, keyring=keyring, rate=rate, wanted=wanted, limited=not local)
    if origins:
        api.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Prefer"],
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
    api.add_middleware(Hosts, local=local, names=listed(settings.hosts), origins=origins)
    api.add_middleware(Told, problems=problems, metrics=metrics, log=log)
