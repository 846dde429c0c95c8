"""The server: the chat at `/` and the API beside it, over one corpus. uvicorn lives here."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from ingest.sample import load_sample, sample_articles
from rag.settings import Settings, is_local
from ui.api.application import create_api
from ui.client.keys import FILE, Keyring
from ui.client.local import LocalClient
from vectorstore.embedders.base import Embedder
from vectorstore.errors import CorpusHeld, ServerError, UsageError
from vectorstore.storage.lock import serving_url

if TYPE_CHECKING:
    import uvicorn

_UPLOADS = "page"  # beside the corpus: what the page's readers bring, until it is taken in
# seconds that a stopping server gives its requests; an open page would keep it for ever
_LAST_WORDS = 3
_CONNECTIONS = 1000  # at once; more are refused before they take memory
_WAITING_CONNECTIONS = 512


def create_app(client: LocalClient) -> FastAPI:
    """The whole web application over one client."""
    uploads = str(_uploads_folder(client.settings))
    os.environ["GRADIO_TEMP_DIR"] = uploads  # gradio reads it when it is imported
    from ui.chat.page import mounted

    return mounted(create_api(client), client, uploads)


def _uploads_folder(settings: Settings) -> Path:
    """An empty folder for files on their way by the page, beside the corpus, for its owner's eyes
    only. Servers that share a corpus have one each.
    """
    folder = settings.kept_folder / (
        _UPLOADS if settings.beside is None else f"{_UPLOADS}-{os.getpid()}"
    )
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700, parents=True)
    except OSError:  # what cannot be written takes nothing in either
        folder = Path(mkdtemp(prefix="rashomon-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def serve(
    settings: Settings, sample: bool, say: Callable[[str], Any], embedder: Embedder | None = None
) -> None:
    """Owns the corpus and serves until it is stopped; `embedder` stands in for the one of the
    settings.

    Raises UsageError where others would reach a server without keys, CorpusHeld when the corpus is
    held already, ServerError when the port is taken.
    """
    _refuse_if_open(settings)
    _refuse_if_held(settings.corpus_location)
    with _listening(settings.host, settings.port) as listener:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        url = f"http://{host}:{listener.getsockname()[1]}"
        client = LocalClient(settings, url, embedder)
        try:
            if sample and _holds_only_sample(client):
                _load_sample(client, say)
            client.warm()
            app = create_app(client)
            say(f"Rashomon is at {url} (the API at {url}/docs). Stop it with Ctrl-C.")
            _run(app, listener)
        finally:
            client.close()


def _run(app: FastAPI, listener: socket.socket) -> None:
    """Serves until a signal comes; uploads that wait are told so at once, and are gone on with at
    the next start.
    """
    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            app.state.jobs.wind_down()
            super().handle_exit(sig, frame)

    with suppress(KeyboardInterrupt):
        Server(server_config(app)).run(sockets=[listener])


def server_config(app: FastAPI) -> uvicorn.Config:
    """How an application is served."""
    import uvicorn

    from ui.api.slow_clients import TimedConnection

    return uvicorn.Config(
        app,
        port=0,
        http=TimedConnection,
        log_level="warning",
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_LAST_WORDS,
    )


def _refuse_if_open(settings: Settings) -> None:
    """Refuses an address that others reach, where everybody might ask, take in and remove."""
    keys = Keyring(settings.kept_folder / FILE).keys
    if not (is_local(settings.host) or keys or settings.without_keys):
        raise UsageError(
            "Others reach this server, and there are no keys: everybody could read and change the"
            " corpus. Make a key with `rashomon keys add NAME`, or set RASHOMON_WITHOUT_KEYS=true"
            " if that is meant.",
            settings.host,
        )


def _refuse_if_held(location: str) -> None:
    """Tells who serves the corpus, before anything is said of a port."""
    url = serving_url(location)
    if url:
        raise CorpusHeld(
            "The corpus is served already. Use that server, or stop it first.",
            url,
            f"{location}, {url}",
        )


def _holds_only_sample(client: LocalClient) -> bool:
    """Whether the corpus is empty, or holds what an interrupted loading of the sample left."""
    names = {name for name, _ in sample_articles()}
    return all(article.source in names for article in client.articles())


def _load_sample(client: LocalClient, say: Callable[[str], Any]) -> None:
    for report in load_sample(client.ingest_bytes):
        if report.verdict != "unchanged":
            say(f"{report.verdict} {report.source}: {report.articles} articles")


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens at an address, before anything slow is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(
            _WAITING_CONNECTIONS
        )  # at once: two sockets may be bound to one port as long as neither listens
    except OSError as error:
        listener.close()
        raise ServerError(
            f"The address cannot be used: {error.strerror}. Choose another with --port or --host.",
            f"{host}:{port}",
        ) from error
    return listener
