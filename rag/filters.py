"""The filters of a question: what each narrows a search to, and how. Every face makes its own from
this table: the command line, the HTTP API, MCP, the page.

A filter is added by a field of `Filters`, a row of `FIELDS`, and a field of `AskedFilters` in
`ui.api.requests`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from vectorstore.errors import FilterError

DAYS = ("since", "until")


@dataclass(frozen=True)
class FilterField:
    """A list of names to narrow to: any of them.

    `option` is the command line's name for one of them, None where it has none. `facts` are the
    attributes of an article that may have the name; where there are none, the holders of statements
    have it. An `exact` filter takes a name as it is written, others by `names_match`.
    """

    name: str
    option: str | None
    facts: tuple[str, ...] = ()
    exact: bool = False


FIELDS = (
    FilterField("outlets", "outlet", ("outlet", "original_outlet")),
    FilterField("authors", "author", ("author",)),
    FilterField("holders", "holder"),
    FilterField("languages", "language", ("language",), exact=True),
    FilterField("articles", None, ("id",), exact=True),
)
LISTS = tuple(field.name for field in FIELDS)
OPTIONS = {field.option: field.name for field in FIELDS if field.option}  # of the command line


@dataclass(frozen=True)
class Filters:
    """What the search is narrowed to; empty means everything. Dates are ISO, whole or only a year
    or a month.

    `ignored` are the keys of what would be read from the question (`Reading.key`) and is not to
    count.
    """

    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    ignored: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in (*LISTS, "ignored"):
            if isinstance(getattr(self, name), str):
                raise FilterError(
                    f"The filter `{name}` takes a list of names, not one: put it in brackets."
                )
        for day in (self.since, self.until):
            if day is not None and not _is_day(day):
                raise FilterError(f"{day!r} is no date. Write it as YYYY, YYYY-MM or YYYY-MM-DD.")
        if (
            self.since
            and self.until
            and self.since[: len(self.until)] > self.until[: len(self.since)]
        ):
            raise FilterError(
                f"No day is since {self.since} and until {self.until}. Turn them round."
            )

    def __bool__(self) -> bool:
        """Whether anything is narrowed."""
        return replace(self, ignored=()) != Filters()


def _is_day(text: str) -> bool:
    form = {4: "%Y", 7: "%Y-%m", 10: "%Y-%m-%d"}.get(len(text))
    try:
        return form is not None and bool(datetime.strptime(text, form))
    except ValueError:
        return False
