"""The YAML facts at the head of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.metadata import Metadata
from vectorstore.errors import SourceNotText
from vectorstore.yaml_files import NotYaml, read_yaml

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)


@dataclass(frozen=True)
class FrontMatter:
    """The facts a file states of itself, and where its own text begins."""

    facts: Metadata
    end: int


def read_front_matter(name: str, text: str) -> FrontMatter | None:
    """The front matter of a text, or None when it has none. Raises SourceNotText when it is no
    YAML.
    """
    match = _BLOCK.match(text)
    if not match:
        return None
    try:
        # the first line is the one of the dashes
        stated = read_yaml("\n" + match.group("yaml")) or {}
    except NotYaml as error:
        raise SourceNotText(
            f"The front matter of {name} cannot be read {error}. Mend it between the two --- lines,"
            " or remove it."
        ) from error
    return FrontMatter(Metadata.stated(stated), match.end()) if isinstance(stated, dict) else None
