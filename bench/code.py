"""How large and how dense the code is: `python -m bench.code [CORPUS]`.

Counted are the five packages, without tests. With the folder of a corpus it also counts the files
whose functions run while one question is answered.
"""

from __future__ import annotations

import ast
import contextlib
import io
import statistics
import sys
import threading
import tokenize
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("vectorstore", "rag", "ingest", "ui", "eval")
_QUESTION = "Who ordered the gates to be opened?"
_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT}


def files() -> list[Path]:
    """The Python files of the packages."""
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def function_lengths(source: str) -> Iterator[int]:
    """The lines of each function, its docstring and decorators aside."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield (node.end_lineno or node.lineno) - body[0].lineno + 1


def tokens_by_line(source: str) -> dict[int, int]:
    """How many tokens each line of code has, strings of several lines and layout aside."""
    counts: dict[int, int] = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _LAYOUT and token.start[0] == token.end[0]:
            counts[token.start[0]] = counts.get(token.start[0], 0) + 1
    return counts


def files_of_a_question(corpus: str) -> int:
    """In how many of our files functions run while a question is asked on the command line."""
    from ui.cli.main import main

    seen: set[str] = set()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            seen.add(frame.f_code.co_filename)

    threading.setprofile(note)
    sys.setprofile(note)
    with contextlib.redirect_stdout(io.StringIO()):
        main(["ask", _QUESTION, "--corpus", corpus])
    sys.setprofile(None)
    threading.setprofile(None)
    return len(seen & {str(path) for path in files()})


def main(arguments: list[str]) -> int:
    """Prints a row for each figure."""
    sources = [path.read_text(encoding="utf-8") for path in files()]
    lengths = sorted(length for source in sources for length in function_lengths(source))
    tokens = [count for source in sources for count in tokens_by_line(source).values()]
    print(f"files {len(sources)}")
    print(f"lines {sum(source.count(chr(10)) for source in sources)}")
    print(f"functions {len(lengths)}")
    print(f"lines of a function, median {statistics.median(lengths):g}")
    print(f"lines of a function, 90th of a hundred {lengths[len(lengths) * 9 // 10]}")
    print(f"tokens of a line, mean {statistics.mean(tokens):.2f}")
    if arguments:
        print(f"files that a question passes through {files_of_a_question(arguments[0])}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
