"""The files by which others run a server are in order, as far as that can be seen without running them."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import yaml

from rag.settings import Settings
from tests.conftest import ROOT

DEPLOY = ROOT / "docs" / "deploy"


def test_the_dockerfile_has_no_fault_that_hadolint_knows() -> None:
    hadolint = str(Path(sys.executable).with_name("hadolint"))
    done = subprocess.run([hadolint, str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_takes_every_package_and_what_installs_them() -> None:
    taken = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"bench", "tests"}
    assert taken == packages | {"pyproject.toml", "constraints.txt", "README.md", "LICENSE"}


def test_the_compose_file_runs_the_chroma_server_of_the_constraints() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    (pinned,) = re.findall(r"^chromadb==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert services["chroma"]["image"] == f"chromadb/chroma:{pinned}"
    build = services["rashomon"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).samefile(DEPLOY / "Dockerfile")
    assert all(port.startswith("127.0.0.1:") for port in services["rashomon"]["ports"])


def test_the_settings_that_the_files_set_are_settings() -> None:
    texts = [path.read_text() for path in DEPLOY.iterdir()]
    named = {name.lower() for text in texts for name in re.findall(r"RASHOMON_(\w+)", text)}
    assert named == {"corpus", "host", "log"} <= set(Settings.model_fields)


def test_the_unit_can_be_read_and_stops_as_ctrl_c_does() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names of systemd have capitals
    unit.read(DEPLOY / "rashomon.service")
    service = unit["Service"]
    assert (service["KillSignal"], service["Restart"]) == ("SIGINT", "on-failure")
    assert service["ExecStart"].endswith("/rashomon serve")
