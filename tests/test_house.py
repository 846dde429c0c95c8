"""The house: which rooms there are, what each may import, where each library lives; and heavy
imports are lazy.
"""

from __future__ import annotations

import ast
import re
import resource
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("vectorstore", "rag", "ingest", "ui", "eval")
ROOMS = tomllib.loads((ROOT / "tests" / "rooms.toml").read_text(encoding="utf-8"))
MOST_FILES = 14  # of a room, its `__init__` aside
EVERYWHERE = {"numpy", "pydantic", "typing_extensions"} | sys.stdlib_module_names


def files() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
        ".__init__"
    ): path.relative_to(ROOT)
    for path in files()
}


def room_of(path: Path) -> str:
    return path.parent.as_posix()


def imports(path: Path) -> Iterator[str]:
    """The full name of everything a file imports, wherever in it: of ours, the module; of others,
    the library.
    """
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{name.name}" for name in node.names}
            yield from (whole & MODULES.keys()) or {node.module}


def test_every_room_is_listed() -> None:
    assert ROOMS.keys() == {room_of(path) for path in MODULES.values()}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_it_says_and_has_at_most_fourteen_files(room: str) -> None:
    own = [path for path in MODULES.values() if room_of(path) == room]
    used = {room_of(MODULES[name]) for path in own for name in imports(path) if name in MODULES}
    assert used - {room} == set(ROOMS[room].get("imports", ()))
    assert len([path for path in own if path.stem != "__init__"]) <= MOST_FILES


@pytest.mark.parametrize("room", ROOMS)
def test_a_library_is_imported_in_the_files_that_are_its_home(room: str) -> None:
    homes: dict[str, set[str]] = {}
    for path in (path for path in MODULES.values() if room_of(path) == room):
        for library in {name.split(".")[0] for name in imports(path)} - {*PACKAGES} - EVERYWHERE:
            homes.setdefault(library, set()).add(path.stem)
    assert homes == {
        library: set(names.split()) for library, names in ROOMS[room].get("libraries", {}).items()
    }


def test_rooms_are_imported_downwards_only() -> None:
    """A folder that holds rooms is a house: each file in it stands by itself, as a room of its
    own.
    """
    houses = {room_of(Path(room)) for room in ROOMS}

    def place(path: Path) -> str:
        return path.as_posix() if room_of(path) in houses else room_of(path)

    uses: dict[str, set[str]] = {}
    for path in MODULES.values():
        used = {place(MODULES[name]) for name in imports(path) if name in MODULES}
        uses.setdefault(place(path), set()).update(used - {place(path)})
    assert _without_circles(uses) == {}


def test_no_module_is_imported_in_a_circle() -> None:
    uses = {name: {*imports(path)} & MODULES.keys() - {name} for name, path in MODULES.items()}
    assert _without_circles(uses) == {}


def _without_circles(uses: dict[str, set[str]]) -> dict[str, set[str]]:
    """What is left when whatever rests on nothing that is left is taken away, again and again."""
    while free := {name for name, used in uses.items() if not used & uses.keys()}:
        uses = {name: used for name, used in uses.items() if name not in free}
    return uses


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for path in MODULES.values():
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(path.as_posix())
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


VAGUE = frozenset("told found given one some own kept".split())


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_local_name_says_nothing(path: Path) -> None:
    """Fields of records may be so named, and so may given names."""
    vague = VAGUE - ({"given"} if path.parent.name == "names" else set())
    bound: set[str] = set()
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            nodes = list(ast.walk(function))
            bound |= {
                n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            }
            bound |= {n.arg for n in nodes if isinstance(n, ast.arg)}
    assert bound & vague == set()


# Files outside the packs and the Arabic grammar that still hold words of Arabic. None may be added.
ARABIC_OUTSIDE = """
eval/judges/perturbations.py
ingest/articles/boilerplate.py
ingest/attribution/turns.py
ingest/formats/pdf_layout.py
rag/question/answer_type.py
rag/question/constraints.py
rag/question/parse.py
rag/question/speakers.py
rag/question/stances.py
rag/semantics/claims.py
rag/semantics/kinds.py
rag/semantics/quantities.py
rag/verification/negation.py
rag/verification/rule_judge.py
rag/viewpoints/disagreements.py
rag/viewpoints/presupposition.py
vectorstore/bilingual/stems.py
vectorstore/bilingual/transliterate.py
vectorstore/embedders/language_probe.py
vectorstore/language/figures/amounts.py
vectorstore/language/figures/arabic.py
vectorstore/language/normalise.py
vectorstore/language/time/dates.py
vectorstore/language/time/periods.py
vectorstore/language/time/times.py
vectorstore/names/aliases.py
vectorstore/names/finder.py
vectorstore/names/letters.py
vectorstore/names/organisation.py
vectorstore/names/person.py
vectorstore/names/skeletons.py
vectorstore/tools/make_lexicon.py
""".split()
ARABIC = re.compile("[\u0621-\u064a]")


def test_words_of_arabic_stand_in_its_pack_and_its_grammar() -> None:
    texts = {
        path.as_posix(): (ROOT / path).read_text(encoding="utf-8") for path in MODULES.values()
    }
    holding = [name for name, text in texts.items() if ARABIC.search(text)]
    outside = [name for name in holding if not name.startswith("ingest/attribution/arabic/")]
    assert sorted(outside) == sorted(ARABIC_OUTSIDE)


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
    script = (
        f"import sys; from ui.cli.main import main; main(['--help']); print([m for m in {heavy!r}"
        " if m in sys.modules])"
    )
    times = []
    for _ in range(5):
        before = _seconds_of_children()
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
        )
        times.append(_seconds_of_children() - before)
    assert done.stdout.splitlines()[-1] == "[]"
    assert min(times) < 0.5


def _seconds_of_children() -> float:
    """CPU seconds of the processes that ended, which a busy machine stretches less than the
    clock's.
    """
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
