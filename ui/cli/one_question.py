"""The plain case of `rashomon ask`, one question: it does without the application of commands, for
which nobody would wait, and is handed to the server that owns the corpus before anything heavy is
imported.

What is more than that, or is not well put, is left to the command itself, which knows what to say.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import urlsplit

from rag.filters import DAYS, OPTIONS, Filters
from rag.variables import variables
from ui.cli.answers import print_answers
from vectorstore.storage.location import corpus_location
from vectorstore.storage.lock import serving_url

_LISTS = OPTIONS | {"ignore": "ignored"}
_SECONDS = 600


class _NotPlain(Exception):
    """The command line asks for something else than one question."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _NotPlain(message)


@dataclass(frozen=True)
class Question:
    """One question on the command line; `filters` are lists of names and days, by the names that
    the API gives them.
    """

    text: str
    filters: dict[str, list[str] | str]
    corpus: str | None
    as_json: bool

    def answer(self) -> None:
        """Prints the answer."""
        if (reply := self.handed()) is not None:
            print(reply, flush=True)
            return
        filters = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.filters.items()
        }
        print_answers([(self.text, ())], Filters(**filters), self.corpus, self.as_json)  # type: ignore[arg-type]

    def handed(self) -> str | None:
        """What the server that owns the corpus answers, as it is printed; None where there is none,
        or it does not answer as it should.
        """
        known = variables()
        url = serving_url(corpus_location(self.corpus or known.get("corpus", "")))
        if url is None:
            return None
        from http.client import HTTPConnection, HTTPException

        kind = "application/json" if self.as_json else "text/plain"
        headers = {"Content-Type": "application/json", "Accept": kind}
        if key := known.get("api_key"):
            headers["Authorization"] = f"Bearer {key}"
        connection = HTTPConnection(urlsplit(url).netloc, timeout=_SECONDS)
        try:
            asked = json.dumps({"question": self.text, "filters": self.filters})
            connection.request("POST", "/v1/answers", asked.encode(), headers)
            reply = connection.getresponse()
            as_asked = reply.status == 200 and reply.headers.get_content_type() == kind
            return reply.read().decode() if as_asked else None
        except (OSError, HTTPException, ValueError):
            return None
        finally:
            connection.close()


def read_one_question(arguments: Sequence[str]) -> Question | None:
    """The question of `rashomon ask` with these arguments; None where they are not plain."""
    try:
        asked = vars(parser().parse_args(arguments))
    except _NotPlain:
        return None
    named = {field: asked[name] for name, field in _LISTS.items()} | {
        name: asked[name] for name in DAYS
    }
    filters = {name: value for name, value in named.items() if value is not None}
    return Question(asked["question"], filters, asked["corpus"], asked["json"])


def parser() -> argparse.ArgumentParser:
    """The options of `rashomon ask` that go with one question."""
    options = _Parser(add_help=False, allow_abbrev=False)
    options.add_argument("question")
    for name in _LISTS:
        options.add_argument(f"--{name}", action="append")
    for name in (*DAYS, "corpus"):
        options.add_argument(f"--{name}")
    options.add_argument("--json", action="store_true")
    return options
