from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from tests.conftest import ROOT
from ui.client.local import LocalClient
from ui.render.terminal.rules import FRAMES, WAYS, WHOLE, found_by
from vectorstore.records import Form, Modality, Polarity

# What makes a statement or a step on the way to one, with the name of its rule among the arguments.
MAKERS = {"Attribution", "Base", "Found", "Lead", "Said", "Told", "_again", "_nobody"}
MAKERS |= {"_attribution", "attribution_of", "_lead", "lead_of"}
NOT_RULES = {
    *get_args(Form),
    *get_args(Modality),
    *get_args(Polarity),
    "above",
    "below",
    "before",
    "nobody",
}
ALWAYS = {"author", "turn", "republished"}


def emitted() -> set[str]:
    """The names that the reader of voices gives to rules, as its files write them."""
    return {
        name for path in (ROOT / "ingest" / "attribution").rglob("*.py") for name in _names(path)
    } - NOT_RULES | ALWAYS


def _names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")) in MAKERS
        ):
            yield from (
                name
                for part in (*node.args, *(k.value for k in node.keywords))
                for name in _values(part)
            )
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("rule", "_RULES"):
            yield from _values(node.value)


def _values(node: ast.expr) -> Iterator[str]:
    """The words that an expression can be, as far as it shows: one, either of two, or any of a
    table's.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from re.findall(r"^[a-z]+(?:-[a-z]+)*$", node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*_values(node.body), *_values(node.orelse))
    elif isinstance(node, ast.Subscript):
        yield from _values(node.value)
    elif isinstance(node, ast.Dict):
        yield from (name for value in node.values for name in _values(value))


def test_every_rule_that_a_statement_can_show_has_a_sentence() -> None:
    assert {"quotation-goes-on", "dropped-subject", "republished"} <= emitted()
    assert emitted() - WHOLE.keys() == set()


def test_every_way_and_frame_of_the_english_rules_is_known() -> None:
    ways = {
        name
        for path in (ROOT / "ingest" / "attribution").rglob("*.py")
        for name in _literals(path, "SubjectWay")
    }
    assert ways and ways <= WAYS.keys()


def _literals(path: Path, name: str) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield from re.findall(r"'([a-z]+)'", ast.unparse(node.value))


def test_every_rule_of_the_sample_has_a_sentence(sample_client: LocalClient) -> None:
    shown = {str(statement.rule) for statement in sample_client.statements()}
    assert {
        rule for rule in shown if found_by(rule, "", "").startswith("A rule by the name of")
    } == set()


def test_a_frame_is_told_with_its_way() -> None:
    assert found_by("subject-that", "“said”", "“Omar Reed”") == (
        "“Omar Reed” is the subject of “said”, and the words follow with that."
    )
    assert found_by("participle-that", "“saying”", "“he”") == (
        "“saying” is a participle that hangs on “he”, and the words follow with that."
    )
    assert found_by("hearsay-adverb", "“reportedly”", "nobody") == (
        "“reportedly” tells the words as hearsay, without saying whose they are."
    )


@pytest.mark.parametrize("rule", ["never-heard", "subject-never", None])
def test_a_rule_that_nobody_described_is_told_by_its_name(rule: str | None) -> None:
    assert found_by(rule, "“said”", "“he”") == (
        f"A rule by the name of {rule or 'none'} found the words, by “said” and “he”."
    )


def test_the_sentences_can_be_filled_in() -> None:
    for rule in [*WHOLE, *(f"{way}-{frame}" for way in WAYS for frame in FRAMES)]:
        assert "{" not in found_by(rule, "cue", "mention") and "A rule by the name" not in found_by(
            rule, "c", "m"
        )
