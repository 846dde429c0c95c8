"""A server with the tiny embedder, to be killed at any moment: python -m tests.serve_tiny CORPUS"""

from __future__ import annotations

import os
import sys
from functools import partial

from rag.settings import read_settings
from tests.conftest import TinyEmbedder
from tests.processes import telling_of_writing
from ui.app import serve

if __name__ == "__main__":
    telling_of_writing()
    os.umask(0o077)  # as the command does
    serve(read_settings(corpus=sys.argv[1], port=0), False, partial(print, flush=True), TinyEmbedder())
