"""A server in this process, for the clients that tests talk to it with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep

import uvicorn
from fastapi.testclient import TestClient

from ui.api.application import create_api
from ui.client import LocalClient


def in_process(client: LocalClient) -> TestClient:
    """The API over a client without a network; entered, it takes uploads in."""
    return TestClient(create_api(client), base_url="http://127.0.0.1")


@contextmanager
def served(client: LocalClient) -> Iterator[str]:
    """The address of a server over a client, in this process."""
    server = uvicorn.Server(uvicorn.Config(create_api(client), port=0, log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
