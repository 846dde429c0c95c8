from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "sklearn",
    "datasketch",
    "textblob",
    "ingest.attribution",
)


def test_a_question_imports_neither_torch_nor_what_only_ingest_needs() -> None:
    script = (
        "import sys; from ui.cli.main import main; main(['ask', 'Who?']); print([m for m in"
        f" {(*HEAVY, 'onnxruntime', 'chromadb')!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    # an empty corpus has nothing to be near to
    assert done.stdout.splitlines()[-1] == "['chromadb']"
