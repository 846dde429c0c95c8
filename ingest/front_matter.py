"""The YAML facts at the head of a Markdown file. PyYAML lives here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vectorstore.errors import SourceNotText
from vectorstore.language.dates import read_date

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_FACTS = ("title", "author", "translator", "outlet", "original_outlet", "url", "language", "kind")


@dataclass(frozen=True)
class FrontMatter:
    """The facts a file states of itself, and where its own text begins."""

    facts: dict[str, str]
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
    if not isinstance(stated, dict):
        return None
    facts = {key: _words(stated[key]) for key in _FACTS if stated.get(key)}
    date = read_date(str(stated.get("date") or stated.get("published") or ""))
    return FrontMatter(facts | ({"published": date} if date else {}), found.end())


def _words(stated: Any) -> str:
    """A fact as one line; several authors, as a list, are named one after the other."""
    return ", ".join(str(part).strip() for part in (stated if isinstance(stated, list) else [stated]))
