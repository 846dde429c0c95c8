"""Writes the description of the API that is kept in the docs: python -m tests.openapi
docs/rashomon.openapi.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.served import tiny
from ui.api.application import create_api


def description() -> str:
    """The API as OpenAPI describes it, as JSON."""
    with TemporaryDirectory() as folder, tiny(Path(folder)) as client:
        return json.dumps(create_api(client).openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(description(), encoding="utf-8")
