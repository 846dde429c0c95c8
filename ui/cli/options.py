"""What the commands share: the application, the options they take, how they reach a corpus and
print rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.filters import DAYS, OPTIONS, Filters

if TYPE_CHECKING:
    from rag.settings import Settings
    from ui.client.local import Client

app = typer.Typer(
    name="rashomon",
    help=(
        "Ask a pile of articles that contradict one another: who says what, each with words you can"
        " open and check."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_LONGEST = 90  # characters of a text in a line

Corpus = Annotated[
    str | None,
    typer.Option(
        "--corpus", help="Corpus folder, or Chroma URL http://host:port/name.", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Question = Annotated[
    str | None, typer.Argument(help="The question, in quotes.", show_default=False)
]
Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions",
        help="JSONL file of {question, context?}; one line of output each.",
        show_default=False,
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Option(help="Only these; may be given several times.", show_default=False),
]
Fact = Annotated[
    str | None, typer.Option(help="For articles that do not say it themselves.", show_default=False)
]
Ignored = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        help="What was read from the question and is not to count, as KIND:VALUE.",
        show_default=False,
    ),
]
Day = Annotated[str | None, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD.", show_default=False)]


_FILTERS = {
    **dict.fromkeys(OPTIONS, Names),
    **dict.fromkeys(DAYS, Day),
    "ignore": Ignored,
}


def takes_filters(command: Callable[..., None]) -> Callable[..., None]:
    """A command with an option for each filter, in the place of its parameter `filters`."""

    @wraps(command)
    def run(**values: Any) -> None:
        options = {name: values.pop(name) for name in _FILTERS}
        narrowed: dict[str, Any] = {name: options[name] for name in DAYS}
        for name, field in (*OPTIONS.items(), ("ignore", "ignored")):
            narrowed[field] = tuple(options[name] or ())
        command(**values, filters=Filters(**narrowed))

    options = [
        Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=kind)
        for name, kind in _FILTERS.items()
    ]
    parameters: list[Parameter] = []
    for parameter in signature(command, eval_str=True).parameters.values():
        parameters += options if parameter.name == "filters" else [parameter]
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def settings_of(corpus: str | None, **settings: Any) -> Settings:
    from rag.settings import read_settings

    return read_settings(corpus=corpus, **settings)


def client_of(corpus: str | None) -> Client:
    from ui.client.opening import open_client

    return open_client(settings_of(corpus))


def say(text: str) -> None:
    print(text, flush=True)


def say_rows(rows: Iterable[Any], columns: Sequence[str], as_json: bool) -> None:
    """Prints rows: as JSON lines, or in columns with the long ones cut."""
    from ui.schemas import to_json

    if as_json:
        for row in rows:
            say(to_json(row))
        return
    cells = [columns, *([_cell(getattr(row, column)) for column in columns] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        say("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    from rag.writing.markdown import printable

    if hasattr(value, "mention"):
        value = value.name or value.mention
    if isinstance(value, tuple):
        value = ", ".join(value) or None
    return cut(printable(str("-" if value is None else value)))


def cut(text: str) -> str:
    """A text that fits on a line."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
