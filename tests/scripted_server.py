"""An OpenAI-compatible server that says what a test tells it to, or misbehaves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Script:
    """What the server does at each request, in order (the last again and again), and what it was
    sent.

    A number is a status; `slow` waits; `garbage` is no event; anything else is the reply, and one
    that ends in `cut` breaks off there. `pause` are the seconds between the pieces of a reply that
    streams.
    """

    def __init__(self, *steps: str | int, pause: float = 0) -> None:
        self.steps = list(steps)
        self.pause = pause
        self.prompts: list[dict[str, Any]] = []

    def next(self) -> str | int:
        return self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]


@contextmanager
def scripted(script: Script) -> Iterator[str]:
    """The URL of a server that plays a script."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            script.prompts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            step = script.next()
            if isinstance(step, int):
                self._say(
                    step, "application/json", json.dumps({"error": {"message": "no"}}).encode()
                )
            elif step == "slow":
                time.sleep(1.5)
            elif step == "garbage":
                self._say(200, "text/event-stream", b"data: {this is no JSON\n\n")
            elif not script.prompts[-1].get("stream"):
                self._say(200, "application/json", _whole(step))
            else:
                self._stream(list(_events(step)))

        def _say(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _stream(self, events: list[bytes]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Content-Length", str(sum(map(len, events))))
            self.end_headers()
            for event in events:
                self.wfile.write(event)
                time.sleep(script.pause)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def _whole(reply: str) -> bytes:
    """A reply in one piece."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": reply},
        "finish_reason": "stop",
    }
    told = {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [choice],
    }
    return json.dumps(told).encode()


def _events(reply: str) -> Iterator[bytes]:
    """A reply in small pieces; one that ends in `cut` has no end mark."""
    whole = not reply.endswith("cut")
    text = reply.removesuffix("cut")
    for at in range(0, len(text), 7):
        yield _event({"content": text[at : at + 7]}, None)
    if whole:
        yield _event({}, "stop")
        yield b"data: [DONE]\n\n"


def _event(delta: dict[str, str], reason: str | None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": reason}
    told = {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [choice],
    }
    return f"data: {json.dumps(told)}\n\n".encode()
