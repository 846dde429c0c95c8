"""The product through a running rashomon server. urllib3 lives here."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

from urllib3 import BaseHTTPResponse, PoolManager, Retry
from urllib3.exceptions import HTTPError, MaxRetryError

from ingest.files import Options, SourceFile, read_file
from ingest.report import SourceReport
from rag.answer import Answer, Turn
from rag.filters import Filters
from ui.jobs.job import Job
from ui.schemas import (
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

Row = TypeVar("Row")

_SECONDS = 600
_CONNECTION_TRIES = 5  # a server takes its corpus before it listens
_BUSY_TRIES = 30  # of a server that says when to come again
_LONGEST_WAIT = 60  # seconds, before it is asked again
_LOOK_EVERY = 0.5  # seconds, at an upload that waits for its turn
_ASKED_WRONGLY = (400, 401, 403, 404, 413, 421, 422)
_NEXT = re.compile(r'<([^>]*)>;\s*rel="next"')


class RemoteClient:
    """Speaks to the server at a URL, with its key if it has any; its errors come back as the errors
    they were there.
    """

    def __init__(self, url: str, key: str = "") -> None:
        self._url = url
        retries = Retry(
            total=None,
            connect=_CONNECTION_TRIES,
            read=0,
            status=_BUSY_TRIES,
            other=0,
            status_forcelist=[429],
            allowed_methods=None,
            backoff_factor=0.1,
            raise_on_status=False,
            retry_after_max=_LONGEST_WAIT,
        )
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = PoolManager(headers=headers, timeout=_SECONDS, retries=retries)

    def answer(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Answer:
        asked = {
            "question": question,
            "history": [as_object(turn) for turn in history],
            "filters": as_object(filters),
        }
        return from_json(Answer, self._call("POST", "/v1/answers", json=asked).data)

    def search(
        self, question: str, k: int = 10, filters: Filters = Filters(), history: Sequence[Turn] = ()
    ) -> SearchRow:
        narrowed = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in as_object(filters).items()
            if value
        }
        # what a follow-up leans on
        before = [turn.content for turn in history if turn.role == "user"]
        return from_json(
            SearchRow,
            self._call(
                "GET", "/v1/search", params={"q": question, "k": k, "before": before, **narrowed}
            ).data,
        )

    def articles(self) -> list[ArticleRow]:
        return list(self._rows(ArticleRow, "/v1/articles"))

    def statements(
        self, article: str | None = None, holder: str | None = None
    ) -> Iterator[StatementRow]:
        asked = {
            name: value
            for name, value in (("article", article), ("holder", holder))
            if value is not None
        }
        yield from self._rows(StatementRow, "/v1/statements", asked)

    def statement(self, id: str) -> StatementRow:
        return from_json(StatementRow, self._call("GET", _statement(id)).data)

    def holders(self) -> list[HolderRow]:
        return list(self._rows(HolderRow, "/v1/holders"))

    def corrections(self) -> list[CorrectionRow]:
        return list(self._rows(CorrectionRow, "/v1/corrections"))

    def correct(self, id: str, asked: AskedCorrection) -> StatementRow:
        reply = self._call("POST", f"{_statement(id)}/correction", json=as_object(asked))
        return from_json(StatementRow, reply.data)

    def withdraw(self, id: str) -> StatementRow | None:
        reply = self._call("DELETE", f"{_statement(id)}/correction")
        return from_json(StatementRow, reply.data) if reply.data != b"null" else None

    def origins(self) -> dict[str, str | None]:
        return from_json(dict[str, str | None], self._call("GET", "/v1/sources").data)

    def ingest(
        self, files: Iterable[SourceFile], options: Options = Options()
    ) -> Iterator[SourceReport]:
        for file in files:
            yield from self._ingested(file, options)

    def _ingested(self, file: SourceFile, options: Options) -> Iterator[SourceReport]:
        try:
            upload = read_file(file, options)
        except SourceError as error:
            yield SourceReport(file.name, "failed", str(error))
            return
        form = {
            "name": upload.name,
            "origin": upload.origin,
            "sidecar": upload.sidecar,
            "options": to_json(options),
        }
        stated = {name: value for name, value in form.items() if value is not None}
        fields = {**stated, "file": (file.path.name, upload.content)}
        reply = self._call("POST", "/v1/articles", fields=fields)
        if reply.status == 202:
            yield from self._finished(from_json(Job, reply.data)).reports
        else:
            yield from from_json(list[SourceReport], reply.data)

    def remove(self, article_id: str) -> None:
        self._call("DELETE", f"/v1/articles/{quote(article_id, safe='')}")

    def close(self) -> None:
        self._http.clear()

    def _rows(
        self, kind: type[Row], path: str, asked: Mapping[str, str] | None = None
    ) -> Iterator[Row]:
        """The rows of a list, page after page."""
        reply = self._call("GET", path, params=asked)
        while True:
            yield from from_json(list[kind], reply.data)  # type: ignore[valid-type]
            if not (following := _NEXT.search(reply.headers.get("Link", ""))):
                return
            reply = self._call("GET", following[1])

    def _finished(self, job: Job) -> Job:
        """An upload that waited for its turn, once it is over. Raises ServerError where it
        failed.
        """
        while not job.over:
            time.sleep(_LOOK_EVERY)
            job = from_json(Job, self._call("GET", f"/v1/jobs/{job.id}").data)
        if job.error:
            raise ServerError(job.error)
        return job

    def _call(
        self, method: str, path: str, params: Mapping[str, Any] | None = None, **options: Any
    ) -> BaseHTTPResponse:
        """The reply to a request; a server that is busy is asked again when it says so."""
        address = urljoin(self._url, path)
        if params:
            address += f"?{urlencode(params, doseq=True)}"
        try:
            reply = self._http.request(method, address, **options)
        except HTTPError as error:
            cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
            raise ServerError(
                f"The rashomon server does not answer ({type(cause).__name__}). Wait until it is"
                " ready, or restart it.",
                self._url,
            ) from error
        if reply.status < 400:
            return reply
        detail = _detail(reply, path)
        raise UsageError(detail) if reply.status in _ASKED_WRONGLY else ServerError(detail)


def _statement(id: str) -> str:
    return f"/v1/statements/{quote(id, safe='')}"


def _detail(reply: BaseHTTPResponse, path: str) -> str:
    """The sentence of a problem+json reply, or the status when it is none."""
    try:
        return str(json.loads(reply.data)["detail"])
    except (ValueError, KeyError, TypeError):
        return f"The rashomon server answered {reply.status} to {urlsplit(path).path}."
