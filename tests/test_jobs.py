"""Uploads as jobs: kept before they are acknowledged, done once, gone on with, put off, handed
back.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ingest.files import Options, Upload
from ingest.report import Progress, SourceReport, Wanted
from tests.served import FERRY, in_process, tiny
from ui.jobs.job import Job
from ui.jobs.queue import MOST_KEPT, MOST_WAITING, JobQueue
from ui.jobs.store import JobStore
from vectorstore.errors import CorpusUnreachable, NotFound, SourceUnreadable, TooMany, UsageError

SECONDS = 20  # no job of these tests takes that long


def upload(name: str = "ferry.txt", content: bytes = FERRY) -> Upload:
    return Upload(name, content, "desk", "articles: []", Options(keep_old=True))


def report(name: str) -> SourceReport:
    return SourceReport(name, "added", articles=1, passages=1)


class Taking:
    """Takes uploads in as it is told to, and remembers them."""

    def __init__(self, *errors: Exception) -> None:
        self.taken: list[Upload] = []
        self.errors = list(errors)
        self.may_end = threading.Event()
        self.may_end.set()

    def __call__(self, one: Upload, progress: Progress, wanted: Wanted) -> Iterator[SourceReport]:
        if self.errors:
            raise self.errors.pop(0)
        progress(0, 2)
        while not self.may_end.wait(0.01):
            wanted()
        wanted()
        progress(1, 2)
        self.taken.append(one)
        yield report(one.name)


class Crashes:
    """What a line tells of errors that nobody foresaw."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def __call__(self, id: str, error: BaseException) -> None:
        self.told.append((id, str(error)))


Started = Callable[[Taking], JobQueue]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    """Starts lines over one folder, one after the other, and stops the last."""
    lines: list[JobQueue] = []

    def start(taking: Taking) -> JobQueue:
        for line in lines:
            line.stop(SECONDS)
        lines[:] = [JobQueue(taking, tmp_path, Crashes())]
        lines[0].start()
        return lines[0]

    yield start
    for line in lines:
        line.stop(SECONDS)


def files(folder: Path) -> list[str]:
    return sorted(
        path.suffix for path in (folder / "jobs").iterdir() if not path.name.startswith("owner")
    )


def until(line: JobQueue, id: str, reached: Callable[[Job], bool]) -> Job:
    """A job once it is as far as that."""
    for _ in range(SECONDS * 100):
        if reached(line.job(id)):
            return line.job(id)
        time.sleep(0.01)
    raise AssertionError(line.job(id))


def test_an_upload_is_kept_whole_and_taken_in_and_its_bytes_go(
    started: Started, tmp_path: Path
) -> None:
    taking = Taking()
    line = started(taking)
    taking.may_end.clear()
    job = line.submit(upload())
    assert (job.state, job.name, job.size) == ("waiting", "ferry.txt", len(FERRY))
    running = until(line, job.id, lambda one: one.of is not None)
    assert files(tmp_path) == [".json", ".upload"]
    assert (running.state, running.articles, running.of, line.waiting()) == ("running", 0, 2, 1)
    taking.may_end.set()
    done = line.settled(job.id, SECONDS)
    assert (done.state, done.reports, done.error) == ("done", (report("ferry.txt"),), None)
    assert job.created <= (done.started or "") <= (done.ended or "")
    assert taking.taken == [upload()]
    assert (files(tmp_path), line.waiting(), line.jobs()) == ([".json"], 0, [done])


def test_jobs_are_done_in_their_order_and_listed_from_the_last(started: Started) -> None:
    taking = Taking()
    line = started(taking)
    ids = [line.submit(upload(f"{n}.txt")).id for n in range(5)]
    line.settled(ids[-1], SECONDS)
    assert [one.name for one in taking.taken] == [f"{n}.txt" for n in range(5)]
    assert [job.id for job in line.jobs()] == ids[::-1]


def test_a_line_that_stops_hands_back_what_it_has_begun_and_what_waits(
    started: Started, tmp_path: Path
) -> None:
    taking = Taking()
    line = started(taking)
    taking.may_end.clear()
    begun, waits = line.submit(upload("begun.txt")), line.submit(upload("waits.txt"))
    until(line, begun.id, lambda one: one.state == "running")
    line.wind_down()
    taking.may_end.set()
    line.stop(SECONDS)
    assert (taking.taken, line.job(begun.id).state, line.job(waits.id).state) == (
        [],
        "waiting",
        "waiting",
    )
    assert files(tmp_path) == [".json", ".json", ".upload", ".upload"]
    again = Taking()
    line = started(again)
    assert [line.settled(job.id, SECONDS).state for job in (begun, waits)] == ["done", "done"]
    assert again.taken == [upload("begun.txt"), upload("waits.txt")]
    assert [job.reports for job in line.jobs()] == [(report("waits.txt"),), (report("begun.txt"),)]


