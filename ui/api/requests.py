"""What a request to the HTTP API may say, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from rag.answer import Turn
from rag.filters import LISTS, Filters
from vectorstore.fact_corrections import FACTS, LONGEST, LONGEST_OTHER, Given, checked
from vectorstore.records import Kind


def _whole(text: str) -> str:
    """A text without half characters, which JSON can name and no text has. Raises ValueError."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("half of a character") from error
    return text


def _whole_turn(turn: Turn) -> Turn:
    _whole(turn.content)
    return turn


Text = Annotated[str, AfterValidator(_whole)]
Names = Annotated[list[Text], Field(max_length=100)]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_OTHER)]


class AskedFilters(BaseModel):
    """What to narrow the search to; each list means any of its values."""

    model_config = ConfigDict(extra="forbid")

    outlets: Names = []
    authors: Names = []
    holders: Names = []
    languages: Names = []
    articles: Names = []
    since: Annotated[Text | None, Field(examples=["2019-03"])] = None
    until: Annotated[Text | None, Field(examples=["2020"])] = None
    ignored: Names = []

    def read(self) -> Filters:
        lists = {name: tuple(getattr(self, name)) for name in (*LISTS, "ignored")}
        return Filters(**lists, since=self.since, until=self.until)


class AskedQuestion(BaseModel):
    """A question, with the conversation before it."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(examples=["Who ordered the gates of the dam to be opened?"])]
    history: Annotated[
        list[Annotated[Turn, AfterValidator(_whole_turn)]], Field(max_length=200)
    ] = []
    filters: AskedFilters = AskedFilters()


class AskedSearch(AskedFilters):
    """A search: the question, how many passages, and the user's turns before it if it is a
    follow-up.
    """

    q: Annotated[str, Field(examples=["the gates of the dam"])]
    k: int = Field(10, ge=1, le=300)
    before: list[Text] = []


def _may_be_left_out(schema: dict[str, Any]) -> None:
    """Takes away the defaults: null empties a fact, and one that is left out stays as it is."""
    for described in schema["properties"].values():
        described.pop("default")


class AskedFacts(BaseModel):
    """Facts of an article as a person corrects them: only those that are sent change, and null
    empties one.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra=_may_be_left_out)

    title: Words = ""
    author: Words | None = None
    translator: Words | None = None
    outlet: Words | None = None
    original_outlet: Words | None = None
    published: Annotated[Words | None, Field(examples=["2021-05-03"])] = None
    url: Annotated[str | None, Field(max_length=LONGEST["url"])] = None
    language: Annotated[Words | None, Field(examples=["en"])] = None
    kind: Kind | None = None

    @field_validator("*")
    @classmethod
    def _can_be(cls, value: str | None, field: ValidationInfo) -> str | None:
        return checked(str(field.field_name), value)

    def read(self) -> Given:
        """The facts that were sent."""
        return {fact: getattr(self, fact) for fact in FACTS if fact in self.model_fields_set}
