"""The YAML facts at the head of a Markdown file. PyYAML lives here and in `ingest.sidecar`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts import Facts
from vectorstore.errors import SourceNotText

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)


@dataclass(frozen=True)
class FrontMatter:
    """The facts a file states of itself, and where its own text begins."""

    facts: Facts
    end: int


def read_front_matter(name: str, text: str) -> FrontMatter | None:
    """The front matter of a text, or None when it has none. Raises SourceNotText when it is no YAML."""
    found = _BLOCK.match(text)
    if not found:
        return None
    import yaml

    try:
        stated = yaml.safe_load(found.group("yaml")) or {}
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that is none
        raise SourceNotText(
            f"The front matter of {name} is not valid YAML. Mend it between the two --- lines, or remove it."
        ) from error
    return FrontMatter(Facts.stated(stated), found.end()) if isinstance(stated, dict) else None