def test_what_a_killed_write_left_behind_goes_and_a_damaged_record_is_put_aside(
    started: Started, tmp_path: Path
) -> None:
    folder = tmp_path / "jobs"
    folder.mkdir()
    for name in ("a.upload.part", "b.json.part", "without-a-record.upload"):
        (folder / name).write_bytes(b"half")
    (folder / "c.json").write_bytes(b"{")
    line = started(Taking())
    assert line.settled(line.submit(upload()).id, SECONDS).state == "done"
    assert files(tmp_path) == [".damaged", ".json"]


def test_a_record_of_another_name_touches_nothing_outside(started: Started, tmp_path: Path) -> None:
    spool = JobStore.claim(tmp_path)
    job = Job("../../v", "ferry.txt", 1, "digest", "2026")
    spool.keep(Job("x", "ferry.txt", 1, "digest", "2026"), upload())
    record = tmp_path / "jobs" / "x.json"
    record.write_text(record.read_text().replace('"id":"x"', f'"id":"{job.id}"'))
    spool.release()
    outside = tmp_path.parent / "v.upload"
    outside.write_bytes(b"mine")
    for odd in ("a-folder.upload", "another.part"):
        (tmp_path / "jobs" / odd).mkdir()
    line = started(Taking())
    assert (
        line.jobs() == []
        and outside.read_bytes() == b"mine"
        and not (tmp_path.parent / "v.json").exists()
    )
    assert line.settled(line.submit(upload()).id, SECONDS).state == "done"
    outside.unlink()


def test_an_upload_whose_bytes_are_gone_fails_and_says_so(tmp_path: Path) -> None:
    spool = JobStore.claim(tmp_path)
    job = Job("one", "ferry.txt", 1, "digest", "2026")
    spool.keep(job, upload())
    (tmp_path / "jobs" / "one.upload").unlink()
    with pytest.raises(SourceUnreadable, match=r"What was kept of ferry\.txt cannot be read"):
        spool.upload(job)
    spool.release()
    line = JobQueue(Taking(), tmp_path, Crashes())
    line.start()
    failed = line.settled("one", SECONDS)
    assert failed.state == "failed" and (failed.error or "").endswith("Upload it again.")
    line.stop(SECONDS)


def test_a_corpus_that_does_not_answer_is_tried_again(started: Started) -> None:
    line = started(
        Taking(CorpusUnreachable("It does not answer."), CorpusUnreachable("It does not answer."))
    )
    job = line.submit(upload())
    put_off = line.settled(job.id, SECONDS)
    assert (put_off.state, put_off.put_off, put_off.error) == (
        "waiting",
        True,
        "It does not answer.",
    )
    done = until(line, job.id, lambda one: one.over)
    assert (done.state, done.error) == ("done", None)


def test_an_upload_that_cannot_be_taken_in_does_not_stop_the_next(tmp_path: Path) -> None:
    line = JobQueue(Taking(UsageError("Not so.")), tmp_path, Crashes())
    line.start()
    told = [line.settled(line.submit(upload(f"{n}.txt")).id, SECONDS) for n in range(2)]
    assert [(job.state, job.error) for job in told] == [("failed", "Not so."), ("done", None)]
    line.stop(SECONDS)


def test_an_error_that_nobody_foresaw_puts_a_job_off_and_at_last_ends_it(tmp_path: Path) -> None:
    crashes = Crashes()
    line = JobQueue(
        Taking(ZeroDivisionError("first"), *[ZeroDivisionError("more")] * 3), tmp_path, crashes
    )
    line.start()
    crashed = line.submit(upload())
    put_off = line.settled(crashed.id, SECONDS)
    why = "It could not be taken in for a reason that is not foreseen; the log has it."
    assert (put_off.state, put_off.error) == ("waiting", why)
    failed = until(line, crashed.id, lambda one: one.over)
    assert (failed.state, failed.error) == ("failed", why)
    assert crashes.told == [(crashed.id, "first"), (crashed.id, "more"), (crashed.id, "more")]
    # the last of the errors
    assert line.settled(line.submit(upload("next.txt")).id, SECONDS).put_off
    line.stop(SECONDS)


