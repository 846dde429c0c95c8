"""A server in this process, for the clients that tests talk to it with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import uvicorn
from fastapi.testclient import TestClient

from rag.settings import read_settings
from tests.conftest import TinyEmbedder
from ui.api.application import create_api
from ui.app import server_config
from ui.client.keys import FILE, Keyring
from ui.client.local import LocalClient

FERRY = b"The Ferry Sails\n\nBy Ana Bell\n\nThe ferry sailed at nine, the harbour master said.\n"


@contextmanager
def tiny(corpus: Path | str, **settings: Any) -> Iterator[LocalClient]:
    """A client over a corpus, with the tiny embedder, so that a server of these settings costs
    nothing.
    """
    client = LocalClient(read_settings(corpus=str(corpus), **settings), embedder=TinyEmbedder())
    yield client
    client.close()


def keyring(folder: Path) -> Keyring:
    """The keys of a corpus in a folder."""
    return Keyring(folder / FILE)


def in_process(client: LocalClient) -> TestClient:
    """The API over a client without a network; entered, it takes uploads in."""
    return TestClient(create_api(client), base_url="http://127.0.0.1")


@contextmanager
def served(client: LocalClient) -> Iterator[str]:
    """The address of a server over a client, in this process."""
    server = uvicorn.Server(server_config(create_api(client)))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
