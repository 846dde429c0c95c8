"""Lists in pages: `limit` rows from `offset` on, with the whole count and the way to the next page
in the headers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar

from fastapi import Depends, Query, Request, Response

Row = TypeVar("Row")

LARGEST_PAGE = 1000


class Page:
    """Which rows of a list are asked for, and how the reply tells of the rest.

    `Link` leads to the next page (RFC 8288), `X-Total-Count` counts all rows, and
    `X-Corpus-Version` differs between two pages when the corpus has changed between them.
    """

    def __init__(
        self,
        request: Request,
        response: Response,
        limit: Annotated[
            int, Query(ge=1, le=LARGEST_PAGE, description="Rows of a page, at most.")
        ] = LARGEST_PAGE,
        offset: Annotated[int, Query(ge=0, le=10**9, description="Rows before the page.")] = 0,
    ) -> None:
        self._request, self._response = request, response
        self._limit, self._offset = limit, offset

    def of(self, rows: Sequence[Row], version: str | None = None) -> list[Row]:
        """The rows of the page."""
        after = self._offset + self._limit
        headers = self._response.headers
        headers["X-Total-Count"] = str(len(rows))
        if version is not None:
            headers["X-Corpus-Version"] = version
        if after < len(rows):
            following = self._request.url.include_query_params(limit=self._limit, offset=after)
            headers["Link"] = f'<{self._request.scope["path"]}?{following.query}>; rel="next"'
        return list(rows[self._offset : after])


Paged = Annotated[Page, Depends()]
