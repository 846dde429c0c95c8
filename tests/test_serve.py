"""The server as a process of its own: it owns the corpus, the other commands go through it, a
second one is told.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from rag.answer import Answer
from tests.conftest import ROOT
from ui.cli.main import main
from ui.cli.one_question import read_one_question
from ui.client.remote import RemoteClient
from ui.render.terminal.answer import terminal_answer
from ui.schemas import from_json
from vectorstore.corpus import Corpus

POST = """The Weir Broke at Noon

By Ana Bell
North Post

The weir above Tolling broke at noon. Nobody was warned.
"""
MILL = """The Mill Is Lost

By Lin Marsh
Quay Post

The mill at Tolling was lost in the flood. Omar Reed said that the weir had been old for years.
"""
RASHOMON = [sys.executable, "-c", "import sys; from ui.cli.main import main; sys.exit(main())"]


def start(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [*RASHOMON, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server over an empty corpus: its address and its corpus folder."""
    folder = tmp_path_factory.mktemp("served") / "corpus"
    process = start("serve", "--port", "0", "--corpus", str(folder))
    assert process.stdout is not None
    told = process.stdout.readline()
    assert told.startswith("Rashomon is at http://127.0.0.1:"), (
        process.stderr and process.stderr.read()
    )
    yield told.split()[3], folder
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    Corpus.open(folder, "all-MiniLM-L6-v2+gloss").close()  # a server that stops frees its corpus


