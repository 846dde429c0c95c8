"""The real input, where it is at hand: offsets and quotes exact, whatever is asked. Skipped where
it is missing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.settings import read_settings
from tests.conftest import SHARED
from ui.client.local import LocalClient
from ui.schemas import to_json

REAL = SHARED / "corpus" / "south-caucasus.txt"
pytestmark = pytest.mark.skipif(
    not REAL.exists(), reason="the real corpus is not beside this checkout"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalClient]:
    opened = LocalClient(read_settings(corpus=str(tmp_path_factory.mktemp("real"))))
    report = opened.ingest_bytes(REAL.name, REAL.read_bytes())
    assert (report.verdict, report.reason) == ("added", None)
    yield opened
    opened.close()


def scored(name: str, lines: list[str], folder: Path) -> dict[str, Any]:
    """What one of the scorers beside the corpus prints for lines of JSON."""
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(SHARED / "score" / f"{name}.py"), str(folder / name), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def questions() -> list[str]:
    lines = (SHARED / "gold" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def test_articles_are_found_where_they_begin(client: LocalClient, tmp_path: Path) -> None:
    told = scored("articles", [to_json(article) for article in client.articles()], tmp_path)
    facts = ("title", "author", "translator", "outlet", "published", "language")
    assert (told["boundary_f1"], min(told[fact] for fact in facts) >= 0.95) == (1.0, True)
    assert told["boilerplate_left_in"] <= 0.1 and told["body_kept"] >= 0.98


def test_statements_are_well_formed_and_exact(client: LocalClient, tmp_path: Path) -> None:
    told = scored("statements", [to_json(statement) for statement in client.statements()], tmp_path)
    assert (told["malformed"], told["inexact_offsets"], told["pronoun_holders"]) == (0, 0, 0)


def test_hits_and_quotes_are_exact(client: LocalClient, tmp_path: Path) -> None:
    hits = [to_json(client.search(question)) for question in questions()]
    assert scored("passages", hits, tmp_path)["inexact_texts"] == 0
    answers = [to_json(client.answer(question)) for question in questions()]
    assert scored("answers", answers, tmp_path)["inexact_quotes"] == 0
