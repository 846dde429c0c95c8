"""The product as tools of the Model Context Protocol, for assistants and editors. The mcp SDK lives
here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from rag.answer import Answer, Turn
from rag.filters import Filters
from ui.client.local import Client
from ui.render.terminal.article import innermost
from ui.schemas import ArticleRow, HolderRow, SearchRow
from vectorstore.errors import NotFound, RashomonError
from vectorstore.records import Holder, Modality, Polarity

_INSTRUCTIONS = (
    "Articles that contradict one another. `ask` answers with who says what, each claim with the"
    " exact words and their place; a status `unanswered` means that the articles do not say. Name"
    " the holder whenever you repeat a claim, and put quotation marks only around a citation's"
    " `quote`."
)
_METHODS = ("DELETE", "GET", "POST")  # of its streamable HTTP
_MOST = 100  # holders that are listed unless more are asked for

Names = Annotated[list[str], Field(description="Only these; none means any.")]
Day = Annotated[str | None, Field(description="An ISO date, or only its year or month.")]


@dataclass(frozen=True)
class Voiced:
    """Words of an article in their order, with whoever answers for them."""

    start: int
    end: int
    text: str
    holder: Holder
    polarity: Polarity
    modality: Modality


@dataclass(frozen=True)
class ArticleByVoice:
    """An article with its text by voice."""

    article: ArticleRow
    text: tuple[Voiced, ...]


@dataclass(frozen=True)
class CorpusOverview:
    """What a corpus can be asked about: its outlets, and its holders, those with the most
    statements first.
    """

    outlets: tuple[str, ...]
    holders: tuple[HolderRow, ...]
    articles: int


def create_mcp(client: Client) -> Any:
    """A server of the protocol over one client, in this process or through another server."""
    from mcp.server import MCPServer

    with _own_logging():
        server = MCPServer("rashomon", title="Rashomon", instructions=_INSTRUCTIONS)

    @server.tool()
    def ask(
        question: str,
        earlier_questions: list[str] = [],  # noqa: B006 - the schema is made of it, and nobody changes it
        outlets: Names = [],  # noqa: B006
        holders: Names = [],  # noqa: B006
        languages: Names = [],  # noqa: B006
        since: Day = None,
        until: Day = None,
    ) -> Answer:
        """Who says what about a question: viewpoints, disagreements, gaps, and citations with their
        exact words.
        """
        with _told():
            filters = Filters(
                outlets=tuple(outlets),
                holders=tuple(holders),
                languages=tuple(languages),
                since=since,
                until=until,
            )
            return client.answer(
                question, [Turn("user", turn) for turn in earlier_questions], filters
            )

    @server.tool()
    def search(question: str, k: Annotated[int, Field(ge=1, le=100)] = 10) -> SearchRow:
        """The passages nearest to a question, best first, without an answer."""
        with _told():
            return client.search(question, k, Filters())

    @server.tool()
    def read_article(article_id: str) -> ArticleByVoice:
        """An article whole, each stretch of its text with whoever answers for it. Citations carry
        the `article_id`.
        """
        with _told():
            return _read(client, article_id)

    @server.tool()
    def list_outlets_and_holders(
        most: Annotated[int, Field(ge=1, le=1000)] = _MOST,
    ) -> CorpusOverview:
        """The outlets and the holders that can be asked about, with their counts, spellings and
        dates.
        """
        with _told():
            articles = client.articles()
            outlets = sorted({article.outlet for article in articles if article.outlet})
            return CorpusOverview(tuple(outlets), tuple(client.holders()[:most]), len(articles))

    return server


def mcp_routes(server: Any) -> tuple[list[Any], Callable[[], Any]]:
    """The routes of a server of the protocol at `/mcp`, and what must run while they are served.

    By which names it may be asked is what the layer `hosts` says, for all routes.
    """
    from mcp.server.transport_security import TransportSecuritySettings

    anywhere = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(
        stateless_http=True, json_response=True, transport_security=anywhere
    )
    for route in app.routes:
        route.methods = set(_METHODS)  # the SDK has it answer every other with an error of its own
    return list(app.routes), server.session_manager.run


def _read(client: Client, article_id: str) -> ArticleByVoice:
    article = next((row for row in client.articles() if row.id == article_id), None)
    if article is None:
        raise NotFound(
            f"No article has the id {article_id!r}. `search` and `ask` give the ids of articles."
        )
    rows = list(client.statements(article_id))
    bodies = [row for row in rows if row.parent_id is None]
    voiced = []
    for start, end, row in innermost(rows):
        body = next(
            body_statement for body_statement in bodies if body_statement.covers(start, end)
        )
        words = body.text[start - body.start : end - body.start]
        voiced.append(Voiced(start, end, words, row.holder, row.polarity, row.modality))
    return ArticleByVoice(article, tuple(voiced))


@contextmanager
def _own_logging() -> Iterator[None]:
    """Keeps the SDK from setting up logging for the whole process, which it does where nobody
    has.
    """
    root, held = logging.getLogger(), logging.NullHandler()
    root.addHandler(held)
    try:
        yield
    finally:
        root.removeHandler(held)


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a request is told to the assistant in a sentence."""
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        yield
    except RashomonError as error:
        raise ToolError(str(error)) from error
