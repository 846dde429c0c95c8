"""Files are read in a process that can be ended: one that takes too long or breaks it stops no
other.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.files import Options, Upload
from ingest.read import ReadSource, read_source
from ingest.reading_process import SMALL, ReadingProcess
from ingest.report import SourceReport
from tests.served import FERRY, in_process, tiny
from vectorstore.errors import UsageError

FILE = Upload("ferry.txt", FERRY, "desk")
LONG = Upload(
    "long.txt",
    FERRY + b"The ferry of Orle sailed at nine, said Ana Bell. It was late.\n\n" * 60_000,
)


@pytest.fixture(scope="module")
def reading() -> Iterator[ReadingProcess]:
    process = ReadingProcess()
    yield process
    process.end()


def test_a_file_is_read_apart_as_it_is_here(reading: ReadingProcess) -> None:
    assert reading.read(FILE) == read_source(FILE)
    empty = Upload("empty.txt", b"")
    assert reading.read(empty) == read_source(empty)


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(
    reading: ReadingProcess,
) -> None:
    hurried = ReadingProcess(0.1)
    began = time.monotonic()
    told = hurried.read(replace(LONG, content=LONG.content[:1_000_000]))
    assert told == SourceReport(
        "long.txt",
        "failed",
        "long.txt was given up after 0 seconds, which is the time for a file of its size. "
        "Split it, or give files more time with RASHOMON_READ_SECONDS.",
    )
    assert time.monotonic() - began < 5
    hurried.end()
    assert reading.read(FILE) == read_source(FILE)


def test_a_file_that_ends_the_process_is_told_and_the_next_is_read(reading: ReadingProcess) -> None:
    told: list[ReadSource | SourceReport] = []
    slow = ReadingProcess()
    slow.read(FILE)
    thread = threading.Thread(target=lambda: told.append(slow.read(LONG)))
    thread.start()
    time.sleep(0.3)
    assert slow._process is not None
    os.kill(slow._process.pid, signal.SIGKILL)
    thread.join()
    why = "long.txt ended the process that read it. Save its text as .txt and ingest that."
    assert told == [SourceReport("long.txt", "failed", why)]
    assert slow.read(FILE) == read_source(FILE)
    slow.end()


def test_a_process_that_ended_while_nothing_was_read_is_replaced_without_a_word(
    reading: ReadingProcess,
) -> None:
    reading.read(FILE)
    assert reading._process is not None
    reading._process.kill()
    reading._process.wait()
    assert reading.read(FILE) == read_source(FILE)


def test_what_is_wrong_with_all_files_is_no_matter_of_one(reading: ReadingProcess) -> None:
    asked = Upload("rows.csv", b"a,b\n1,2\n", options=Options(mapping={"title": "none"}))
    with pytest.raises(UsageError, match="none"):
        reading.read(asked)
    assert reading.read(FILE) == read_source(FILE)


def test_a_small_plain_text_needs_no_process_where_none_is_wanted() -> None:
    process = ReadingProcess(in_place=SMALL)
    assert process.read(FILE) == read_source(FILE) and process._process is None
    process.read(Upload("page.html", b"<p>The ferry sailed.</p>"))
    assert process._process is not None
    process.end()
    assert process._process is None


def test_the_process_ends_with_whoever_started_it(reading: ReadingProcess) -> None:
    reading.read(FILE)
    assert reading._process is not None and reading._process.stdin is not None
    reading._process.stdin.close()
    assert reading._process.wait(10) == 0
    reading.end()


def test_a_server_gives_a_file_up_and_takes_the_others_in(tmp_path: Path) -> None:
    with tiny(tmp_path, read_seconds=0.05) as client, in_process(client) as http:
        told = [
            http.post("/v1/articles", files={"file": (one.name, one.content)}).json()
            for one in (LONG, FILE)
        ]
    assert [(rows[0]["source"], rows[0]["verdict"]) for rows in told] == [
        ("long.txt", "failed"),
        ("ferry.txt", "added"),
    ]


def test_a_job_is_cancelled_while_its_file_is_read(tmp_path: Path) -> None:
    with tiny(tmp_path) as client, in_process(client) as http:
        sent = {"file": (LONG.name, LONG.content)}
        job = http.post("/v1/articles", files=sent, headers={"Prefer": "respond-async"}).json()
        for _ in range(200):
            if http.get(f"/v1/jobs/{job['id']}").json()["state"] == "running":
                break
            time.sleep(0.02)
        time.sleep(0.3)
        began = time.monotonic()
        http.delete(f"/v1/jobs/{job['id']}")
        assert (
            http.post("/v1/articles", files={"file": (FILE.name, FILE.content)}).json()[0][
                "verdict"
            ]
            == "added"
        )
        over = http.get(f"/v1/jobs/{job['id']}").json()
    assert (over["state"], over["error"]) == (
        "failed",
        "It was cancelled.",
    ) and time.monotonic() - began < 5
