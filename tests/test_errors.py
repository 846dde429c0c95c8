from __future__ import annotations

import inspect
import re

from ui.api.errors import PROBLEMS
from vectorstore import errors


def drawn() -> dict[str, str]:
    """The tree in the docstring: each class with the one it hangs from."""
    parents: dict[str, str] = {}
    open_at: dict[int, str] = {}
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"( {4}[ │├└─]*)(\w+)(?: {2,}|$)", line)
        if found:
            depth = len(found.group(1))
            parents[found.group(2)] = max(
                ((at, name) for at, name in open_at.items() if at < depth), default=(0, "")
            )[1]
            open_at = {at: name for at, name in open_at.items() if at < depth} | {
                depth: found.group(2)
            }
    return parents


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    classes = {
        name: kind
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == errors.__name__
    }
    real = {
        name: "" if kind.__base__ is Exception else str(kind.__base__ and kind.__base__.__name__)
        for name, kind in classes.items()
    }
    assert drawn() == real


def test_every_error_has_a_status_in_the_api() -> None:
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == errors.__name__
    ]
    assert all(any(issubclass(kind, row) for row in PROBLEMS) for kind in kinds)


def test_a_place_stands_apart_from_the_sentence_and_on_one_line() -> None:
    error = errors.CorpusHeld(
        "The corpus is held.", "http://127.0.0.1:7860", "/data/corpus:\n  by nobody"
    )
    assert (str(error), error.place) == ("The corpus is held.", "/data/corpus: by nobody")
    assert error.with_place == "The corpus is held. (/data/corpus: by nobody)"
    assert errors.TooMany("Later.", 5).with_place == "Later."
