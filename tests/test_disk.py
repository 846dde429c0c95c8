"""A full disk, and one that cannot be written: what is there is answered, and what waits is done
when there is room.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.processes import running, serve_tiny
from tests.served import FERRY, in_process, tiny
from ui.cli.main import main
from vectorstore.errors import CorpusUnreachable
from vectorstore.storage.disk_space import room

ASKED = {"question": "When did the ferry sail?"}
POST = """The {n} Weir

By Ana Bell

The {n} weir broke at noon. Nobody in the mill below it was warned, the miller of {n} said. It was late.
"""


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[Path]:
    """A disk of its own at a place; skips where this process may mount none."""
    place.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, str(place)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=24m", "tmpfs") as place:
        yield place


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """While a disk has so many bytes left."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        while (more := shutil.disk_usage(disk).free - left) > 0:
            file.write(bytes(min(more, 1_000_000)))
            file.flush()
    yield
    filler.unlink()


def test_room_is_kept_for_one_against_the_others(small: Path) -> None:
    free = shutil.disk_usage(small).free
    with room(small, free - 1000):
        with pytest.raises(CorpusUnreachable) as told, room(small, 2_000_000):
            raise AssertionError("there is none")
        assert (
            str(told.value)
            == "The disk is full: 0.0 MB are free and 2.0 MB are needed. Make room, then try again."
        )
    with room(small, 2_000_000):
        pass


@pytest.mark.slow
@pytest.mark.parametrize("left", [900_000, 100_000, 4096])
def test_a_server_on_a_full_disk_answers_and_takes_in_when_there_is_room(
    small: Path, left: int
) -> None:
    with (
        running(serve_tiny(small / "corpus")) as url,
        httpx.Client(base_url=url, timeout=20) as http,
    ):
        assert http.post("/v1/articles", files={"file": ("ferry.txt", FERRY)}).status_code == 200
        before = http.post("/v1/answers", json=ASKED).json()["text"]
        with filled(small, left):
            sent = [
                http.post(
                    "/v1/articles",
                    files={"file": (f"{n}.txt", POST.format(n=n).encode())},
                    headers={"Prefer": "respond-async"},
                )
                for n in range(15)
            ]
            taken = [reply.json()["id"] for reply in sent if reply.status_code == 202]
            assert (
                {reply.status_code for reply in sent} <= {202, 503} and len(taken) == 15
            ) or left < 900_000
            end = time.monotonic() + 15
            while time.monotonic() < end:
                assert http.post("/v1/answers", json=ASKED).json()["text"] == before
                assert http.get("/healthz").status_code == http.get("/readyz").status_code == 200
                time.sleep(0.3)
            jobs = [http.get(f"/v1/jobs/{id}").json() for id in taken]
            assert {job["state"] for job in jobs} <= {"waiting", "running"}
            assert {str(job["error"]).partition(":")[0] for job in jobs} <= {
                "The disk is full",
                "None",
            }
        end = time.monotonic() + 60
        while time.monotonic() < end:
            jobs = [http.get(f"/v1/jobs/{id}").json() for id in taken]
            if all(job["state"] == "done" for job in jobs):
                break
            time.sleep(0.5)
        assert [job["state"] for job in jobs] == ["done"] * len(taken)
        assert len(http.get("/v1/articles").json()) == 1 + len(taken)


@pytest.mark.slow
def test_a_command_on_a_full_disk_says_so_and_what_is_there_can_be_asked(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ferry.txt", "weir.txt"):
        (tmp_path / name).write_bytes(FERRY.replace(b"Ferry", name.encode()))
    corpus = ["--corpus", str(small / "corpus")]
    assert main(["ingest", str(tmp_path / "ferry.txt"), *corpus]) == 0
    for left in (900_000, 0):
        with filled(small, left):
            capsys.readouterr()
            assert main(["ingest", str(tmp_path / "weir.txt"), *corpus]) == 1
            err = capsys.readouterr().err
            assert (
                err.startswith("rashomon: The disk is full") and "Make room, then try again." in err
            )
            assert main(["ask", ASKED["question"], *corpus]) == 0
            assert "nine" in capsys.readouterr().out
            assert main(["doctor", *corpus]) == (0 if left else 1)
            assert left or "The disk is full. Make room, then try again." in capsys.readouterr().out
    assert main(["ingest", str(tmp_path / "weir.txt"), *corpus]) == 0


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A corpus on a disk that cannot be written, asked once before."""
    folder = tmp_path / "corpus"
    with tiny(folder) as client:
        client.ingest_bytes("ferry.txt", FERRY)
        client.answer(ASKED["question"])
    with mounted(tmp_path / "sealed", "--bind", str(folder)) as place:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        yield place


def test_a_corpus_that_cannot_be_written_is_asked_and_read(sealed: Path) -> None:
    with tiny(sealed) as client, in_process(client) as http:
        assert http.get("/readyz").status_code == 200
        assert http.post("/v1/answers", json=ASKED).json()["citations"]
        (article,) = http.get("/v1/articles").json()
        assert http.get(f"/v1/sources/{article['id']}/text").text == FERRY.decode()
        refused = [
            http.post("/v1/articles", files={"file": ("weir.txt", FERRY)}),
            http.delete(f"/v1/articles/{article['id']}"),
        ]
        assert [(reply.status_code, reply.json()["code"]) for reply in refused] == [
            (503, "corpus")
        ] * 2
        assert [reply.json()["detail"] for reply in refused] == [
            "The upload cannot be kept: Read-only file system. Upload it to another server.",
            "The corpus cannot be written: its folder is read-only. Copy it.",
        ]
