"""What is damaged on the disk is answered as before or told in one sentence, and found by `rashomon
doctor`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer import Answer
from rag.settings import Settings, read_settings
from tests.served import in_process, tiny
from ui.cli.doctor import examine
from ui.cli.main import main
from vectorstore.errors import RashomonError

ASKED = "When did the weir break?"
POST = """The {name} Weir

By {author}
{outlet}
{day} May 2021

The {name} weir broke at {hour}, the miller {miller} said. Nobody knew why it had broken. The town was under water.
"""
TOLD = [
    ("Upper", "Ana Bell", "North Post", 3, "noon", "Omar Reed"),
    ("Lower", "Ed Low", "Quay Post", 4, "dusk", "Lin Mar"),
]
TINY = {"embedder": "tiny", "embedder_languages": "en,ar", "embedder_url": "http://127.0.0.1:9/v1"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that was filled, asked and closed."""
    folder = tmp_path_factory.mktemp("damage") / "whole"
    with tiny(folder) as client:
        for name, author, outlet, day, hour, miller in TOLD:
            text = POST.format(
                name=name, author=author, outlet=outlet, day=day, hour=hour, miller=miller
            )
            assert client.ingest_bytes(f"{name}.txt", text.encode()).verdict == "added"
        client.answer(ASKED)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, times and all."""
    shutil.copytree(whole, tmp_path / "corpus")
    return tmp_path / "corpus"


def answered(folder: Path) -> Answer | str:
    """The answer without what differs each time, or the sentence in its place."""
    try:
        with tiny(folder) as client:
            return replace(client.answer(ASKED), timings_ms={})
    except RashomonError as error:
        return str(error)


def settings(folder: Path) -> Settings:
    return read_settings(corpus=str(folder), **TINY)


def failures(folder: Path, repair: bool = False) -> dict[str, str]:
    """What doctor finds wrong."""
    return {check.name: check.found for check in examine(settings(folder), repair) if not check.ok}


def zeros(file: Path, count: int) -> None:
    """Zeros in place of the last bytes of a file, which keeps its size and its time."""
    stat, content = file.stat(), file.read_bytes()
    file.write_bytes(content[:-count] + bytes(count))
    assert file.read_bytes() != content
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def sevens(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:-8] + b"\x7f" * 8)


KEPT: dict[str, tuple[str, Callable[[Path], object]]] = {
    "zeros in vectors": ("vectors", lambda file: zeros(file, 100)),
    "zeros in sentences": ("sentences", lambda file: zeros(file, 300)),
    "zeros in heights": ("heights", lambda file: zeros(file, 8)),
    "a height that cannot be": ("heights", sevens),
}


@pytest.mark.parametrize(("name", "change"), KEPT.values(), ids=KEPT)
def test_what_is_damaged_of_the_kept_arrays_changes_no_answer_and_doctor_finds_it(
    name: str, change: Callable[[Path], object], folder: Path, whole: Path
) -> None:
    change(folder / "kept" / "snapshot" / f"{name}.npy")
    found = failures(shutil.copytree(folder, folder.with_name("looked at")))
    assert answered(folder) == answered(whole)
    assert found == {
        "kept arrays": (
            f"snapshot/{name}.npy is not as written: it is made anew at the next start, "
            "or run `rashomon doctor --repair` to remove it"
        )
    }
    assert failures(folder) == {}  # the next start has made it anew


def kept_files(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / "kept").rglob("*.npy"))


def test_a_changed_byte_in_any_file_that_is_kept_is_found_and_changes_no_answer(
    folder: Path, whole: Path, tmp_path: Path
) -> None:
    expected = answered(whole)
    assert {file.parent.name for file in kept_files(folder)} == {"native", "snapshot"}
    for file in kept_files(folder):
        copy = shutil.copytree(folder, tmp_path / "changed")
        changed = copy / file.relative_to(folder)
        content = bytearray(changed.read_bytes())
        content[len(content) // 2] ^= 0x55
        changed.write_bytes(content)
        assert failures(shutil.copytree(copy, tmp_path / "looked at")).keys() == {"kept arrays"}
        assert answered(copy) == expected
        shutil.rmtree(copy)
        shutil.rmtree(tmp_path / "looked at")


@pytest.mark.parametrize("change", [b"", b"\xff\xfe", None], ids=["empty", "no text", "cut short"])
def test_the_list_of_sums_is_looked_at_itself(
    change: bytes | None, folder: Path, whole: Path
) -> None:
    version = folder / "kept" / "snapshot" / "version"
    version.write_bytes(version.read_bytes()[:-40] if change is None else change)
    found = failures(shutil.copytree(folder, folder.with_name("looked at")))
    # an empty one is of no code that is known
    assert found.keys() == (set() if change == b"" else {"kept arrays"})
    assert answered(folder) == answered(whole)


def test_doctor_repairs_what_is_kept_and_several_files_are_named(folder: Path, whole: Path) -> None:
    for name in ("heights", "vectors"):
        sevens(folder / "kept" / "snapshot" / f"{name}.npy")
    (folder / "kept" / "native" / "keys.npy").unlink()
    checks = {
        check.name: (check.ok, check.found) for check in examine(settings(folder), repair=True)
    }
    assert checks["kept arrays"] == (
        True,
        "native/keys.npy, snapshot/heights.npy, snapshot/vectors.npy are not as written: removed",
    )
    assert not (folder / "kept" / "native").exists()
    assert answered(folder) == answered(whole) and failures(folder) == {}


MISSING = (
    "The corpus is damaged: chroma.sqlite3 is {}. Put it back from a backup, or remove what is left"
)
LOST: dict[str, tuple[Callable[[Path], object], str]] = {
    "removed": (lambda folder: (folder / "chroma.sqlite3").unlink(), "missing"),
    "of 0 bytes": (lambda folder: (folder / "chroma.sqlite3").write_bytes(b""), "empty"),
    "garbage": (
        lambda folder: (folder / "chroma.sqlite3").write_bytes(os.urandom(5000)),
        "no database",
    ),
}


@pytest.mark.parametrize("kept", [True, False], ids=["with kept arrays", "with the index only"])
@pytest.mark.parametrize(("lose", "state"), LOST.values(), ids=LOST)
def test_remains_without_a_database_are_damage_and_no_empty_corpus(
    lose: Callable[[Path], object],
    state: str,
    kept: bool,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lose(folder)
    if not kept:
        shutil.rmtree(folder / "kept")
    before = sorted(path.name for path in folder.iterdir())
    sentence = MISSING.format(state)
    told = answered(folder)
    assert isinstance(told, str) and told.startswith(sentence) and "\n" not in told
    assert failures(folder)["corpus"] == f"{told} ({folder})"
    assert main(["ask", ASKED, "--corpus", str(folder)]) == 1
    assert capsys.readouterr().err == f"rashomon: {told} ({folder})\n"
    assert sorted(path.name for path in folder.iterdir()) == before or state == "removed"


def test_a_server_tells_that_its_database_has_gone_and_goes_on_when_it_is_back(
    folder: Path, tmp_path: Path
) -> None:
    with tiny(folder, log="off") as client, in_process(client) as http:
        whole = http.post("/v1/answers", json={"question": ASKED}).json()["citations"]
        article = http.get("/v1/articles").json()[0]["id"]
    shutil.copy2(folder / "chroma.sqlite3", tmp_path / "backup")
    with tiny(folder, log="off") as client, in_process(client) as http:
        (folder / "chroma.sqlite3").write_bytes(b"no database")
        for _ in range(2):
            reply = http.get(f"/v1/sources/{article}/text")
            assert (reply.status_code, reply.json()["code"]) == (503, "corpus-damaged")
            assert reply.json()["detail"].startswith(MISSING.format("no database"))
        shutil.copy2(tmp_path / "backup", folder / "chroma.sqlite3")
        assert http.get(f"/v1/sources/{article}/text").status_code == 200
        assert http.post("/v1/answers", json={"question": ASKED}).json()["citations"] == whole


def test_a_folder_with_keys_uploads_and_what_people_wrote_is_a_new_corpus(
    tmp_path: Path, whole: Path
) -> None:
    folder = tmp_path / "new"
    (folder / "jobs").mkdir(parents=True)
    (folder / "kept").mkdir()
    for name, content in (
        ("keys.json", "[]"),
        ("aliases.yaml", ""),
        ("corrections.yaml", ""),
        ("feedback.jsonl", ""),
    ):
        (folder / name).write_text(content)
    (folder / "chroma.sqlite3").write_bytes(b"")
    told = answered(folder)
    assert isinstance(told, Answer) and told.status == "unanswered"
    assert failures(folder) == {}


def test_a_database_that_breaks_in_the_middle_is_a_sentence(folder: Path) -> None:
    content = (folder / "chroma.sqlite3").read_bytes()
    (folder / "chroma.sqlite3").write_bytes(content[:4096] + b"\x55" * (len(content) - 4096))
    told = answered(folder)
    assert (
        isinstance(told, str)
        and told.startswith("The corpus does not answer (")
        and "\n" not in told
    )
    assert failures(folder)["corpus"].startswith("The corpus does not answer (")


HELD: dict[str, Callable[[Path], object]] = {
    "kept arrays lost": lambda folder: shutil.rmtree(folder / "kept"),
    "kept arrays cut short": lambda folder: [
        file.write_bytes(file.read_bytes()[:-1]) for file in kept_files(folder)
    ],
    "index lost": lambda folder: list(map(shutil.rmtree, folder.glob("*-*-*-*-*"))),
    "a card that is garbage": lambda folder: (folder / "owner.json").write_bytes(b"\xff{"),
    "a stale card": (
        lambda folder: (folder / "owner.json").write_text('{"pid": 1, "url": "http://127.0.0.1:9"}')
    ),
}


@pytest.mark.parametrize("change", HELD.values(), ids=HELD)
def test_what_can_be_done_without_changes_no_answer(
    change: Callable[[Path], object], folder: Path, whole: Path
) -> None:
    change(folder)
    assert answered(folder) == answered(whole)