def test_an_upload_that_is_put_off_lets_the_others_pass_but_none_of_its_own_name(
    started: Started,
) -> None:
    taking = Taking(CorpusUnreachable("It does not take this one."))
    line = started(taking)
    first = line.submit(upload(content=b"old"))
    line.settled(first.id, SECONDS)
    for one in (upload(content=b"new"), upload("other.txt")):
        last = line.submit(one)
    until(line, last.id, lambda one: one.over)
    until(line, line.jobs()[1].id, lambda one: one.over)
    assert [(one.name, one.content) for one in taking.taken] == [
        ("other.txt", FERRY),
        ("ferry.txt", b"old"),
        ("ferry.txt", b"new"),
    ]


def test_a_job_is_cancelled_while_it_waits_and_while_it_is_taken_in(
    started: Started, tmp_path: Path
) -> None:
    taking = Taking()
    line = started(taking)
    taking.may_end.clear()
    begun, waits, last = (
        line.submit(upload(name)) for name in ("begun.txt", "waits.txt", "last.txt")
    )
    until(line, begun.id, lambda one: one.of is not None)
    assert (line.cancel(waits.id).state, line.job(waits.id).error) == (
        "failed",
        "It was cancelled.",
    )
    assert line.cancel(begun.id).state == "running"
    over = until(line, begun.id, lambda one: one.over)
    assert (over.state, over.error) == ("failed", "It was cancelled.")
    taking.may_end.set()
    done = line.settled(last.id, SECONDS)
    assert (done.state, line.cancel(last.id), [one.name for one in taking.taken]) == (
        "done",
        done,
        ["last.txt"],
    )
    assert files(tmp_path) == [".json"] * 3
    with pytest.raises(NotFound, match="No job has the id 'none'"):
        line.cancel("none")


@pytest.mark.parametrize(
    "error", [CorpusUnreachable("It does not answer."), ZeroDivisionError("unforeseen")]
)
def test_a_cancel_outlasts_what_else_happens_to_the_job(started: Started, error: Exception) -> None:
    taking = Taking()
    line = started(taking)
    taking.may_end.clear()
    job = line.submit(upload())
    until(line, job.id, lambda one: one.of is not None)
    with line._changed:
        line._cancelled.add(job.id)
        taking.errors.append(error)
        line._told(line.job(job.id).again())  # as it was put off at the same moment
    over = until(line, job.id, lambda one: one.over)
    assert (over.state, over.error) == ("failed", "It was cancelled.")


def test_a_cancel_outlasts_a_server_that_stops(started: Started, tmp_path: Path) -> None:
    taking = Taking()
    line = started(taking)
    taking.may_end.clear()
    job = line.submit(upload())
    until(line, job.id, lambda one: one.of is not None)
    line._stopping.set()
    line.cancel(job.id)
    line.stop(SECONDS)
    assert (line.job(job.id).state, line.job(job.id).error) == ("failed", "It was cancelled.")
    assert started(Taking()).job(job.id).state == "failed"


@pytest.mark.parametrize("gone", [".json", ".upload"])
def test_what_happens_to_one_record_does_not_end_the_line(
    started: Started, tmp_path: Path, gone: str
) -> None:
    taking = Taking()
    line = started(taking)
    taking.may_end.clear()
    ids = [line.submit(upload(f"{n}.txt")).id for n in range(3)]
    until(line, ids[0], lambda one: one.state == "running")
    (tmp_path / "jobs" / f"{ids[1]}{gone}").unlink()
    taking.may_end.set()
    assert [line.settled(id, SECONDS).state for id in ids] == ["done", "failed", "done"]
    assert line.running


def test_a_line_goes_on_where_the_disk_takes_nothing_and_writes_it_down_later(
    started: Started, tmp_path: Path
) -> None:
    taking = Taking()
    line = started(taking)
    taking.may_end.clear()
    ids = [line.submit(upload(f"{n}.txt")).id for n in range(2)]
    until(line, ids[0], lambda one: one.of is not None)
    in_the_way = tmp_path / "jobs" / f"{ids[0]}.json.part"
    in_the_way.mkdir()
    (in_the_way / "full").touch()
    taking.may_end.set()
    assert [line.settled(id, SECONDS).state for id in ids] == ["done", "done"]
    assert (tmp_path / "jobs" / f"{ids[0]}.upload").exists()
    (in_the_way / "full").unlink()
    in_the_way.rmdir()
    line.settled(line.submit(upload("next.txt")).id, SECONDS)
    for _ in range(SECONDS * 100):
        if files(tmp_path) == [".json"] * 3:
            break
        time.sleep(0.01)
    assert files(tmp_path) == [".json"] * 3


