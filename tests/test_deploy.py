"""The files by which others run a server are in order, as far as that can be seen without running
them.
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from rag.settings import Settings
from tests.chroma import ChromaServer
from tests.conftest import ROOT

DEPLOY = ROOT / "docs" / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()


def test_the_dockerfile_has_no_fault_that_hadolint_knows() -> None:
    hadolint = str(Path(sys.executable).with_name("hadolint"))
    done = subprocess.run(
        [hadolint, str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_takes_every_package_and_what_installs_them() -> None:
    taken = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"bench", "tests"}
    assert taken == packages | {"pyproject.toml", "constraints.txt", "README.md", "LICENSE"}


def test_the_compose_file_runs_the_chroma_server_of_the_constraints() -> None:
    (pinned,) = re.findall(
        r"^chromadb==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE
    )
    assert services()["chroma"]["image"] == f"chromadb/chroma:{pinned}"
    build = services()["rashomon"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).samefile(DEPLOY / "Dockerfile")
    assert all(port.startswith("127.0.0.1:") for port in services()["rashomon"]["ports"])


def services() -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())[
        "services"
    ]
    return told


def test_the_services_may_do_no_more_than_they_need() -> None:
    for name, service in services().items():
        told = {
            key: service[key]
            for key in ("read_only", "cap_drop", "security_opt", "restart", "mem_limit", "tmpfs")
        }
        assert told == {
            "read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"],
            "restart": "on-failure:5", "mem_limit": "4g", "tmpfs": ["/tmp"],
        }, name  # fmt: skip
    assert services()["rashomon"]["depends_on"] == {"chroma": {"condition": "service_healthy"}}


def test_the_check_of_chroma_tells_a_server_that_answers_from_one_that_does_not(
    tmp_path: Path,
) -> None:
    first, *rest = services()["chroma"]["healthcheck"]["test"]
    server = ChromaServer(tmp_path)
    server.start()
    command = [part.replace("/8000", f"/{urlsplit(server.url).port}") for part in rest]

    def healthy() -> bool:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    assert first == "CMD" and healthy()
    elsewhere = [part.replace("/api/v2/heartbeat", "/api/v2/none") for part in command]
    assert subprocess.run(elsewhere, check=False).returncode != 0
    server.kill()
    assert not healthy()


def test_both_checks_of_the_server_are_one() -> None:
    (told,) = re.findall(r"^HEALTHCHECK .* CMD (.*)$", DOCKERFILE, re.MULTILINE)
    assert services()["rashomon"]["healthcheck"]["test"] == ["CMD", *json.loads(told)]


def test_the_image_writes_for_its_owner_alone_and_hands_its_arguments_on(tmp_path: Path) -> None:
    (told,) = re.findall(r"^ENTRYPOINT (.*)$", DOCKERFILE, re.MULTILINE)
    program = tmp_path / "rashomon"
    program.write_text('#!/bin/sh\numask\nprintf "%s|" "$@"\n')
    program.chmod(0o755)
    command = [*json.loads(told), "keys", "add", "a desk"]
    path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    assert (
        subprocess.run(command, capture_output=True, text=True, env=path, check=True).stdout
        == "0077\nkeys|add|a desk|"
    )


def test_nothing_tells_of_its_use_and_no_index_of_packages_is_named() -> None:
    assert (
        "ORT_DISABLE_TELEMETRY=1" in DOCKERFILE
        and "ORT_DISABLE_TELEMETRY=1" in unit()["Service"]["Environment"]
    )
    assert 'ARG TORCH_INDEX=""' in DOCKERFILE and services()["rashomon"]["build"]["args"] == {
        "TORCH_INDEX": "${TORCH_INDEX:-}"
    }
    addresses = {
        found
        for path in DEPLOY.iterdir()
        for found in re.findall(r"https?://[\w.-]+", path.read_text())
    }
    assert addresses == {"http://127.0.0.1", "http://chroma"}


def test_the_settings_that_the_files_set_are_settings() -> None:
    texts = [path.read_text() for path in DEPLOY.iterdir()]
    named = {name.lower() for text in texts for name in re.findall(r"RASHOMON_(\w+)", text)}
    assert named == {"corpus", "host", "log"} <= set(Settings.model_fields)


def unit() -> configparser.ConfigParser:
    told = configparser.ConfigParser(strict=False, interpolation=None)
    told.optionxform = str  # type: ignore[assignment,method-assign]  # names of systemd have capitals
    told.read(DEPLOY / "rashomon.service")
    return told


def test_the_unit_can_be_read_and_stops_as_ctrl_c_does() -> None:
    service = unit()["Service"]
    assert (service["KillSignal"], service["Restart"]) == ("SIGINT", "on-failure")
    assert service["ExecStart"].endswith("/rashomon serve")


def test_the_unit_is_tried_again_some_times_and_confined() -> None:
    service = unit()["Service"]
    bounds = (
        unit()["Unit"]["StartLimitIntervalSec"],
        unit()["Unit"]["StartLimitBurst"],
        service["RestartSec"],
    )
    assert bounds == ("600", "5", "5")
    assert (service["UMask"], service["StateDirectoryMode"], service["MemoryMax"]) == (
        "0077",
        "0700",
        "4G",
    )
    on = {name for name, value in service.items() if value == "true"}
    assert on == {
        "LockPersonality", "NoNewPrivileges", "PrivateDevices", "PrivateTmp", "ProtectClock", "ProtectControlGroups",
        "ProtectHome", "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables",
        "RemoveIPC", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID",
    }  # fmt: skip
    names = ("ProtectSystem", "ProtectProc", "CapabilityBoundingSet", "AmbientCapabilities", "RestrictAddressFamilies",
             "SystemCallArchitectures", "SystemCallFilter", "SystemCallErrorNumber")  # fmt: skip
    assert {name: service[name] for name in names} == {
        "ProtectSystem": "strict", "ProtectProc": "invisible", "CapabilityBoundingSet": "", "AmbientCapabilities": "",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX", "SystemCallArchitectures": "native",
        "SystemCallFilter": "@system-service", "SystemCallErrorNumber": "EPERM",
    }  # fmt: skip
    # torch and the figures need it so
    assert {"MemoryDenyWriteExecute", "ProcSubset"} & set(service) == set()
