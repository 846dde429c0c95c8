"""The server: the chat at `/` and the API beside it, over one corpus. uvicorn lives here."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from ingest.sample import load_sample
from rag.settings import Settings
from ui.api import create_api
from ui.chat import CSS, create_chat
from ui.client import LocalClient
from vectorstore.errors import ServerError


def create_app(client: LocalClient) -> FastAPI:
    """The whole web application over one client."""
    import gradio as gr

    api = create_api(client)
    mounted: FastAPI = gr.mount_gradio_app(api, create_chat(client), path="/", css=CSS, footer_links=[])
    return mounted


def serve(settings: Settings, sample: bool, say: Callable[[str], Any]) -> None:
    """Owns the corpus and serves until it is stopped.

    Raises ServerError when the port is taken, CorpusHeld when the corpus is.
    """
    import uvicorn

    with _listening(settings.host, settings.port) as listener:
        url = f"http://{settings.host}:{listener.getsockname()[1]}"
        client = LocalClient(settings, url)
        try:
            if sample and not client.articles():
                say("Loading the sample articles ...")
                for report in load_sample(client.ingest_bytes):
                    say(f"  {report.verdict} {report.source}: {report.articles} articles")
            client.warm()
            app = create_app(client)
            say(f"Rashomon is at {url} (the API at {url}/docs). Stop it with Ctrl-C.")
            uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
        finally:
            client.close()


def _listening(host: str, port: int) -> socket.socket:
    """A socket bound to an address, before anything slow is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ServerError(
            f"The address {host}:{port} cannot be used: {error.strerror}. Choose another with --port or --host."
        ) from error
    return listener
