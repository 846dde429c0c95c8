"""A question handed to the server that owns the corpus before anything heavy is imported, for which nobody would wait.

Whatever does not go as it should is left to the command itself, which asks again and knows what to say.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import NoReturn
from urllib.parse import urlsplit

from rag.variables import variables
from vectorstore.location import corpus_location
from vectorstore.owner import serving_url

_LISTS = {"outlet": "outlets", "author": "authors", "holder": "holders", "language": "languages", "ignore": "ignored"}
_DAYS = ("since", "until")
_SECONDS = 600


class _NotAsked(Exception):
    """The command line asks for something else than one question."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _NotAsked(message)


def handed(arguments: Sequence[str]) -> str | None:
    """What a running server answers to `rashomon ask` with these arguments, as it is printed; None where the command
    must see to it.
    """
    try:
        asked = parser().parse_args(arguments)
        known = variables()
        url = serving_url(corpus_location(asked.corpus or known.get("corpus", "")))
        return None if url is None else _answer(url, asked, known.get("api_key", ""))
    except (_NotAsked, OSError, ValueError):
        return None


def parser() -> argparse.ArgumentParser:
    """The options of `rashomon ask` that go with one question."""
    options = _Parser(add_help=False, allow_abbrev=False)
    options.add_argument("question")
    for name in _LISTS:
        options.add_argument(f"--{name}", action="append")
    for name in (*_DAYS, "corpus"):
        options.add_argument(f"--{name}")
    options.add_argument("--json", action="store_true")
    return options


def _answer(url: str, asked: argparse.Namespace, key: str) -> str | None:
    told = vars(asked)
    filters = {field: told[name] for name, field in _LISTS.items()} | {name: told[name] for name in _DAYS}
    body = {
        "question": asked.question,
        "filters": {name: value for name, value in filters.items() if value is not None},
    }
    kind = "application/json" if asked.json else "text/plain"
    headers = {"Content-Type": "application/json", "Accept": kind}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection(urlsplit(url).netloc, timeout=_SECONDS)
    try:
        connection.request("POST", "/v1/answers", json.dumps(body).encode(), headers)
        reply = connection.getresponse()
        as_asked = reply.status == 200 and reply.headers.get_content_type() == kind
        return reply.read().decode() if as_asked else None
    except HTTPException:
        return None
    finally:
        connection.close()
