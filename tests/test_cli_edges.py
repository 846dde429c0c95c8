"""What a terminal is shown of names that nobody chose well, and what is told of settings that
cannot be.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT
from tests.served import FERRY
from ui.cli.main import main


def test_a_name_in_an_archive_gives_no_orders_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = io.BytesIO()
    with ZipFile(content, "w") as made:
        made.writestr("red\x1b[31m\nname.txt", FERRY)
        made.writestr("empty\x1b[31m.txt", b"")
    (tmp_path / "names.zip").write_bytes(content.getvalue())
    assert main(["ingest", str(tmp_path / "names.zip")]) == 1
    out, err = capsys.readouterr()
    assert out == "added     names.zip/red[31m name.txt: 1 articles, 1 passages\n"
    assert err == "failed    names.zip/empty[31m.txt holds no words. Nothing was added.\n"


@pytest.mark.parametrize(
    "corpus", ["http://[::1", "http://127.0.0.1:99999/x", "https://host:port/x"]
)
def test_an_address_that_is_none_is_told(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["ask", "Who?"], ["articles"], ["doctor"]):
        assert main([*command, "--corpus", corpus]) == 2
        assert capsys.readouterr().err == (
            f"rashomon: {corpus!r} is no address of a Chroma server. Write it as http://host:port/name.\n"
        )


def test_settings_in_a_file_that_is_no_text_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".env").write_bytes(b"RASHOMON_LOG=\xff\n")
    assert main(["articles"]) == 2
    assert (
        capsys.readouterr().err
        == "rashomon: The file .env is no UTF-8 text. Save it as UTF-8, or remove it.\n"
    )


def test_a_reader_who_has_seen_enough_ends_a_command_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_bytes(FERRY)
    corpus = str(tmp_path / "corpus")
    assert main(["ingest", str(tmp_path / "ferry.txt"), "--corpus", corpus]) == 0
    command = [
        sys.executable,
        "-c",
        "import sys; from ui.cli.main import main; sys.exit(main())",
        "articles",
    ]
    asked = subprocess.Popen(
        [*command, "--corpus", corpus],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert asked.stdout is not None and asked.stderr is not None
    asked.stdout.close()
    assert (asked.stderr.read(), asked.wait(60)) == ("", 1)
    asked.stderr.close()
