"""Questions to a corpus, and their answers printed. It needs no application of commands."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answer import Turn
    from rag.filters import Filters


def print_answers(
    rows: Iterable[tuple[str, tuple[Turn, ...]]],
    filters: Filters,
    corpus: str | None,
    as_json: bool,
) -> None:
    """Asks each question, given with the turns before it, and prints what comes back."""
    from rag.settings import read_settings
    from ui.client.opening import open_client
    from ui.render.terminal.answer import terminal_answer
    from ui.schemas import to_json

    with closing(open_client(read_settings(corpus=corpus))) as client:
        for text, history in rows:
            answer = client.answer(text, history, filters)
            print(to_json(answer) if as_json else terminal_answer(answer), flush=True)
