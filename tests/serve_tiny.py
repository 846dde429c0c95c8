"""A server with the tiny embedder, to be killed at any moment: python -m tests.serve_tiny CORPUS
[page]

Without the page it starts in a third of the time.
"""

from __future__ import annotations

import os
import sys
from functools import partial

import ui.app
from rag.settings import read_settings
from tests.conftest import TinyEmbedder
from tests.processes import telling_of_writing
from ui.api.application import create_api

if __name__ == "__main__":
    corpus, *page = sys.argv[1:]
    if not page:
        ui.app.create_app = create_api
    telling_of_writing()
    os.umask(0o077)  # as the command does
    ui.app.serve(
        read_settings(corpus=corpus, port=0), False, partial(print, flush=True), TinyEmbedder()
    )
