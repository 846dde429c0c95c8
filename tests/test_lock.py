from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vectorstore.errors import CorpusHeld
from vectorstore.storage.lock import CorpusLock, serving_url

HOLD = """
import sys, pathlib
from vectorstore.storage.lock import CorpusLock
held = CorpusLock(pathlib.Path(sys.argv[1]), sys.argv[2] or None)
print("held", flush=True)
sys.stdin.read()
"""


def holder(folder: Path, url: str) -> subprocess.Popen[str]:
    """Another process that holds a folder until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def stop(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_folder_held_by_a_server_tells_its_address(tmp_path: Path) -> None:
    process = holder(tmp_path, "http://127.0.0.1:7999")
    try:
        assert serving_url(tmp_path) == "http://127.0.0.1:7999"
        with pytest.raises(CorpusHeld) as held:
            CorpusLock(tmp_path)
        assert held.value.url == "http://127.0.0.1:7999"
        assert (
            str(held.value)
            == f"The corpus is held by a rashomon server (process {process.pid}). Use that server,"
            " or stop it first."
        )
        assert held.value.place == f"{tmp_path}, http://127.0.0.1:7999"
    finally:
        stop(process)


def test_a_folder_held_by_no_server_is_told_with_its_process(tmp_path: Path) -> None:
    process = holder(tmp_path, "")
    try:
        assert serving_url(tmp_path) is None
        with pytest.raises(CorpusHeld, match=rf"held by another process \({process.pid}\)"):
            CorpusLock(tmp_path)
    finally:
        stop(process)


def test_a_killed_owner_frees_the_folder(tmp_path: Path) -> None:
    stop(holder(tmp_path, "http://127.0.0.1:7999"))
    assert serving_url(tmp_path) is None
    CorpusLock(tmp_path).release()


def test_a_released_folder_can_be_held_again(tmp_path: Path) -> None:
    CorpusLock(tmp_path).release()
    again = CorpusLock(tmp_path, "http://127.0.0.1:1")
    with pytest.raises(CorpusHeld):
        CorpusLock(tmp_path)
    again.release()


def test_nobody_serves_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert serving_url(tmp_path / "none") is None


@pytest.mark.parametrize(
    "card", ["[1]", '{"url": 5}', '{"url": "http://[::1"}', "7", "[" * 50_000, ""]
)
def test_a_card_on_which_anything_stands_tells_nothing(tmp_path: Path, card: str) -> None:
    ownership = CorpusLock(tmp_path)
    (tmp_path / "owner.json").write_text(card)
    assert serving_url(tmp_path) is None
    with pytest.raises(CorpusHeld, match=r"The corpus is held by another process \(unknown\)"):
        CorpusLock(tmp_path)
    ownership.release()


def test_a_card_that_is_a_folder_keeps_nobody_from_letting_go(tmp_path: Path) -> None:
    (tmp_path / "owner.json").mkdir()
    CorpusLock(tmp_path).release()
    CorpusLock(tmp_path).release()
