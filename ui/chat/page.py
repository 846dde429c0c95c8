"""The whole page: who asks sees the answers, whom they come from, the articles they rest on, and
the evals.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from ui.api.middleware.content_security import EVAL, ContentSecurityPolicy
from ui.api.scopes import mark_mounted
from ui.chat.articles import ArticlesTab
from ui.chat.conversation import ConversationTab
from ui.chat.filters import FilterPanel
from ui.chat.history import History
from ui.chat.reports import ReportsTab
from ui.chat.routes import PageRoutes, confine, scope_of
from ui.chat.theme import QUIETLY, caller_of, css, head, panel, script, theme
from ui.chat.uploads import WithoutPlaces
from ui.chat.voices import VoicesTab
from ui.client.about import models_on
from ui.client.keys import ANYBODY
from ui.client.local import LocalClient
from ui.render.html.sign_in import signed_in_as

TITLE = "Rashomon"
_PROMISE = "Ask the articles. Every answer says who says it, and shows the exact words."
_LARGEST_UPLOAD = "200mb"
_DAY = 24 * 3600  # seconds


def mounted(api: FastAPI, client: LocalClient, uploads: str) -> FastAPI:
    """The page at `/` of an application, with no more of gradio's routes than it needs; `uploads`
    is the folder of the files that it is brought.
    """
    confine(Path(uploads))
    page: FastAPI = gr.mount_gradio_app(
        api,
        create_page(client),
        path="/",
        theme=theme(),
        css=css(),
        head=head(),
        footer_links=[],
        run_history=False,
        max_file_size=_LARGEST_UPLOAD,
        pwa=False,
    )
    mount: Any = page.router.routes[-1]
    with_policy = ContentSecurityPolicy(mount.app, ("/",), [script()], [EVAL])
    mount.app = PageRoutes(WithoutPlaces(with_policy, uploads))
    mark_mounted(mount.app, scope_of)
    return page


def create_page(client: LocalClient) -> Any:
    """The page as gradio blocks."""
    with gr.Blocks(
        title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(_DAY, _DAY)
    ) as page:
        with gr.Sidebar(label="Filters and conversations", width=300):
            gr.Markdown("## Narrow the search")
            narrowing = FilterPanel(client)
            gr.Markdown("## Conversations")
            conversations = gr.Column()
            signed_in = panel("", "signed-in")
        with gr.Column(elem_id="top"):
            gr.Markdown(f"# {TITLE}\n{_PROMISE}")
            gr.Markdown(models_on(client.settings), elem_id="models")
        with gr.Tabs(elem_id="pages") as pages:
            with gr.Tab("Ask", id="ask"):
                asking = ConversationTab(client, narrowing)
            with gr.Tab("Voices", id="voices"):
                voices = VoicesTab(client)
            with gr.Tab("Articles", id="articles"):
                articles = ArticlesTab(client)
            with gr.Tab("Evals", id="evals") as evals:
                reports = ReportsTab(client)
        with conversations:
            shelf = History(asking)
        page.load(None, js="() => rashomon.begin()")
        page.load(_signed_in, None, signed_in, **QUIETLY)
        page.load(articles.allowed, None, [articles.adding, articles.reports], **QUIETLY)
        for change in shelf.changes:
            change.then(
                lambda: gr.Tabs(selected="ask"), None, pages, js="() => rashomon.begin()", **QUIETLY
            )
        page.load(shelf.restore, shelf.remembered, shelf.parts, **QUIETLY)
        _wire_links(pages, asking, voices, articles)
        _wire_stock(page, asking, narrowing, voices, articles)
        evals.select(reports.newest, None, [reports.name, reports.page], **QUIETLY)
    return page


def _signed_in(request: gr.Request) -> str:
    """By which key one is signed in, with the way out; nothing where no key is needed."""
    caller = caller_of(request)
    return "" if caller == ANYBODY else signed_in_as(caller)


def _wire_links(
    pages: Any, asking: ConversationTab, voices: VoicesTab, articles: ArticlesTab
) -> None:
    """A name that is clicked opens its page, a title its article."""

    def follow(event: gr.EventData) -> list[Any]:
        if event.holder:
            return [
                gr.Tabs(selected="voices"),
                event.holder,
                voices.of(event.holder),
                *[gr.skip()] * 4,
            ]
        if event.article:
            return [gr.Tabs(selected="articles"), gr.skip(), gr.skip(), *articles.of(event.article)]
        return [gr.skip()] * 7

    opened = [pages, voices.name, voices.page, *articles.shown]
    for linked in (*asking.evidence.parts, voices.page, articles.table, articles.view):
        linked.select(follow, None, opened, **QUIETLY).then(None, js="() => rashomon.showArticle()")


def _wire_stock(
    page: Any,
    asking: ConversationTab,
    narrowing: FilterPanel,
    voices: VoicesTab,
    articles: ArticlesTab,
) -> None:
    """What the corpus holds is shown anew when the page is opened and when the corpus changes."""
    stocked = [*narrowing.fields, voices.name, articles.table]

    def stock() -> list[Any]:
        return [*narrowing.choices(), voices.choices(), articles.rows()]

    page.load(stock, None, stocked, **QUIETLY)
    for change in articles.changes:
        change.then(stock, None, stocked, **QUIETLY).then(
            asking.told, asking.conversation, asking.parts, **QUIETLY
        )
