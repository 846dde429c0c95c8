"""How the page looks: its theme, its style sheet, its script. Nothing is loaded from another
host.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import gradio as gr

from ui.client.keys import Caller

# What a page of ours does when something in it is clicked that names a holder, an article or a
# question.
OPENS = """
element.addEventListener("click", (event) => {
  const link = event.target.closest("[data-holder], [data-article], [data-ask]");
  if (!link) return;
  event.preventDefault();
  const { holder = null, article = null, ask = null } = link.dataset;
  trigger("select", { holder, article, ask });
});
"""
# so that another start of the server can read what this one kept; it hides nothing
BROWSER_SECRET = "rashomon"
# How an event is heard that needs no sign that it is on its way.
QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans Arabic", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")


def panel(value: str, elem_id: str) -> Any:
    """A part of the page that `ui.render` fills; what is clicked in it is told by its event
    `select`.
    """
    return gr.HTML(value, elem_id=elem_id, js_on_load=OPENS, apply_default_css=False)


def exchange_of(event: Any) -> int:
    """The number of the exchange that an event of the chatbot is about: two messages make one."""
    index = event.index
    return int(index[0] if isinstance(index, list | tuple) else index) // 2


def caller_of(request: gr.Request) -> Caller:
    """Who is signed in, as the API's layer `access` has noted."""
    caller: Caller = request.state.caller
    return caller


def may_change(request: gr.Request) -> bool:
    """Whether who is signed in may change the corpus."""
    return caller_of(request).may("ingest")


def css() -> str:
    return (files("ui.chat") / "page.css").read_text(encoding="utf-8")


def script() -> str:
    """What the page does by itself."""
    return (files("ui.chat") / "page.js").read_text(encoding="utf-8")


def head() -> str:
    """What gradio adds to the head of the page in the browser."""
    return f"<script>{script()}</script>"


def theme() -> Any:
    """Colours with a contrast of at least 4.5 to 1 (WCAG 2.2 AA), and the fonts of the reader's
    system.
    """
    base = gr.themes.Base(
        primary_hue="teal", neutral_hue="slate", font=_SANS, font_mono=_MONO, radius_size="md"
    )
    return base.set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_text_color="white",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        block_label_text_color="*neutral_700",
        block_label_text_color_dark="*neutral_200",
        block_title_text_color="*neutral_700",
        block_title_text_color_dark="*neutral_200",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_300",
        input_placeholder_color="*neutral_600",
        input_placeholder_color_dark="*neutral_300",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
        checkbox_label_text_color="*neutral_800",
        checkbox_label_text_color_dark="*neutral_100",
    )
