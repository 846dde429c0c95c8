"""YAML as people write it, read whole or not at all. PyYAML lives here.

A file of a few lines must not take a gigabyte or break what reads it: nothing stands for something
else (anchors), and depth and numbers are bounded.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_DEEPEST = 50
_LONGEST_NUMBER = 100  # characters; Python does not write out integers of some thousand digits
_LONGEST_SHOWN = 80


class NotYaml(Exception):
    """What is not read, as the middle of a sentence: `at line 3 (ParserError)`, or without a line
    that is not known.
    """

    def __init__(self, why: str, line: int | None = None) -> None:
        super().__init__(f"at line {line} ({why})" if line else f"({why})")


def read_yaml(text: str, distinct: bool = False) -> Any:
    """What a text says, in lists, dicts, and plain values; None where it says nothing. `distinct`
    keys stand once.

    Raises NotYaml, whatever the text is.
    """
    try:
        loader = _loader()(text)
        loader.distinct = distinct
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except NotYaml:
        raise
    except Exception as error:  # PyYAML raises whatever a value's own making raises
        raise NotYaml(type(error).__name__, _line(text, error)) from error


def read_yaml_file(path: Path, distinct: bool = False) -> Any:
    """What a UTF-8 file says. Raises FileNotFoundError, NotYaml."""
    try:
        if path.exists() and not path.is_file():  # to open it may never end
            raise NotYaml("no regular file")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise NotYaml(type(error).__name__) from error
    return read_yaml(text, distinct)


def write_yaml(rows: Any) -> str:
    """Lists, dicts and plain values as YAML, in their order."""
    import yaml

    return str(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=120))


def shown(value: object) -> str:
    """A value that was read, as a sentence may quote it: the beginning of a long one."""
    written = str(value) if isinstance(value, date) else repr(value)
    return written if len(written) <= _LONGEST_SHOWN else f"{written[: _LONGEST_SHOWN - 1]}…"


def _line(text: str, error: Exception) -> int | None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", None)  # of a character that is none
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else None


@cache
def _loader() -> Any:
    """PyYAML's safe loader, which reads no anchors, nothing deep, and tells at which line a value
    cannot be.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        distinct = False
        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            event = self.peek_event()  # type: ignore[no-untyped-call]
            line = event.start_mark.line + 1
            if event.anchor is not None:
                raise NotYaml("an anchor or alias, & or *", line)
            self.depth += 1
            if self.depth > _DEEPEST:
                raise NotYaml(f"nested more than {_DEEPEST} deep", line)
            node = super().compose_node(parent, index)
            self.depth -= 1
            if isinstance(node, yaml.ScalarNode):
                _refuse_if_odd(node.value, node.tag, line)
            elif isinstance(node, yaml.MappingNode) and self.distinct:
                _refuse_if_repeated(node.value)
            return node

        def construct_object(self, node: Any, deep: bool = False) -> Any:
            try:
                return super().construct_object(node, deep)
            except (NotYaml, yaml.YAMLError):
                raise
            except Exception as error:  # a date that is none, a number that is none
                raise NotYaml(type(error).__name__, node.start_mark.line + 1) from error

    return Loader


def _refuse_if_odd(value: str, tag: str, line: int) -> None:
    if tag.endswith((":int", ":float")) and len(value) > _LONGEST_NUMBER:
        raise NotYaml(f"a number of {len(value)} characters", line)
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise NotYaml("half of a character", line)


def _refuse_if_repeated(pairs: list[tuple[Any, Any]]) -> None:
    seen = set[str]()
    for key, _ in pairs:
        if isinstance(key.value, str) and key.value in seen:
            raise NotYaml(f"{shown(key.value)} stands there twice", key.start_mark.line + 1)
        seen.add(str(key.value))
