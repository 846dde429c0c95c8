"""The README's commands run, and its example is what the product says."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.conftest import ROOT
from ui.cli.main import main
from ui.client.local import LocalClient
from ui.render.terminal.answer import terminal_answer

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.removeprefix("$ ")
    for block in CONSOLE
    for line in block.splitlines()
    if line.startswith("$ ")
]


def test_the_first_answer_is_what_the_product_says(sample_client: LocalClient) -> None:
    command, _, shown = CONSOLE[0].partition("\n")
    question = shlex.split(command.removeprefix("$ "))[-1]
    start, cut, rest = shown.rstrip().rpartition("\n...")
    assert (cut, rest) == ("\n...", "")  # what follows are further voices, and the sources
    assert terminal_answer(sample_client.answer(question)).startswith(f"{start}\n")


def test_the_commands_run_in_their_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    own = COMMANDS[1:]  # the first is tested whole
    assert [shlex.split(command)[1] for command in own] == [
        "ingest", "articles", "ask", "ask", "search", "statements", "holders", "doctor", "eval",
    ]  # fmt: skip
    for command in own[:-1]:  # the gate has its own test
        program, *arguments = shlex.split(command)
        assert (program, main(arguments)) == ("rashomon", 0), capsys.readouterr()
    assert main([*shlex.split(own[-1])[1:2], "--help"]) == 0


def test_the_python_example_runs(
    sample_client: LocalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.setattr("rag.open_answerer", lambda: sample_client.answerer)
    exec(compile(example, "README.md", "exec"), {})


def test_the_http_example_names_a_route_of_the_api(sample_client: LocalClient) -> None:
    import json

    from tests.served import in_process

    path, body = re.findall(
        r"curl -s http://127\.0\.0\.1:7860(\S+) .*?-d '(.*?)'", README, re.DOTALL
    )[0]
    with in_process(sample_client) as http:
        assert http.post(path, json=json.loads(body)).json()["status"] == "answered"
