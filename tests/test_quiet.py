"""Nothing goes out, whichever library would like to, and nothing is written but where the corpus is
kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT
from tests.processes import running
from tests.served import FERRY

COMMAND = [sys.executable, "-c", "import sys; from ui.cli.main import main; sys.exit(main())"]
SERVED_SECONDS = 40  # onnxruntime reports after some seconds


def test_no_library_is_imported_before_it_is_told_to_report_nothing() -> None:
    named = [
        "ORT_DISABLE_TELEMETRY",
        "GRADIO_ANALYTICS_ENABLED",
        "ANONYMIZED_TELEMETRY",
        "RAY_USAGE_STATS_ENABLED",
    ]
    clean = {name: value for name, value in os.environ.items() if name not in named}
    for first in (
        "rag.build",
        "rag.llama",
        "ingest.pipeline",
        "ingest.reading_process",
        "ui.cli.main",
        "ui.mcp",
        "eval.runs.run",
    ):
        script = (
            "import sys; sys.meta_path.insert(0, type('Seen', (), {'find_spec':"
            " staticmethod(lambda name, *_: sys.exit(name) if name.split('.')[0] in"
            " ('onnxruntime', 'gradio', 'chromadb', 'ray') and 'vectorstore' not in sys.modules"
            f" else None)}})); import {first}; import os; print([os.environ[name] for name in"
            f" {named!r}])"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, env=clean
        )
        assert (done.stdout, done.stderr) == ("['1', 'False', 'False', '0']\n", ""), first


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("gcc"), reason="the resolver that notes names is made with gcc"
)
def test_serving_asking_and_ingesting_resolve_no_name_and_write_nothing_elsewhere(
    tmp_path: Path,
) -> None:
    library, notes, home = tmp_path / "resolver.so", tmp_path / "notes", tmp_path / "home"
    made = [
        "gcc",
        "-shared",
        "-fPIC",
        "-o",
        str(library),
        str(ROOT / "tests" / "resolver.c"),
        "-ldl",
    ]
    subprocess.run(made, check=True)
    folders = {name: str(home / name) for name in ("data", "cache", "config", "tmp")}
    for folder in folders.values():
        Path(folder).mkdir(parents=True)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LD_PRELOAD": str(library),
        "NOTES": str(notes),
        "HOME": str(home),
        "XDG_DATA_HOME": folders["data"],
        "XDG_CACHE_HOME": folders["cache"],
        "XDG_CONFIG_HOME": folders["config"],
        "TMPDIR": folders["tmp"],
    }

    def started(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*COMMAND, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=home,
            env=environment,
        )

    (home / "ferry.txt").write_bytes(FERRY)
    for arguments in (("ingest", "ferry.txt"), ("ask", "When did the ferry sail?")):
        out, err = started(*arguments).communicate(timeout=120)
        assert (bool(out), err) == (True, "")
    with (
        running(started("serve", "--port", "0")) as url,
        httpx.Client(base_url=url, timeout=60) as http,
    ):
        assert http.get("/").status_code == 200
        assert http.post(
            "/v1/articles", files={"file": ("weir.txt", FERRY.replace(b"Ferry", b"Weir"))}
        ).is_success
        end = time.monotonic() + SERVED_SECONDS
        while time.monotonic() < end:
            assert (
                http.post("/v1/answers", json={"question": "When did the ferry sail?"}).status_code
                == 200
            )
            time.sleep(2)
    assert (notes.read_text() if notes.exists() else "") == ""
    written = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert {path for path in written if not path.startswith("data/rashomon/")} == {"ferry.txt"}