def test_the_commands_go_through_the_server_that_owns_the_corpus(
    server: tuple[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    url, folder = server
    (tmp_path / "weir.txt").write_text(POST)
    at = ["--corpus", str(folder)]
    assert main(["ingest", str(tmp_path / "weir.txt"), str(tmp_path / "none.txt"), *at]) == 1
    assert capsys.readouterr().out == "added     weir.txt: 1 articles, 1 passages\n"
    assert main(["ingest", str(tmp_path / "weir.txt"), *at]) == 0
    assert capsys.readouterr().out == "unchanged weir.txt: 1 articles, 1 passages\n"

    assert main(["ask", "When did the weir above Tolling break?", "--json", *at]) == 0
    through = json.loads(capsys.readouterr().out)
    direct = httpx.post(
        f"{url}/v1/answers", json={"question": "When did the weir above Tolling break?"}
    ).json()
    assert {**through, "timings_ms": {}} == {**direct, "timings_ms": {}}
    assert through["citations"][0]["quote"] == "The weir above Tolling broke at noon."

    asked, empty = (read_one_question([question, *at]) for question in (through["question"], ""))
    assert asked and asked.handed() == terminal_answer(from_json(Answer, json.dumps(through)))
    assert empty and empty.handed() is None
    with closing(RemoteClient(url)) as client:
        told = client.answer("When did the weir above Tolling break?")
        assert (told.text, told.citations[0].quote) == (
            through["text"],
            through["citations"][0]["quote"],
        )

    assert main(["ask", "the weir", "--outlet", "South Herald", "--since", "2020", *at]) == 0
    assert (
        capsys.readouterr().out
        == "Nothing in the corpus passes the filters, so nothing was searched.\n"
    )
    assert main(["search", "the weir", "--holder", "Ana Bell", "--json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["source"] == "weir.txt"
    assert main(["statements", "--json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["holder"]["name"] == "Ana Bell"
    assert main(["holders", *at]) == 0
    assert (
        capsys.readouterr().out.splitlines()[1]
        == "Ana Bell  author  -         1           1         -      -"
    )
    assert main(["articles", "--json", *at]) == 0
    id = json.loads(capsys.readouterr().out)["id"]
    assert main(["remove", id, *at]) == 0
    assert main(["remove", id, *at]) == 2
    assert f"No article has the id '{id}'" in capsys.readouterr().err
    assert main(["ask", "", *at]) == 2
    assert capsys.readouterr().err.startswith("rashomon: The question is empty.")


def test_who_only_asks_a_server_imports_neither_the_application_nor_records(
    server: tuple[str, Path],
) -> None:
    script = (
        "import sys; from ui.cli.main import main; main(sys.argv[1:]); print({'typer', 'pydantic'}"
        " & {*sys.modules})"
    )
    at = ["ask", "the weir", "--corpus", str(server[1])]
    done = subprocess.run(
        [sys.executable, "-c", script, *at], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "set()"


def test_a_correction_goes_through_the_server_and_is_given_back(
    server: tuple[str, Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    url, folder = server
    at = ["--corpus", str(folder)]
    (tmp_path / "mill.txt").write_text(MILL)
    assert main(["ingest", str(tmp_path / "mill.txt"), *at]) == 0
    capsys.readouterr()
    assert main(["statements", "--holder", "Reed", "--json", *at]) == 0
    found = json.loads(capsys.readouterr().out)
    assert main(["correct", found["id"], "--holder", "Sela Rowe", "--json", *at]) == 0
    now = json.loads(capsys.readouterr().out)
    assert (now["id"], now["holder"]["name"], now["rule"]) == (
        found["id"],
        "Sela Rowe",
        "correction",
    )
    assert now == httpx.get(f"{url}/v1/statements/{found['id']}").json()
    assert (folder / "corrections.yaml").exists()
    assert main(["statements", found["article_id"], *at]) == 0
    assert "s1 Sela Rowe, corrected" in capsys.readouterr().out
    assert main(["statements", "--why", found["id"], *at]) == 0
    assert (
        f"To take that back: rashomon correct --withdraw {found['id']}" in capsys.readouterr().out
    )
    assert main(["correct", "--list", "--json", *at]) == 0
    assert json.loads(capsys.readouterr().out)["statement_id"] == found["id"]
    doctor = start("doctor", *at)
    out, _ = doctor.communicate(timeout=60)
    assert (doctor.returncode, out.splitlines()[-1]) == (0, "ok    corrections  1 hold")
    assert main(["correct", found["id"], "--holder", "Ed", "--words", "no such words", *at]) == 2
    assert capsys.readouterr().err.startswith(
        "rashomon: These words do not stand in the text of 'The Mill Is Lost'."
    )
    assert main(["correct", "--withdraw", found["id"], *at]) == 0
    assert (
        capsys.readouterr().out
        == f"withdrawn {found['id']}: Omar Reed (person) answers for {found['id']}, the weir had"
        " been old for years\n"
    )
    assert main(["statements", "--why", "none", *at]) == 2
    assert (
        capsys.readouterr().err
        == "rashomon: No statement has the id 'none'. `rashomon statements` lists them.\n"
    )
    assert main(["remove", found["article_id"], *at]) == 0


def test_a_second_server_on_the_same_folder_is_told_who_holds_it(server: tuple[str, Path]) -> None:
    url, folder = server
    second = start("serve", "--port", "0", "--corpus", str(folder))
    out, err = second.communicate(timeout=60)
    assert (second.returncode, out) == (1, "")
    assert (
        err
        == f"rashomon: The corpus is served already. Use that server, or stop it first. ({folder},"
        f" {url})\n"
    )


def test_a_port_that_is_taken_is_told(server: tuple[str, Path], tmp_path: Path) -> None:
    port = server[0].rsplit(":", 1)[1]
    second = start("serve", "--port", port, "--corpus", str(tmp_path / "other"))
    _, err = second.communicate(timeout=60)
    assert second.returncode == 1
    assert (
        err == "rashomon: The address cannot be used: Address already in use. Choose another with"
        f" --port or --host. (127.0.0.1:{port})\n"
    )


def test_the_page_is_served_and_names_no_other_host(server: tuple[str, Path]) -> None:
    page = httpx.get(f"{server[0]}/")
    assert page.status_code == 200 and "Rashomon" in page.text
    doctor = start("doctor", "--corpus", str(server[1]), "--json")
    out, _ = doctor.communicate(timeout=60)
    assert f"served at {server[0]}" in out
