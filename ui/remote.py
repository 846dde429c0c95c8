"""The product through a running rashomon server. httpx lives here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import httpx

from ingest.files import Options, SourceFile, read_file
from ingest.pipeline import SourceReport
from rag.answer import Answer, Filters, Turn
from ui.wire import (
    ArticleRow,
    AskedCorrection,
    CorrectionRow,
    HolderRow,
    SearchRow,
    StatementRow,
    as_object,
    from_json,
    to_json,
)
from vectorstore.errors import ServerError, SourceError, UsageError

_SECONDS = 600
_CONNECTION_TRIES = 5  # a server takes its corpus before it listens


class HttpClient:
    """Speaks to the server at a URL; its errors come back as the errors they were there."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = httpx.Client(
            base_url=url, timeout=_SECONDS, transport=httpx.HTTPTransport(retries=_CONNECTION_TRIES)
        )

    def answer(self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters()) -> Answer:
        asked = {"question": question, "history": [as_object(turn) for turn in history], "filters": as_object(filters)}
        return from_json(Answer, self._call("POST", "/v1/answers", json=asked).content)

    def search(
        self, question: str, k: int = 10, filters: Filters = Filters(), history: Sequence[Turn] = ()
    ) -> SearchRow:
        narrowed = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in as_object(filters).items()
            if value
        }
        before = [turn.content for turn in history if turn.role == "user"]  # what a follow-up leans on
        return from_json(
            SearchRow,
            self._call("GET", "/v1/search", params={"q": question, "k": k, "before": before, **narrowed}).content,
        )

    def articles(self) -> list[ArticleRow]:
        return from_json(list[ArticleRow], self._call("GET", "/v1/articles").content)

    def statements(self, article: str | None = None, holder: str | None = None) -> Iterator[StatementRow]:
        asked = {name: value for name, value in (("article", article), ("holder", holder)) if value is not None}
        yield from from_json(list[StatementRow], self._call("GET", "/v1/statements", params=asked).content)

    def statement(self, id: str) -> StatementRow:
        return from_json(StatementRow, self._call("GET", _statement(id)).content)

    def holders(self) -> list[HolderRow]:
        return from_json(list[HolderRow], self._call("GET", "/v1/holders").content)

    def corrections(self) -> list[CorrectionRow]:
        return from_json(list[CorrectionRow], self._call("GET", "/v1/corrections").content)

    def correct(self, id: str, asked: AskedCorrection) -> StatementRow:
        reply = self._call("POST", f"{_statement(id)}/correction", json=as_object(asked))
        return from_json(StatementRow, reply.content)

    def withdraw(self, id: str) -> StatementRow | None:
        reply = self._call("DELETE", f"{_statement(id)}/correction")
        return from_json(StatementRow, reply.content) if reply.content != b"null" else None

    def origins(self) -> dict[str, str | None]:
        return from_json(dict[str, str | None], self._call("GET", "/v1/sources").content)

    def ingest(self, file: SourceFile, options: Options = Options()) -> Iterator[SourceReport]:
        try:
            upload = read_file(file, options)
        except SourceError as error:
            yield SourceReport(file.name, "failed", str(error))
            return
        form = {"name": upload.name, "origin": upload.origin, "sidecar": upload.sidecar, "options": to_json(options)}
        files = {"file": (file.path.name, upload.content)}
        stated = {name: value for name, value in form.items() if value is not None}
        yield from from_json(list[SourceReport], self._call("POST", "/v1/articles", data=stated, files=files).content)

    def remove(self, article_id: str) -> None:
        self._call("DELETE", f"/v1/articles/{quote(article_id, safe='')}")

    def close(self) -> None:
        self._http.close()

    def _call(self, method: str, path: str, **given: Any) -> httpx.Response:
        try:
            reply = self._http.request(method, path, **given)
        except httpx.HTTPError as error:
            raise ServerError(
                f"The rashomon server at {self._url} does not answer ({type(error).__name__}). "
                "Wait until it is ready, or restart it."
            ) from error
        if reply.is_success:
            return reply
        detail = _detail(reply)
        raise UsageError(detail) if reply.status_code in (400, 404, 413, 422) else ServerError(detail)


def _statement(id: str) -> str:
    return f"/v1/statements/{quote(id, safe='')}"


def _detail(reply: httpx.Response) -> str:
    """The sentence of a problem+json reply, or the status when it is none."""
    try:
        return str(reply.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"The rashomon server answered {reply.status_code} to {reply.request.url.path}."
