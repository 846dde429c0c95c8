"""The commands about API keys: add, list, remove."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.options import Corpus, Json, say, settings_of

if TYPE_CHECKING:
    from ui.client.keys import Keyring

keys_app = typer.Typer(
    help="Make, list and remove the keys that a server asks for.", no_args_is_help=True
)

KeyName = Annotated[
    str, typer.Argument(metavar="NAME", help="The name of the key: who or what uses it.")
]


@keys_app.command()
def add(
    name: KeyName,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            help="What it may: ask, ingest, admin. Again for several.",
            show_default="ask",
        ),
    ] = None,
    corpus: Corpus = None,
) -> None:
    """Make a key, and show it this once. From then on the server of this corpus lets in nobody
    without one.
    """
    say(_keyring(corpus).add(name, scope or ["ask"]))


@keys_app.command("list")
def list_keys(corpus: Corpus = None, as_json: Json = False) -> None:
    """List the keys: their names, what they may, when they were made."""
    for key in _keyring(corpus).keys:
        row = {"name": key.name, "scopes": list(key.scopes), "created": key.created}
        say(
            json.dumps(row)
            if as_json
            else f"{key.name:20} {', '.join(key.scopes):20} {key.created[:10]}"
        )


@keys_app.command()
def remove(name: KeyName, corpus: Corpus = None) -> None:
    """Remove a key; whoever uses it is refused from the next request on."""
    _keyring(corpus).remove(name)
    say(f"removed {name}")


def _keyring(corpus: str | None) -> Keyring:
    from ui.client.keys import FILE, Keyring

    return Keyring(settings_of(corpus).kept_folder / FILE)
