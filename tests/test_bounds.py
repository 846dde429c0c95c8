"""What reads from outside is not let in at an older version than the one that was tested."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import ROOT

OUTSIDE = """
charset-normalizer chromadb fastapi feedparser filelock gradio h11 httpx jinja2 lxml lxml-html-clean
markdown-it-py mcp pydantic pypdf python-docx python-multipart pyyaml trafilatura urllib3 uvicorn
""".split()
BOUND = re.compile(r"([\w.-]+)(?:\[[\w,]+\])?>=([\d.]+)")


def key(name: str) -> str:
    return name.lower().replace("_", "-")


def number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def bounds() -> dict[str, tuple[int, ...]]:
    """The lower bound of each dependency."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    return {key(found[1]): number(found[2]) for one in told if (found := BOUND.match(one))}


def pins() -> dict[str, tuple[int, ...]]:
    """The version of each that the tests passed with."""
    told = re.findall(
        r"^([\w.-]+)==([\d.]+)$",
        (ROOT / "constraints.txt").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return {key(name): number(version) for name, version in told}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_reads_from_outside_is_at_least_of_the_minor_version_that_was_tested(
    name: str,
) -> None:
    pinned = pins()[name]
    assert pinned[:2] <= bounds()[name] <= pinned
    if pinned[:2] == (0, 0):  # then the third number is the one that says what changed
        assert bounds()[name] == pinned


def test_a_starlette_that_believes_the_host_header_is_not_let_in() -> None:
    assert bounds()["starlette"] >= (1, 0, 1)
