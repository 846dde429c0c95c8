from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.conftest import ROOT
from ui.cli.commands import app
from ui.cli.one_question import parser, read_one_question
from vectorstore.storage.lock import CorpusLock


class _Server(BaseHTTPRequestHandler):
    """Keeps what it is asked, and answers lines to whoever wants JSON too."""

    heard: list[tuple[str, str | None, dict[str, Any]]]
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, self.headers["Authorization"], json.loads(body)))
        self.send_response(self.status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write("Who? Ilka Dzelnÿ.".encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


def handed(arguments: list[str]) -> str | None:
    """What a server answers to a command line; None where it is left to the command."""
    asked = read_one_question(arguments)
    return asked.handed() if asked else None


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[type[_Server]]:
    """A server that owns the folder `tmp_path`."""
    handler = type("Handler", (_Server,), {"heard": []})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        ownership = CorpusLock(tmp_path, f"http://127.0.0.1:{server.server_port}")
        yield handler
        ownership.release()
        server.shutdown()
        thread.join()


def test_a_question_is_handed_over_with_its_filters_and_the_key(
    owner: type[_Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASHOMON_CORPUS", str(tmp_path))
    monkeypatch.setenv("RASHOMON_API_KEY", "secret")
    asked = [
        "Who?",
        "--outlet",
        "North Post",
        "--outlet=Quay Post",
        "--since",
        "2020",
        "--ignore",
        "named:Ed",
    ]
    assert handed(asked) == "Who? Ilka Dzelnÿ."
    filters = {"outlets": ["North Post", "Quay Post"], "since": "2020", "ignored": ["named:Ed"]}
    assert owner.heard == [
        ("/v1/answers", "Bearer secret", {"question": "Who?", "filters": filters})
    ]


@pytest.mark.parametrize(
    "asked",
    [["Who?", "--json"], [], ["Who?", "--questions", "file"], ["--help"]],
    ids=["another kind than was wanted", "nothing", "a file of questions", "help"],
)
def test_the_rest_is_left_to_the_command(
    owner: type[_Server], tmp_path: Path, asked: list[str]
) -> None:
    assert handed([*asked, "--corpus", str(tmp_path)]) is None


def test_what_a_server_refuses_is_left_to_the_command(owner: type[_Server], tmp_path: Path) -> None:
    owner.status = 503
    assert handed(["Who?", "--corpus", str(tmp_path)]) is None
    assert len(owner.heard) == 1


def test_where_no_server_is_nothing_is_handed_over(tmp_path: Path) -> None:
    assert handed(["Who?", "--corpus", str(tmp_path)]) is None
    assert handed(["Who?", "--corpus", "http://127.0.0.1:9/news"]) is None
    CorpusLock(tmp_path, "http://127.0.0.1:9").release()
    assert handed(["Who?", "--corpus", str(tmp_path)]) is None


def test_one_who_does_not_want_to_wait_is_let_go_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ownership = CorpusLock(tmp_path, f"http://127.0.0.1:{silent.getsockname()[1]}")
        command = [
            sys.executable,
            "-c",
            "import sys; from ui.cli.main import main; sys.exit(main())",
            "ask",
            "Who?",
        ]
        asking = subprocess.Popen(
            [*command, "--corpus", str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        connection, _ = silent.accept()
        assert connection.recv(100).startswith(b"POST /v1/answers")
        asking.send_signal(signal.SIGINT)
        assert (*asking.communicate(timeout=30), asking.returncode) == (
            "",
            "rashomon: stopped.\n",
            1,
        )
        connection.close()
        ownership.release()


def test_it_takes_the_options_that_the_command_has() -> None:
    command = typer.main.get_command(app).commands["ask"]  # type: ignore[attr-defined]
    known = {option for one in command.params for option in one.opts if option.startswith("--")}
    assert {option for action in parser()._actions for option in action.option_strings} == known - {
        "--questions"
    }
