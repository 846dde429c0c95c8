"""What a request to the HTTP API may say, as pydantic models."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from rag.answer import Filters, Turn

Names = Annotated[list[str], Field(max_length=100)]


class AskedFilters(BaseModel):
    """What to narrow the search to; each list means any of its values."""

    model_config = ConfigDict(extra="forbid")

    outlets: Names = []
    authors: Names = []
    holders: Names = []
    languages: Names = []
    articles: Names = []
    since: Annotated[str | None, Field(examples=["2019-03"])] = None
    until: Annotated[str | None, Field(examples=["2020"])] = None
    ignored: Names = []

    def read(self) -> Filters:
        lists = {
            name: tuple(getattr(self, name))
            for name in ("outlets", "authors", "holders", "languages", "articles", "ignored")
        }
        return Filters(**lists, since=self.since, until=self.until)


class AskedQuestion(BaseModel):
    """A question, with the conversation before it."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(examples=["Who ordered the gates of the dam to be opened?"])]
    history: Annotated[list[Turn], Field(max_length=200)] = []
    filters: AskedFilters = AskedFilters()


class AskedSearch(AskedFilters):
    """A search: the question, how many passages, and the user's turns before it if it is a follow-up."""

    q: Annotated[str, Field(examples=["the gates of the dam"])]
    k: int = Field(10, ge=1, le=300)
    before: list[str] = []