def test_a_folder_that_cannot_be_made_takes_no_upload_until_it_can(tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("in the way")
    line = JobQueue(Taking(), tmp_path, Crashes())
    line.start()
    assert line.closed and not line.running
    with pytest.raises(CorpusUnreachable, match="The upload cannot be kept: File exists"):
        line.submit(upload())
    (tmp_path / "jobs").unlink()
    assert line.settled(line.submit(upload()).id, SECONDS).state == "done" and not line.closed
    line.stop(SECONDS)


def test_no_error_of_any_kind_ends_the_line(tmp_path: Path) -> None:
    def takes(one: Upload, progress: Progress, wanted: Wanted) -> Iterator[SourceReport]:
        if one.name == "deadly.txt":
            raise SystemExit
        yield report(one.name)

    def crashes(id: str, error: BaseException) -> None:
        raise OSError("the log is full")

    line = JobQueue(takes, tmp_path, crashes)
    line.start()
    assert line.settled(line.submit(upload("deadly.txt")).id, SECONDS).put_off
    assert line.settled(line.submit(upload()).id, SECONDS).state == "done" and line.running
    line.stop(SECONDS)


def test_a_server_whose_line_does_not_run_is_not_ready(tmp_path: Path) -> None:
    with tiny(tmp_path) as client, in_process(client) as http:
        assert (
            http.get("/readyz").status_code == 200
            and "rashomon_jobs_running 1.0" in http.get("/metrics").text
        )
        http.app.state.jobs.stop(SECONDS)  # type: ignore[attr-defined]
        unready = http.get("/readyz")
        assert (unready.status_code, unready.json()["code"]) == (503, "jobs")
        assert (
            unready.json()["detail"]
            == "Uploads are kept, and not taken in any more. Start the server again."
        )
        assert (
            "rashomon_jobs_running 0.0" in http.get("/metrics").text
            and http.get("/healthz").status_code == 200
        )


def test_a_job_that_ended_the_server_three_times_is_given_up(
    started: Started, tmp_path: Path
) -> None:
    spool = JobStore.claim(tmp_path)
    jobs = {
        name: Job(name, f"{name}.txt", 1, "digest", f"2026-{n}")
        for n, name in enumerate(("deadly", "other"))
    }
    for job in jobs.values():
        spool.keep(job, upload(job.name))
    for tries in range(3):
        jobs["deadly"] = jobs["deadly"].begun().tried()
        spool.begin(jobs["deadly"])
        assert spool.jobs()[0].tries == tries + 1
    spool.release()
    taking = Taking()
    line = started(taking)
    given_up = line.job("deadly")
    assert (given_up.state, given_up.error) == (
        "failed",
        "The server ended 3 times while it took this in. Split the file, or upload it to another.",
    )
    assert line.settled("other", SECONDS).state == "done" and [
        one.name for one in taking.taken
    ] == ["other.txt"]
    assert files(tmp_path) == [".json", ".json"]


def test_a_server_that_ends_counts_once_a_file_was_read_for_a_while_and_not_once_it_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.jobs.queue._MOMENT", 0.1)
    reading, storing = threading.Event(), threading.Event()

    def takes(one: Upload, progress: Progress, wanted: Wanted) -> Iterator[SourceReport]:
        while not reading.wait(0.01):
            wanted()
        progress(0, 2)
        storing.wait(SECONDS)
        wanted()
        yield report(one.name)

    line = JobQueue(takes, tmp_path, Crashes())
    line.start()
    job = line.submit(upload())
    assert until(line, job.id, lambda one: one.tries == 1).state == "running"
    assert (json.loads((tmp_path / "jobs" / f"{job.id}.json").read_text())["job"]["tries"]) == 1
    reading.set()
    until(line, job.id, lambda one: one.of == 2)
    storing.set()
    assert line.settled(job.id, SECONDS).tries == 0
    line.stop(SECONDS)


def test_what_a_killed_server_was_at_comes_after_the_others_but_before_its_own_name_again(
    started: Started, tmp_path: Path
) -> None:
    spool = JobStore.claim(tmp_path)
    for n, (id, name) in enumerate((("a", "deadly.txt"), ("b", "deadly.txt"), ("c", "other.txt"))):
        job = Job(id, name, 1, "digest", f"2026-{n}")
        spool.keep(job, upload(name, id.encode()))
        if id == "a":
            spool.begin(job.begun())
    spool.release()
    taking = Taking()
    line = started(taking)
    for id in "abc":
        line.settled(id, SECONDS)
    assert [one.content for one in taking.taken] == [b"c", b"a", b"b"]


def test_the_same_key_gives_the_same_job_and_not_another_upload(started: Started) -> None:
    taking = Taking()
    line = started(taking)
    first = line.submit(upload(), "desk 1")
    assert line.submit(upload(), "desk 1").id == first.id != line.submit(upload(), "desk 2").id
    with pytest.raises(UsageError, match="That Idempotency-Key came with another upload before"):
        line.submit(upload(content=b"other"), "desk 1")
    last = line.submit(upload())
    line.settled(last.id, SECONDS)
    assert len(taking.taken) == 3
    line = started(taking)
    assert line.submit(upload(), "desk 1").state == "done"  # remembered over a restart


def test_a_line_that_is_full_turns_the_next_away(started: Started) -> None:
    taking = Taking()
    line = started(taking)
    taking.may_end.clear()
    ids = [line.submit(upload()).id for _ in range(MOST_WAITING)]
    with pytest.raises(TooMany) as told:
        line.submit(upload())
    assert (told.value.seconds, str(told.value).partition(".")[0]) == (
        5,
        f"{MOST_WAITING} uploads wait already",
    )
    taking.may_end.set()
    line.settled(ids[-1], SECONDS)
    line.submit(upload())


def test_the_oldest_jobs_that_are_over_are_forgotten(started: Started, tmp_path: Path) -> None:
    line = started(Taking())
    for _ in range(MOST_KEPT // MOST_WAITING + 1):
        ids = [line.submit(upload()).id for _ in range(MOST_WAITING)]
        line.settled(ids[-1], SECONDS)
    line.submit(upload())
    assert len(line.jobs()) == MOST_KEPT + 1
    assert files(tmp_path).count(".json") == MOST_KEPT + 1
    with pytest.raises(NotFound, match="No job has the id 'none'"):
        line.job("none")


def test_two_servers_of_one_corpus_have_a_spool_each(tmp_path: Path) -> None:
    one, two = JobStore.claim(tmp_path), JobStore.claim(tmp_path)
    one.keep(Job("one", "a.txt", 1, "digest", "2026"), upload())
    assert (len(one.jobs()), two.jobs()) == (1, [])
    one.release()
    three = JobStore.claim(tmp_path)
    assert [job.id for job in three.jobs()] == ["one"]
    two.release()
    three.release()


def test_a_folder_that_takes_nothing_acknowledges_nothing(tmp_path: Path) -> None:
    spool = JobStore.claim(tmp_path)
    (tmp_path / "jobs" / "one.upload.part").mkdir()
    with pytest.raises(CorpusUnreachable, match="The upload cannot be kept: "):
        spool.keep(Job("one", "a.txt", 1, "digest", "2026"), upload())
    spool.release()


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with tiny(tmp_path_factory.mktemp("jobs")) as client, in_process(client) as opened:
        yield opened


def test_an_upload_replies_at_once_where_that_is_preferred(http: TestClient) -> None:
    taken = http.post(
        "/v1/articles", files={"file": ("ferry.txt", FERRY)}, headers={"Prefer": "respond-async"}
    )
    assert (
        taken.status_code == 202 and taken.headers["Location"] == f"/v1/jobs/{taken.json()['id']}"
    )
    for _ in range(SECONDS * 100):
        job = http.get(taken.headers["Location"]).json()
        if job["state"] == "done":
            break
        time.sleep(0.01)
    assert [(one["source"], one["verdict"]) for one in job["reports"]] == [("ferry.txt", "added")]
    assert http.get("/v1/jobs").json()[0] == job


def test_a_repeated_upload_is_told_what_became_of_the_first(http: TestClient) -> None:
    sent = {
        "files": {"file": ("weir.txt", FERRY.replace(b"Ferry", b"Weir"))},
        "headers": {"Idempotency-Key": "7"},
    }
    first, again = (http.post("/v1/articles", **sent).json() for _ in range(2))  # type: ignore[arg-type]
    assert first == again and first[0]["verdict"] == "added"
    other = http.post(
        "/v1/articles", files={"file": ("weir.txt", b"other")}, headers={"Idempotency-Key": "7"}
    )
    assert (other.status_code, other.json()["code"]) == (400, "request")
    assert http.get("/v1/jobs/none").json()["code"] == "not-found"
